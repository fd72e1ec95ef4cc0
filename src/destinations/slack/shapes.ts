// What people paste and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; the
// text itself may be a secret and is not repeated.

const COPY_TOKEN =
  'copy the Bot User OAuth Token, which begins with xoxb- (https://api.slack.com/apps → the app → OAuth & Permissions).';

/** The kinds of tokens: https://docs.slack.dev/authentication/tokens */
const OTHER_TOKENS: readonly (readonly [prefix: RegExp, what: string])[] = [
  [/^xapp-/, 'is an app-level token, which cannot post'],
  [/^(?:xoxe\.)?xoxp-/, "is a user token, which would post in a person's name"],
  [/^xoxe-/, 'is a refresh token, which cannot post'],
  [/^xox[cd]-/, "is taken from a browser's session, not from an app"],
  [/^https?:/, 'is an address, not a token'],
];

export function botTokenProblem(text: string): string | undefined {
  if (/^(?:xoxe\.)?xoxb-[\w-]+$/.test(text)) return undefined;
  const other = OTHER_TOKENS.find(([prefix]) => prefix.test(text));
  return `${other?.[1] ?? 'is no bot token'}: ${COPY_TOKEN}`;
}

/** What Socket Mode connects with. */
export function appTokenProblem(text: string): string | undefined {
  if (/^xapp-[\w-]+$/.test(text)) return undefined;
  const what = text.startsWith('xox') ? 'is another kind of token' : 'is no app-level token';
  return `${what}: it begins with xapp- (https://api.slack.com/apps → the app → Basic Information → App-Level Tokens).`;
}

/** A name (without capitals, blanks and dots; letters of any script) or an id. */
export function channelProblem(text: string): string | undefined {
  if (isChannelId(text) || /^#?[\p{Ll}\p{Lo}\p{M}\p{N}_-]{1,80}$/u.test(text)) return undefined;
  return 'must be the name of a channel, as in "#releases", or its id, as in C024BE91L.';
}

/** Of a channel, or of a person: that is the bot's direct messages to them. */
export function isChannelId(text: string): boolean {
  return /^[CGD][A-Z0-9]{6,}$/.test(text) || isMemberId(text);
}

export function isMemberId(text: string): boolean {
  return /^[UW][A-Z0-9]{6,}$/.test(text);
}

export function memberIdProblem(text: string): string | undefined {
  if (isMemberId(text)) return undefined;
  return 'must be a member id, as in U012AB3CD: at Slack, the profile → ⋮ → Copy member ID.';
}

export function groupIdProblem(text: string): string | undefined {
  if (/^S[A-Z0-9]{6,}$/.test(text)) return undefined;
  return 'must be the id of a user group, as in S0614TZR7: at Slack, the group → ⋮ → Copy group ID.';
}

/** As Slack is given it: an id, or a name behind `#`. */
export function addressedChannel(text: string): string {
  return isChannelId(text) || text.startsWith('#') ? text : `#${text}`;
}

const COPY_WEBHOOK =
  'copy the address again: https://api.slack.com/apps → the app → Incoming Webhooks → Webhook URL, https://hooks.slack.com/services/T…/B…/…';

const SLACK_HOST = /(?:^|\.)slack(?:-gov)?\.com$/;
const WEBHOOK_PATH = /^\/services\/[A-Z0-9]+\/[A-Z0-9]+\/[A-Za-z0-9]+$/;

/** Any host may take Slack's messages (Mattermost, Rocket.Chat); at Slack's own, only a webhook does. */
export function webhookProblem(text: string): string | undefined {
  if (/^x(?:ox|app)/.test(text)) return 'is a token, not a webhook: connect with a bot token instead.';
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return `is not the address of a webhook: ${COPY_WEBHOOK}`;
  }
  if (!SLACK_HOST.test(url.hostname)) return undefined;
  if (!url.hostname.startsWith('hooks.')) return `is a page of Slack's, not a webhook: ${COPY_WEBHOOK}`;
  if (/^\/(?:workflows|triggers)\//.test(url.pathname)) {
    return `starts a workflow and takes no messages: ${COPY_WEBHOOK}`;
  }
  if (url.protocol !== 'https:' || !WEBHOOK_PATH.test(url.pathname)) return `is not whole: ${COPY_WEBHOOK}`;
  return undefined;
}

/** Slack's own host. */
export function isAtSlack(text: string): boolean {
  return SLACK_HOST.test(URL.parse(text)?.hostname ?? '');
}

/** Slack's own webhook, rather than a compatible host's. */
export function isSlackWebhook(text: string): boolean {
  return isAtSlack(text) && webhookProblem(text) === undefined;
}
