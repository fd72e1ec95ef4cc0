import type { ActionFate, EventCatalog, EventEntry } from '../../model/event-catalog.ts';

const ENDS = 'a run is news when it ends';
const MANY = 'people and labels change many times';
const PLANNING = 'planning, many at a time';
const WORDING = 'wording is put right many times';

/** What an `update` may be, by what it changes. */
const UPDATES = {
  assigned: { minor: MANY },
  demilestoned: { minor: PLANNING },
  edited: { minor: WORDING },
  labeled: { minor: MANY },
  locked: { minor: 'housekeeping' },
  milestoned: { minor: PLANNING },
  unassigned: { minor: MANY },
  unlabeled: { minor: MANY },
  unlocked: { minor: 'housekeeping' },
  update: { minor: 'it changes little' },
} as const satisfies Readonly<Record<string, ActionFate>>;

const TESTED: ActionFate = { minor: 'the webhook was tested by hand' };

const ISSUE: EventEntry = {
  actions: { '': TESTED, close: 'told', open: 'told', reopen: 'told', ...UPDATES },
  facets: ['labels', 'author', 'assignees', 'severity'],
  mistaken: { opened: write('open'), closed: write('close'), created: write('open'), reopened: write('reopen') },
};

const NOTE: EventEntry = {
  actions: { create: 'told', update: { minor: WORDING } },
  facets: ['labels', 'author', 'assignees', 'branch', 'head'],
  mistaken: { created: write('create'), edited: write('update') },
};

const RUN: EventEntry['actions'] = {
  canceled: 'told',
  canceling: { minor: ENDS },
  created: { minor: ENDS },
  failed: 'told',
  manual: { minor: 'it waits for a person, which most do by design' },
  pending: { minor: ENDS },
  preparing: { minor: ENDS },
  running: { minor: ENDS },
  scheduled: { minor: ENDS },
  skipped: { minor: 'nothing ran' },
  success: 'told',
  waiting_for_callback: { minor: ENDS },
  waiting_for_resource: { minor: ENDS },
};

/**
 * What GitLab sends, https://docs.gitlab.com/user/project/integrations/webhook_events/ and
 * https://docs.gitlab.com/administration/system_hooks/: an `update` is named by what it changes.
 */
export const EVENTS: EventCatalog = {
  access_token: { actions: { expiring: 'told' }, facets: [] },
  build: {
    actions: Object.fromEntries(
      Object.entries(RUN).map(([status, fate]) => [
        status,
        fate === 'told' ? { minor: 'the pipeline it belongs to is posted' } : fate,
      ]),
    ),
    facets: ['branch', 'tag', 'conclusion', 'workflow', 'environment'],
    alsoCalled: ['job'],
  },
  confidential_issue: ISSUE,
  confidential_note: NOTE,
  deployment: {
    actions: {
      approved: 'told',
      blocked: 'told',
      canceled: 'told',
      created: { minor: ENDS },
      failed: 'told',
      rejected: 'told',
      running: { minor: ENDS },
      success: 'told',
    },
    facets: ['branch', 'conclusion', 'transition', 'environment'],
    alsoCalled: ['deploy'],
  },
  deploy_token: { actions: { expiring: 'told' }, facets: [] },
  emoji: {
    actions: { award: { minor: 'reactions come many times a day' }, revoke: { minor: 'housekeeping' } },
    facets: [],
  },
  feature_flag: { actions: { '': 'told' }, facets: [] },
  gitlab_subscription_member_approval: { actions: { enqueue: 'told' }, facets: [] },
  gitlab_subscription_member_approvals: { actions: { approve: 'told', deny: 'told' }, facets: [] },
  issue: ISSUE,
  merge_request: {
    actions: {
      '': TESTED,
      approval: 'told',
      approved: 'told',
      auto_merge_disabled: { minor: 'the merge is news' },
      auto_merge_enabled: { minor: 'the merge is news' },
      changes_requested: 'told',
      close: 'told',
      converted_to_draft: 'told',
      merge: 'told',
      open: 'told',
      ready_for_review: 'told',
      reopen: 'told',
      review_request_removed: { minor: 'nobody is waited for any more' },
      review_requested: 'told',
      reviewed: { minor: 'its comments are posted' },
      synchronize: { minor: 'new commits come many times a day' },
      unapproval: 'told',
      unapproved: 'told',
      ...UPDATES,
    },
    facets: ['branch', 'head', 'labels', 'author', 'assignees'],
    alsoCalled: ['mr', 'mrs', 'pull_request', 'pr'],
    mistaken: {
      closed: write('close'),
      created: write('open'),
      draft: write('converted_to_draft'),
      merged: write('merge'),
      opened: write('open'),
      pushed: write('synchronize'),
      ready: write('ready_for_review'),
      reopened: write('reopen'),
      updated: write('synchronize'),
    },
  },
  milestone: { actions: { close: 'told', create: 'told', delete: 'told', reopen: 'told' }, facets: [] },
  note: { ...NOTE, alsoCalled: ['comment', 'comments'] },
  pipeline: {
    actions: RUN,
    facets: ['branch', 'tag', 'conclusion', 'transition', 'workflow'],
    alsoCalled: ['ci'],
  },
  push: { actions: { '': 'told' }, facets: ['branch', 'tag', 'paths'], alsoCalled: ['commit', 'commits'] },
  release: {
    actions: { create: 'told', delete: 'told', update: { minor: WORDING } },
    facets: ['tag'],
    mistaken: { published: write('create') },
  },
  tag_push: { actions: { '': 'told' }, facets: ['tag'], alsoCalled: ['tag'] },
  vulnerability: {
    actions: { confirmed: 'told', detected: 'told', dismissed: 'told', resolved: 'told' },
    facets: ['severity'],
  },
  wiki_page: { actions: { create: 'told', delete: 'told', update: 'told' }, facets: [], alsoCalled: ['wiki'] },
  work_item: ISSUE,
  ...plain('group_create group_destroy group_rename key_create key_destroy'),
  ...plain('project_create project_destroy project_rename project_transfer'),
  project_update: { actions: { '': { minor: 'settings change many times' } }, facets: [] },
  repository_update: { actions: { '': { never: 'a push and a tag_push tell each branch and tag of it' } }, facets: [] },
  ...plain('subgroup_create subgroup_destroy user_access_request_denied_for_group'),
  ...plain('user_access_request_revoked_for_group user_access_request_revoked_for_project'),
  ...plain('user_access_request_to_group user_access_request_to_project user_add_to_group user_add_to_team'),
  ...plain('user_create user_destroy user_failed_login user_remove_from_group user_remove_from_team'),
  ...plain('user_rename user_update_for_group user_update_for_team'),
};

function plain(types: string): EventCatalog {
  return Object.fromEntries(types.split(' ').map((type) => [type, { actions: { '': 'told' }, facets: [] } as const]));
}

/** The predicate of a sentence. */
function write(action: string): string {
  return `is not what GitLab calls it: write \`${action}\`.`;
}
