import { channel } from '../../../src/destinations/slack/channel.ts';
import type { SlackSettings } from '../../../src/destinations/slack/settings.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { FLAVOR_KEY, harmInFlavor, startFlavorDouble, textsOf } from '../../doubles/flavor-double.ts';
import { BOT_TOKEN, startSlackApi } from '../../doubles/slack-api.ts';
import { startSlackDouble } from '../../doubles/slack-double.ts';
import type { SlackPayload } from '../../doubles/slack-rules.ts';
import { harmIn, textsIn } from '../../golden/harm.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = {
  'slack, webhook': throughWebhook,
  'slack, bot': asBot,
  'slack, mattermost': () => atFlavor('mattermost'),
  'slack, rocketchat': () => atFlavor('rocketchat'),
  'slack, zulip': () => atFlavor('zulip'),
};

const NO_KEY = 'no webhook takes one: each post is a message';
const PATH = '/services/T0000/B0000/aVerySecretKey';

async function throughWebhook(): Promise<DestinationUnderTest> {
  const slack = await startSlackDouble({ enforceRate: false });
  const settings = { webhook_url: new Secret(slack.webhookUrl(PATH)), per_second: 0, api_url: 'http://x.test' };
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [PATH],
    shown: () => slack.messages.map(({ payload }) => JSON.stringify(payload)),
    violations: () => slack.violations.map(({ why }) => why),
    harm: () => slack.messages.flatMap(({ payload }) => harmOf(payload)),
    endings: {
      busy: () => slack.failNext(PATH, 1, { status: 429, body: 'rate_limited', retryAfter: 3 }),
      failing: () => slack.failNext(PATH, 1, { status: 500, body: 'rollup_error' }),
      lost: () => slack.dropNext(PATH),
      stuck: () => slack.hangNext(PATH),
      final: () => slack.failNext(PATH, 1, { status: 400, body: 'invalid_blocks' }),
      broken: () => slack.failNext(PATH, 1, { status: 404, body: 'no_service' }),
    },
    lacks: { key: NO_KEY },
    reached: async (count) => void (await slack.waitFor(count)),
    close: () => slack.close(),
    [Symbol.asyncDispose]: () => slack.close(),
  };
}

async function asBot(): Promise<DestinationUnderTest> {
  // Else what comes again would not be seen.
  const slack = await startSlackApi({ intervalMs: 0, knowsRepeats: false });
  const token = new Secret(slack.token);
  const settings = { token, channel: '#releases', api_url: slack.url, per_second: 0 };
  const fail = (failure: Parameters<typeof slack.failNext>[1]) => () => slack.failNext('chat.postMessage', failure);
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [slack.token],
    shown: () => slack.messages.map(({ payload }) => JSON.stringify(payload)),
    tries: () =>
      slack.log.flatMap(({ method, args: { client_msg_id: key, text } }) =>
        method === 'chat.postMessage' ? [{ key: String(key), told: String(text) }] : [],
      ),
    threads: () => slack.messages.map(({ root }) => root),
    violations: () => slack.violations,
    harm: () => slack.messages.flatMap(({ payload }) => harmOf(payload)),
    endings: {
      busy: fail({ status: 429, error: 'ratelimited', retryAfter: 3 }),
      failing: fail({ status: 503, error: 'service_unavailable' }),
      final: fail({ error: 'msg_too_long' }),
      broken: fail({ error: 'is_archived' }),
    },
    lacks: {
      sameBytes: 'where nobody can look it up it says that it may be a repeat',
      lost: 'it goes the same way as the webhook',
      stuck: 'it goes the same way as the webhook',
    },
    reached: async (count) => void (await slack.waitFor(count)),
    close: () => slack.close(),
    [Symbol.asyncDispose]: () => slack.close(),
  };
}

const FINAL = {
  mattermost: {
    id: 'web.incoming_webhook.parse.app_error',
    message: 'Unable to parse incoming data',
    status_code: 400,
  },
  rocketchat: { success: false, error: 'Invalid message' },
  zulip: { result: 'error', code: 'BAD_REQUEST', msg: 'Malformed payload' },
} as const;

const BROKEN = {
  mattermost: { status: 400, body: { id: 'web.incoming_webhook.invalid.app_error', message: 'Invalid webhook' } },
  rocketchat: { status: 401, body: { success: false, error: 'unauthorized' } },
  zulip: { status: 400, body: { result: 'error', code: 'STREAM_DOES_NOT_EXIST', msg: "Channel 'x' does not exist" } },
} as const;

async function atFlavor(flavor: keyof typeof FINAL): Promise<DestinationUnderTest> {
  const double = await startFlavorDouble(flavor);
  const settings = { webhook_url: new Secret(double.url), flavor, per_second: 0, api_url: 'http://x.test' };
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [FLAVOR_KEY],
    shown: () => double.messages.map((message) => JSON.stringify(message)),
    violations: () => double.violations,
    harm: () => double.messages.flatMap(textsOf).flatMap((text) => harmInFlavor(flavor, text)),
    endings: {
      busy: () => double.plan({ status: 429, body: { 'retry-after': 2.57 }, headers: { 'retry-after': '3' } }),
      failing: () => double.plan({ status: 503 }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan({ status: 400, body: FINAL[flavor] }),
      broken: () => double.plan(BROKEN[flavor]),
    },
    lacks: { key: NO_KEY },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

/** `<@U…>` of the activity's own mentions is meant: here no text is an id. */
function harmOf(payload: SlackPayload): readonly string[] {
  return textsIn(payload).flatMap(harmIn);
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  'slack, webhook': async (origin) => at({ webhook_url: new Secret(origin + SECRET_PATH) }),
  'slack, bot': async (origin) => at({ token: new Secret(BOT_TOKEN), channel: '#releases', api_url: origin }),
  'slack, mattermost': async (origin) => at({ webhook_url: new Secret(origin + SECRET_PATH), flavor: 'mattermost' }),
  'slack, rocketchat': async (origin) => at({ webhook_url: new Secret(origin + SECRET_PATH), flavor: 'rocketchat' }),
  'slack, zulip': async (origin) => at({ webhook_url: new Secret(origin + SECRET_PATH), flavor: 'zulip' }),
};

const SECRET_PATH = '/services/T00000000/B00000000/aVerySecretKeyOfNobody00';

async function at(more: Partial<SlackSettings>) {
  const settings = { per_second: 0, api_url: 'http://x.test', ...more };
  return { destination: await channel.open({ ...OPENING, settings }), secrets: [SECRET_PATH, BOT_TOKEN] };
}
