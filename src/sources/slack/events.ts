import type { ActionFate, EventCatalog, EventEntry } from '../../model/event-catalog.ts';

/** What has no subtypes is one kind of news: named, it is told. */
const PLAIN: EventEntry = { actions: { '': 'told' }, facets: ['author'] };

const DETAILS: ActionFate = { minor: 'Slack sends another event for it, or it says little' };

/**
 * What Slack sends, https://docs.slack.dev/reference/events: a subtype is an action. Beside them, what people type and press for
 * the app.
 */
export const EVENTS: EventCatalog = {
  ...plain('agent_session_stopped agent_session_title_changed app_context_changed app_deleted'),
  ...plain(
    'app_home_opened app_installed app_mention app_rate_limited app_requested app_uninstalled app_uninstalled_team assistant_thread_context_changed assistant_thread_started',
  ),
  ...plain('block_actions call_rejected'),
  block_suggestion: { actions: { '': { never: 'Slack asks for choices while somebody types' } }, facets: [] },
  ...plain(
    'channel_archive channel_created channel_deleted channel_history_changed channel_id_changed channel_left channel_rename channel_shared channel_unarchive channel_unshared',
  ),
  ...plain('channel_convert_to_private channel_convert_to_public document_mention'),
  ...plain('dnd_updated dnd_updated_user ekm_access_denied email_domain_changed'),
  emoji_changed: { actions: { add: 'told', remove: 'told', rename: 'told' }, facets: [] },
  ...plain('entity_comments_requested entity_details_requested'),
  ...plain('external_org_migration_finished external_org_migration_started'),
  ...plain('file_comment_added file_comment_deleted file_comment_edited file_private'),
  ...plain('file_change file_created file_deleted file_public file_shared file_unshared function_executed'),
  ...plain('grid_migration_finished grid_migration_started'),
  ...plain(
    'group_archive group_close group_deleted group_history_changed group_left group_open group_rename group_unarchive',
  ),
  ...plain('im_close im_created im_history_changed im_open interactive_message invite_requested link_shared'),
  ...plain('member_joined_channel member_left_channel'),
  message: {
    facets: ['author'],
    actions: {
      '': 'told',
      bot_add: 'told',
      bot_message: { never: 'an app would hear what it says itself, and say it again' },
      bot_remove: 'told',
      channel_archive: DETAILS,
      channel_convert_to_private: 'told',
      channel_join: DETAILS,
      channel_leave: DETAILS,
      channel_name: DETAILS,
      channel_posting_permissions: 'told',
      channel_purpose: DETAILS,
      channel_topic: DETAILS,
      channel_unarchive: DETAILS,
      file_share: 'told',
      group_archive: DETAILS,
      group_join: DETAILS,
      group_leave: DETAILS,
      group_name: DETAILS,
      group_purpose: DETAILS,
      group_topic: DETAILS,
      group_unarchive: DETAILS,
      me_message: 'told',
      message_changed: { minor: 'wording is put right many times' },
      message_deleted: { minor: 'its words are gone' },
      message_replied: { never: 'the reply itself comes as a message' },
      pinned_item: DETAILS,
      reminder_add: DETAILS,
      reply_broadcast: 'told',
      thread_broadcast: 'told',
      unpinned_item: DETAILS,
    },
  },
  ...plain('message_action message_metadata_deleted message_metadata_posted message_metadata_updated'),
  ...plain('pin_added pin_removed reaction_added reaction_removed scope_denied scope_granted'),
  ...plain(
    'shared_channel_invite_accepted shared_channel_invite_approved shared_channel_invite_declined shared_channel_invite_received shared_channel_invite_requested',
  ),
  ...plain('shortcut slash_command star_added star_removed'),
  ...plain('subteam_created subteam_members_changed subteam_self_added subteam_self_removed subteam_updated'),
  ...plain(
    'team_access_granted team_access_revoked team_domain_change team_join team_profile_change team_profile_delete team_profile_reorder team_rename tokens_revoked',
  ),
  ...plain('user_resource_denied user_resource_granted user_resource_removed workflow_step_execute'),
  ...plain('user_change user_huddle_changed user_profile_changed user_status_changed view_closed view_submission'),
};

function plain(types: string): EventCatalog {
  return Object.fromEntries(types.split(' ').map((type) => [type, PLAIN]));
}
