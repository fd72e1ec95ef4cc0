import * as z from 'zod/mini';
import { oneOf, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema, IdKey } from '../../model/plugin/channel.ts';
import type { Key } from '../../model/plugin/plugin.ts';
import { perMinuteKey } from '../common-keys.ts';
import { FOLLOW_UPS } from './requests.ts';
import { ROLE, roleProblem, SNOWFLAKE, threadProblem, usernameProblem, userProblem, webhookProblem } from './shapes.ts';

const KEYS = {
  webhook_url: {
    value: z.pipe(shaped(webhookProblem, '/webhooks/'), secret),
    without: 'needed',
    text: 'Address of the webhook: the channel → Edit Channel → Integrations → Webhooks. No two destinations may share one, except in different threads.',
    hint: 'give the address of a Discord webhook, as in "${DISCORD_WEBHOOK_URL}".',
    secret: 'value',
  },
  follow_ups: {
    value: z._default(oneOf(FOLLOW_UPS), 'post'),
    without: '`post`',
    text: 'What becomes of later news about one issue or pull request: `post`, a message of its own; `edit`, an edit of the message before, unless it calls somebody; `thread`, in a forum channel, a message in the post that the first one opened.',
  },
  thread: {
    value: z.optional(z.boolean()),
    without: '`false`',
    text: 'In a forum channel `true`, which is `follow_ups: thread` in the word that all destinations have: later news about one issue, pull request, incident or payment is a message in the post that the first one opened. A rule may say it [otherwise](rules.md#one-conversation).',
  },
  thread_id: {
    value: z.optional(shaped(threadProblem, SNOWFLAKE)),
    without: null,
    text: 'The thread or forum post that messages go into, as in `"1100000000000000001"` (in quotes). With `follow_ups: thread`, where that goes which is in no conversation.',
  },
  username: {
    value: z.optional(shaped(usernameProblem)),
    without: "the webhook's name",
    text: 'Name that messages appear under.',
  },
  per_minute: perMinuteKey(
    30,
    'Messages a minute; 30 is what Discord allows in a channel, all its webhooks together. `0`: as fast as they come.',
  ),
} as const satisfies Readonly<Record<string, Key>>;

const VARIABLES: ChannelSchema['variables'] = {
  DISCORD_WEBHOOK_URL: {
    without: null,
    text: 'A Discord webhook: the channel → Edit Channel → Integrations → Webhooks → Copy Webhook URL.',
  },
};

const PERSON: IdKey = {
  value: z.optional(shaped(userProblem, SNOWFLAKE)),
  without: null,
  text: 'The Discord user ID, 15 to 21 digits in quotes: User Settings → Advanced → Developer Mode, then right-click the person → Copy User ID.',
  noun: 'user id',
  example: '80351110224678912',
  pattern: SNOWFLAKE,
};

const TEAM: IdKey = {
  value: z.optional(
    z.pipe(
      shaped(roleProblem, ROLE),
      z.transform((id) => (id.startsWith('&') ? id : `&${id}`)),
    ),
  ),
  without: null,
  text: 'The ID of a Discord role, 15 to 21 digits in quotes: Server Settings → Roles → ⋯ → Copy Role ID.',
  noun: 'id of a role',
  example: '165511591545143296',
  pattern: ROLE,
};

export const SCHEMA: ChannelSchema = {
  text: 'a channel, by a webhook.',
  keys: KEYS,
  variables: VARIABLES,
  /** Each destination keeps the channel's 30 messages a minute for itself: two on one webhook would break it. */
  addressOf({ webhook_url: url, thread_id: thread }) {
    const address = typeof url === 'string' ? URL.parse(url) : null;
    if (address === null) return null;
    const place = address.origin + address.pathname.replace(/\/v\d+(?=\/webhooks\/)|\/$/g, '');
    return { address: typeof thread === 'string' ? `${place} ${thread}` : place, key: 'webhook_url', what: 'webhook' };
  },
  check({ thread, follow_ups: followUps }, report) {
    if (thread === undefined || followUps === undefined || thread === (followUps === 'thread')) return;
    report('thread', 'thread and follow_ups say two things: keep one of them.', 'key');
  },
  person: PERSON,
  team: TEAM,
};
