import * as z from 'zod/mini';
import { filled, httpUrl, numberWithin, oneOf, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema, IdKey } from '../../model/plugin/channel.ts';
import type { Key, Written } from '../../model/plugin/plugin.ts';
import { threadSetting } from '../thread-setting.ts';
import { FLAVORS } from './flavors/flavor.ts';
import { addressedChannel, botTokenProblem, channelProblem, groupIdProblem, memberIdProblem } from './shapes.ts';

const KEYS = {
  webhook_url: {
    value: z.optional(z.pipe(httpUrl, secret)),
    without: 'this, or the next two',
    text: 'Address of the incoming webhook. No two destinations may share one.',
    hint: 'give the address of a Slack incoming webhook, as in "${SLACK_WEBHOOK_URL}".',
    secret: 'value',
  },
  token: {
    value: z.optional(z.pipe(shaped(botTokenProblem), secret)),
    without: 'with `channel`',
    text: 'The bot token of a Slack app with the scope `chat:write`.',
    hint: 'give the bot token, as in "${SLACK_BOT_TOKEN}".',
    secret: 'value',
  },
  channel: {
    value: z.optional(z.pipe(shaped(channelProblem), z.transform(addressedChannel))),
    without: 'with `token`',
    text: 'Where the bot posts: `"#releases"` (in quotes), the channel\'s id, or a person\'s for direct messages. No two destinations of one token may share it.',
    hint: 'say where the bot posts, as in "#releases"; in quotes, because # begins a comment.',
  },
  direct: {
    value: z.optional(z.boolean()),
    without: '`false`',
    text: 'In the place of `channel`: each person whom a rule names, as in `to: "@asked"`, gets a direct message of the bot. With `token` only.',
  },
  answers: {
    value: z.optional(filled),
    without: null,
    text: 'In the place of `channel`: the source of provider `slack` whose clicks, commands and mentions [the bot answers](slack.md#asking), to whoever asks alone. With `token` only.',
    names: 'sources',
    provider: 'slack',
  },
  menu: {
    value: z.optional(z.boolean()),
    without: '`false`',
    text: 'Messages have a ⋯ menu: why they came, and muting. With `token` only; it wants a destination with `answers`, which answers it.',
  },
  flavor: {
    value: z.optional(oneOf(FLAVORS)),
    without: '`slack`',
    text: 'Whose server takes the webhook: `mattermost`, `rocketchat` or `zulip` get [messages of their own form](destinations/slack-flavors.md). With `webhook_url` only.',
  },
  thread: threadSetting('a message in the thread below the first, with `token`', false),
  card: {
    value: z._default(z.boolean(), false),
    without: '`false`',
    text: 'Whether each issue, pull request or incident has [a card](rules.md#cards): one message that shows how it stands, with what happens in its thread. With `token` and `channel`. A rule may say it otherwise.',
  },
  per_second: {
    value: z._default(numberWithin(0, 1000, ' messages a second; 0 means no pace'), 1),
    without: '`1`',
    text: 'Messages a second; one is what Slack allows. `0`: as fast as they come, for compatible servers without a limit. Rocket.Chat gets ten a minute at most.',
  },
} as const satisfies Readonly<Record<string, Key>>;

const VARIABLES: ChannelSchema['variables'] = {
  SLACK_WEBHOOK_URL: {
    without: null,
    text: 'A Slack [incoming webhook](https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks), or one of a compatible server (Mattermost, Rocket.Chat). Without it and a bot token, messages appear on the terminal.',
  },
  SLACK_BOT_TOKEN: {
    without: null,
    text: "A Slack app's bot token (`xoxb-…`), with `SLACK_CHANNEL`. The two together win over `SLACK_WEBHOOK_URL`.",
  },
  SLACK_CHANNEL: {
    without: null,
    text: 'Where the bot posts: `"#releases"`, or the channel\'s id, which survives a renaming.',
  },
  SLACK_FLAVOR: {
    without: '`slack`',
    text: 'Whose server takes `SLACK_WEBHOOK_URL`: `mattermost`, `rocketchat` or `zulip` get [messages of their own form](destinations/slack-flavors.md).',
  },
  SLACK_API_URL: {
    without: '`https://slack.com/api`',
    text: "Base of Slack's Web API, for bot tokens. Incoming webhooks do not use it.",
  },
};

const PERSON: IdKey = {
  value: z.optional(shaped(memberIdProblem, '^[UW][A-Z0-9]{6,}$')),
  without: null,
  text: 'The Slack member ID, `U…`: profile → ⋮ → Copy member ID. In short: `mona: U012AB3CD`.',
  noun: 'member id',
  example: 'U012AB3CD',
  pattern: '^[UW][A-Z0-9]{6,}$',
};

const TEAM: IdKey = {
  value: z.optional(shaped(groupIdProblem, '^S[A-Z0-9]{6,}$')),
  without: null,
  text: 'The ID of a Slack user group, `S…`: group → ⋮ → Copy group ID. In short: `acme/backend: S0614TZR7`.',
  noun: 'id of a user group',
  example: 'S0614TZR7',
  pattern: '^S[A-Z0-9]{6,}$',
};

