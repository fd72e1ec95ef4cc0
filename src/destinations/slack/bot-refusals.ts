import type { ApiRefusal } from './web-api.ts';

export interface RefusedIn {
  /** As it was given: `#releases`, an id. */
  readonly channel: string;
  /** The bot's name, where it is known. */
  readonly bot?: string | undefined;
}

const APPS = 'https://api.slack.com/apps';
const NEW_TOKEN = `copy the Bot User OAuth Token again (${APPS} → the app → OAuth & Permissions)`;

type Words = (place: RefusedIn, refusal: ApiRefusal) => string;

const TOKEN: Readonly<Record<string, Words>> = {
  invalid_auth: () => `Slack does not know this token (invalid_auth): ${NEW_TOKEN}`,
  not_authed: () => `Slack got no token (not_authed): ${NEW_TOKEN}`,
  token_revoked: () => `the token was revoked (token_revoked): install the app again, then ${NEW_TOKEN}`,
  token_expired: () =>
    `the token has expired (token_expired): switch token rotation off for the app, install it again, then ${NEW_TOKEN}`,
  account_inactive: () =>
    `the app was removed from the workspace, or the workspace is gone (account_inactive): install the app again, then ${NEW_TOKEN}`,
  not_allowed_token_type: () =>
    `this kind of token may not do that (not_allowed_token_type): it must be a bot token, which begins with xoxb-`,
  missing_scope: (_, { needed, provided }) =>
    `the app lacks the scope ${needed ?? 'it needs'} (missing_scope${provided ? `; it has ${provided}` : ''}): add it under OAuth & Permissions → Bot Token Scopes, then reinstall the app`,
  no_permission: () =>
    'the app may not do that (no_permission): give it the scope chat:write under OAuth & Permissions, then reinstall it',
  org_login_required: () =>
    'the workspace is being moved into an organisation (org_login_required): try again when that is done',
  team_access_not_granted: () =>
    'the token is not granted access to this workspace (team_access_not_granted): an administrator has to add the app to it',
  access_denied: () => 'a workspace administrator does not allow this (access_denied); ask them',
  ekm_access_denied: () =>
    'administrators have suspended posting (ekm_access_denied); what waits can go when they allow it again',
};

/** Ours, for what nobody follows. */
const API: Readonly<Record<string, Words>> = {
  redirect: () => 'the Web API redirects: set SLACK_API_URL to the final address',
};

/** Before Slack has said what the bot is called, whoever invites it looks that up. */
function invite(bot: string | null | undefined): string {
  return bot ? `/invite @${bot}` : '/invite and the name of the app';
}

const CHANNEL: Readonly<Record<string, Words>> = {
  not_in_channel: ({ channel, bot }) =>
    `the bot is not in ${channel} (not_in_channel): type ${invite(bot)} there, or give the app the scope chat:write.public for public channels`,
  channel_not_found: ({ channel, bot }) =>
    `there is no channel ${channel} that the bot can see (channel_not_found): check the name; into a private one invite it: ${invite(bot)}`,
  is_archived: ({ channel }) => `the channel ${channel} is archived (is_archived): unarchive it, or choose another`,
  is_inactive: ({ channel }) => `the channel ${channel} is archived (is_inactive): unarchive it, or choose another`,
  restricted_action: ({ channel }) =>
    `a workspace administrator restricts who may post to ${channel} (restricted_action): ask them, or use another channel`,
  restricted_action_read_only_channel: ({ channel }) =>
    `${channel} is read-only (restricted_action_read_only_channel): use another channel`,
  restricted_action_thread_only_channel: ({ channel }) =>
    `${channel} takes replies in threads only (restricted_action_thread_only_channel): use another channel`,
  messages_tab_disabled: () =>
    'the app takes no direct messages (messages_tab_disabled): switch on the Messages tab under App Home, or use a channel',
};

const MESSAGE: Readonly<Record<string, Words>> = {
  msg_too_long: () => 'the message was too long for Slack (msg_too_long); please report it',
  msg_blocks_too_long: () => 'the message was too long for Slack (msg_blocks_too_long); please report it',
  no_text: () => 'the message had no text (no_text); please report it with `tidings events show`',
  message_not_found: () => 'the message is no more (message_not_found): somebody deleted it',
  cant_update_message: () =>
    'the message is no more, or another app posted it (cant_update_message): somebody deleted it, or the token is of another app now',
  duplicate_message_not_found: () =>
    'it was posted before and is no more (duplicate_message_not_found): somebody deleted it',
  edit_window_closed: () =>
    "the workspace lets messages be edited for some time only, and that is over (edit_window_closed): it stays as it is; Slack's administrators set how long",
  restricted_action_thread_locked: () =>
    'somebody locked the thread (restricted_action_thread_locked): it takes no more replies until they unlock it',
  restricted_action_non_threadable_channel: ({ channel }) =>
    `${channel} takes no replies in threads (restricted_action_non_threadable_channel): use another channel, or no threads`,
  invalid_blocks: () =>
    'Slack refused the layout of the message (invalid_blocks); please report it with `tidings events show`',
};

/** Of the place, not of the message: all others would be refused as well. */
const BREAKDOWNS: ReadonlySet<string> = new Set(Object.keys({ ...API, ...TOKEN, ...CHANNEL }));

export function isBreakdown({ code }: ApiRefusal): boolean {
  return BREAKDOWNS.has(code);
}

/** Of one person, though not of the others: the app's own tab is everybody's. */
const OF_PERSON: ReadonlySet<string> = new Set([
  ...Object.keys(CHANNEL).filter((code) => code !== 'messages_tab_disabled'),
  'user_not_found',
  'cannot_dm_bot',
  'user_disabled',
]);

/** Refused for whom it is to, and nobody else. */
export function isOfPlace({ code }: ApiRefusal): boolean {
  return OF_PERSON.has(code);
}

export function personWords({ code }: ApiRefusal, person: string): string {
  return `the bot can write ${person} no direct message (${code}): check their member id under people, and that they are in the workspace`;
}

const KNOWN: ReadonlyMap<string, Words> = new Map(Object.entries({ ...API, ...TOKEN, ...CHANNEL, ...MESSAGE }));

/**
 * The Web API's errors (https://docs.slack.dev/reference/methods/chat.postMessage#errors) for people: what happened, and
 * what to do.
 */
export function refusalWords(refusal: ApiRefusal, place: RefusedIn): string {
  return (
    KNOWN.get(refusal.code)?.(place, refusal) ?? `Slack refused it (${refusal.code}); check the token and the channel`
  );
}
