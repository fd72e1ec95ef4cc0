import type { Channel, FromVariables, Way } from '../../model/plugin/channel.ts';
import type { Variables } from '../../model/plugin/variables.ts';
import { Secret } from '../../shared/secret.ts';
import { FLAVORS, type Flavor, type Foreign, ROCKETCHAT_INTERVAL_MS, TITLES } from './flavors/flavor.ts';
import type { SlackSettings } from './settings.ts';
import { addressedChannel, botTokenProblem, channelProblem, isMemberId } from './shapes.ts';

const BLIND = 'a webhook is not told what it has posted';

export const channel: Channel<SlackSettings> = {
  title: 'Slack',
  can: { digest: 2, thread: null, card: null, edit: false, everybody: true, dedup: null },
  ways: {
    webhook: { title: 'Slack, webhook', text: 'a channel, by an incoming webhook.' },
    bot: {
      title: 'Slack, bot',
      text: 'a channel or a person, by the token of an app.',
      thread: 'thread',
      card: 'message',
      dedup: 'client message id',
    },
    mattermost: atFlavor('mattermost'),
    rocketchat: { ...atFlavor('rocketchat'), paceMs: ROCKETCHAT_INTERVAL_MS },
    zulip: atFlavor('zulip'),
  },
  whyNoThreads: (settings) => whyAlone(settings),
  whyNoCards: (settings) => whyAlone(settings) ?? (settings.direct ? 'each person gets a message of their own' : null),
  broadcasts: ({ token }) => token !== undefined,
  takesAll: ({ answers }) => (answers === undefined ? null : [answers]),
  isAsked: ({ answers }) => answers !== undefined,
  words: ({ token, channel, direct, answers, flavor = 'slack', thread, card }) => {
    if (token && answers !== undefined) return `bot that answers what is asked at ${answers}`;
    const where = direct ? 'by direct message' : `in ${channel}`;
    if (token) return `bot ${where}${card ? ', with cards' : ''}${thread ? ', in threads' : ''}`;
    return flavor === 'slack' ? 'incoming webhook' : `incoming webhook of ${TITLES[flavor]}`;
  },
  fromEnv: (env) => ({ api_url: env.base('SLACK_API_URL') ?? 'https://slack.com/api' }),
  byDefault: { variable: 'SLACK_WEBHOOK_URL', settings: fromVariables },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  whyInVain: ({ menu, token }, all) => {
    const isHeard = all.some((each) => each.answers !== undefined && String(each.token) === String(token));
    if (menu !== true || isHeard) return null;
    return { key: 'menu', why: 'no destination of its token has answers, so nobody hears what is chosen' };
  },
  isDirect: ({ direct }) => direct === true,
  findsPeople: ({ token, answers }) => token !== undefined && answers === undefined,
  readerOf: ({ token, channel = '' }) => (token && isMemberId(channel) ? channel : null),
  connect: async () => (await import('./connect/connect.ts')).connect,
  async check(name, settings, asking) {
    const { check } = await import('./connect/check.ts');
    return check(name, settings, channel.words(settings), asking);
  },
  sketch: async (message) => (await import('./slack-destination.ts')).preview(message),
  async open({ name, settings, clock, desk, siblings = new Map() }) {
    const { webhook_url: webhookUrl, token, channel, direct, answers, flavor = 'slack' } = settings;
    const { per_second: perSecond, api_url: apiUrl } = settings;
    if (token && answers !== undefined) {
      const { answersDestination } = await import('./answers/answers-destination.ts');
      return answersDestination({ name, source: answers, token, apiUrl, clock, desk, siblings });
    }
    if (webhookUrl && flavor !== 'slack') {
      const { flavorDestination } = await import('./flavors/flavor-destination.ts');
      return flavorDestination({ name, flavor, webhookUrl, perSecond, clock });
    }
    const { slackDestination } = await import('./slack-destination.ts');
    if (webhookUrl) return slackDestination({ name, webhookUrl, perSecond, clock });
    const to = direct ? null : channel;
    if (token && to !== undefined) {
      const { thread: isThreaded = false, card: hasCards = false, menu: hasMenu = false } = settings;
      const looks = { isThreaded, hasCards, hasMenu };
      return slackDestination({ name, token, channel: to, apiUrl, ...looks, perSecond, clock });
    }
    throw new Error(`${name} has neither webhook_url nor token with channel, direct or answers`);
  },
};

function atFlavor(flavor: Foreign): Way {
  const text = 'a channel, by an incoming webhook.';
  return {
    title: TITLES[flavor],
    text,
    page: 'slack-flavors',
    isNameless: true,
    connect: async () => (await import('./flavors/connect.ts')).flavorConnect(flavor),
  };
}

/** Why it holds nothing together. Null: it does. */
function whyAlone({ token, answers }: SlackSettings): string | null {
  if (answers !== undefined) return 'it answers, and tells nothing';
  return token ? null : BLIND;
}

/**
 * The bot token, where a channel goes with it, comes before the webhook: it can do all that the webhook can. Half of a bot
 * beside a webhook is somebody else's.
 */
function fromVariables(env: Variables): FromVariables<SlackSettings> | null {
  const token = env.text('SLACK_BOT_TOKEN');
  const channel = env.text('SLACK_CHANNEL');
  const webhookUrl = env.address('SLACK_WEBHOOK_URL');
  const flavor = flavorIn(env);
  if (token && channel) {
    tellWrong(env, 'SLACK_BOT_TOKEN', botTokenProblem(token));
    tellWrong(env, 'SLACK_CHANNEL', channelProblem(channel));
    const settings = { token: new Secret(token), channel: addressedChannel(channel), per_second: 1 };
    return { settings, variables: { token: 'SLACK_BOT_TOKEN' } };
  }
  if (webhookUrl) {
    const settings = { webhook_url: new Secret(webhookUrl), flavor, per_second: 1 };
    return { settings, variables: { webhook_url: 'SLACK_WEBHOOK_URL' } };
  }
  if (token) {
    env.tell('SLACK_BOT_TOKEN', 'needs a channel to post to: set SLACK_CHANNEL too, as in SLACK_CHANNEL="#releases".');
  }
  if (channel) {
    env.tell(
      'SLACK_CHANNEL',
      'needs a bot token to post with: set SLACK_BOT_TOKEN too. A webhook has its own channel.',
    );
  }
  return null;
}

/** Of the webhook. */
function flavorIn(env: Variables): Flavor {
  const text = env.text('SLACK_FLAVOR') ?? 'slack';
  const flavor = FLAVORS.find((each) => each === text);
  if (flavor === undefined) env.tell('SLACK_FLAVOR', `must be one of ${FLAVORS.join(', ')}.`);
  return flavor ?? 'slack';
}

function tellWrong(env: Variables, name: string, problem: string | undefined): void {
  if (problem !== undefined) env.tell(name, problem);
}