const OFF = { const: false };

export const SCHEMA: ChannelSchema = {
  text: 'a channel, by an incoming webhook or by a bot token.',
  variables: VARIABLES,
  keys: KEYS,
  shape: (json) => ({
    ...json,
    anyOf: [
      {
        required: ['webhook_url'],
        properties: { token: false, channel: false, direct: OFF, answers: false, menu: OFF },
      },
      { required: ['token', 'channel'], properties: { webhook_url: false, direct: OFF, answers: false } },
      {
        required: ['token', 'direct'],
        properties: { webhook_url: false, channel: false, direct: { const: true }, answers: false },
      },
      {
        required: ['token', 'answers'],
        properties: { webhook_url: false, channel: false, direct: OFF, menu: OFF, thread: OFF },
      },
    ],
  }),
  forChannel: (name) => `{ type: slack, token: "\${SLACK_BOT_TOKEN}", channel: "${name}" }`,
  check,
  addressOf,
  person: PERSON,
  team: TEAM,
};

/** A webhook knows its channel; a bot token needs to be told one. */
function check(given: Written, report: Parameters<NonNullable<ChannelSchema['check']>>[1]): void {
  const has = (key: keyof typeof KEYS) => given[key] !== undefined;
  if (has('answers')) return checkAnswers(given, report);
  if (given['menu'] === true && has('webhook_url')) {
    report('menu', 'menu goes with token: nobody hears what is pressed on messages of a webhook.', 'key');
  }
  const extra = (['token', 'channel'] as const).find(has);
  if (has('flavor') && given['flavor'] !== 'slack' && extra !== undefined) {
    return report('flavor', `flavor goes with webhook_url only: a token is Slack's.`, 'key');
  }
  if (given['thread'] === true && has('webhook_url')) {
    report('thread', 'thread goes with token and channel: a webhook is not told what it has posted.', 'key');
  }
  if (given['card'] === true && (has('webhook_url') || given['direct'] === true)) {
    const why = has('webhook_url') ? 'a webhook is not told what it has posted' : 'direct tells each person alone';
    report('card', `card goes with token and channel: ${why}.`, 'key');
  }
  if (given['direct'] === true && (has('webhook_url') || has('channel'))) {
    const other = has('webhook_url') ? 'webhook_url' : 'channel';
    return report(
      'direct',
      `direct tells people, and ${other} is a channel: keep one of them. direct goes with token alone.`,
      'key',
    );
  }
  if (has('webhook_url') && extra !== undefined) {
    const problem = `webhook_url and ${extra} are two ways to Slack: keep webhook_url alone, or token and channel.`;
    report(extra, problem, 'key');
  } else if (has('token') && !has('channel') && given['direct'] !== true) {
    report(
      'channel',
      'channel is missing: say where the bot posts, as in channel: "#releases"; or direct: true, for the people whom rules name; or answers, for what people ask.',
    );
  } else if (has('channel') && !has('token')) {
    report('token', `token is missing: ${KEYS.token.hint}`);
  } else if (given['direct'] === true && !has('token')) {
    report('token', `token is missing: ${KEYS.token.hint}`);
  } else if (!has('webhook_url') && !has('token')) {
    report('webhook_url', `webhook_url is missing: ${KEYS.webhook_url.hint}`);
  }
}

/** It posts nowhere. */
function checkAnswers(given: Written, report: Parameters<NonNullable<ChannelSchema['check']>>[1]): void {
  for (const key of ['webhook_url', 'channel'] as const) {
    if (given[key] !== undefined) {
      return report(
        key,
        `answers goes with token alone: it posts nowhere, so that ${key} has no place beside it.`,
        'key',
      );
    }
  }
  const on = ['direct', 'menu', 'thread', 'card'].find((key) => given[key] === true);
  if (on !== undefined)
    return report(on, `answers goes with token alone: it tells nothing that ${on} could change.`, 'key');
  if (given['token'] === undefined) report('token', `token is missing: ${KEYS.token.hint}`);
}

/** Each destination keeps Slack's one message a second for itself: two on one channel would break it. */
function addressOf({
  webhook_url: url,
  token,
  channel,
  direct,
  answers,
}: Written): ReturnType<NonNullable<ChannelSchema['addressOf']>> {
  const address = typeof url === 'string' ? URL.parse(url)?.href : undefined;
  if (address !== undefined) return { address, key: 'webhook_url', what: 'webhook' };
  if (typeof token === 'string' && direct === true) {
    return { address: `${token.trim()} @`, key: 'direct', what: 'bot for direct messages' };
  }
  if (typeof token === 'string' && typeof answers === 'string') {
    return { address: `${token.trim()} ?${answers}`, key: 'answers', what: 'source whose asks it answers' };
  }
  if (typeof token !== 'string' || typeof channel !== 'string') return null;
  return { address: `${token.trim()} ${channel.trim().replace(/^#/, '')}`, key: 'channel', what: 'channel' };
}
