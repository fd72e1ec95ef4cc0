import type { Connect } from '../../../model/plugin/connect.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { HELLO_TEXT, HELLO_TITLE } from '../../keep-after-hello.ts';
import { webhookConnect } from '../../webhook-connect.ts';
import { isAtSlack } from '../shapes.ts';
import { type Foreign, TITLES } from './flavor.ts';
import { postTo } from './flavor-destination.ts';
import type { FlavoredMessage } from './render.ts';

interface Address {
  /** Where it is made. */
  readonly steps: readonly string[];
  readonly form: string;
  fits(url: URL): boolean;
}

/** Each server's own: https://developers.mattermost.com/integrate/webhooks/incoming/, https://zulip.com/integrations/slack_incoming */
const ADDRESSES: Readonly<Record<Foreign, Address>> = {
  mattermost: {
    steps: [
      '1. Integrations → Incoming Webhooks → Add Incoming Webhook: a title, the channel, Save.',
      '2. Copy the URL.',
    ],
    form: 'https://…/hooks/KEY',
    fits: ({ pathname }) => /\/hooks\/\w+\/?$/.test(pathname),
  },
  rocketchat: {
    steps: [
      '1. Administration → Workspace → Integrations → New → Incoming: enabled, the channel, "rocket.cat" to post as, Save.',
      '2. Copy the Webhook URL.',
    ],
    form: 'https://…/hooks/ID/TOKEN',
    fits: ({ pathname }) => /\/hooks\/[^/]+\/[^/]+\/?$/.test(pathname),
  },
  zulip: {
    steps: [
      '1. Settings → Personal → Bots → Add a new bot, of the type "Incoming webhook"; subscribe it to the channel.',
      '2. Its menu → Generate URL for an integration: Slack-compatible webhook, the channel, a topic. Copy the URL.',
    ],
    form: 'https://…/api/v1/external/slack_incoming?api_key=KEY&stream=CHANNEL&topic=TOPIC',
    fits: ({ pathname, searchParams }) => pathname.endsWith('/slack_incoming') && searchParams.has('api_key'),
  },
};

const VARIABLE = 'SLACK_WEBHOOK_URL';

/** Takes a webhook of such a server, proves it by a hello in its own form, and keeps it with whose it is. */
export function flavorConnect(flavor: Foreign): Connect {
  const { steps } = ADDRESSES[flavor];
  const connect = webhookConnect({
    title: TITLES[flavor],
    type: 'slack',
    key: 'webhook_url',
    variable: VARIABLE,
    message: 'The address of the webhook (it does not show):',
    steps: [...steps, ''],
    problemOf: (text) => problemOf(flavor, text),
    beside: { SLACK_FLAVOR: flavor },
    settings: { flavor },
    hello: ({ clock, signal }, webhookUrl) => postTo({ flavor, webhookUrl, clock }, HELLO, { signal }),
  });
  return {
    ...connect,
    async run(talk, typed) {
      await connect.run(talk, typed);
      await sayWhatWins(talk, flavor);
    },
  };
}

const HELLO: FlavoredMessage = {
  attachments: [{ fallback: HELLO_TITLE, color: '#1a7f37', text: `${HELLO_TITLE}\n\n${HELLO_TEXT}` }],
};

function problemOf(flavor: Foreign, text: string): string | undefined {
  const { form, fits } = ADDRESSES[flavor];
  const url = URL.parse(text);
  if (url !== null && isAtSlack(text)) return "is Slack's own: connect slack instead.";
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || !fits(url)) {
    return `is not the address of a webhook at ${TITLES[flavor]}: ${form}`;
  }
  return undefined;
}

/** What is set elsewhere, and comes before what was kept. */
async function sayWhatWins(talk: Talk, flavor: Foreign): Promise<void> {
  const { set, ownDestinations: own } = await talk.settings();
  const warning = talk.err.yellow('Warning');
  if (own === null && set.text('SLACK_BOT_TOKEN') && set.text('SLACK_CHANNEL')) {
    talk.say(
      `${warning}: SLACK_BOT_TOKEN and SLACK_CHANNEL are set too, and come before the webhook: remove them to use it.`,
    );
  } else if (own?.variables.includes(VARIABLE)) {
    talk.say(`${talk.shortPath(own.path)} names ${VARIABLE} already: see that \`flavor: ${flavor}\` stands beside it.`);
  }
}
