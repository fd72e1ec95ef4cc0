import { type Connect, ConnectError } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { manifestOf } from './app-manifest.ts';
import { FEATURES, needLines, needsOf } from './needs.ts';
import { nextStep } from './next-step.ts';
import { type Connection, mustHave, type Setup, type SlackConnectOptions } from './setup.ts';
import { slackClient } from './slack-client.ts';
import { slackSettings } from './slack-settings.ts';
import { switchedOn } from './switched-on.ts';
import { takeBot } from './take-bot.ts';
import { takeWebhook } from './take-webhook.ts';

export const connect: Connect = {
  says: 'take a webhook or a bot token, post a hello, keep it in .env',
  options: [
    { flags: '--webhook', says: 'through an incoming webhook', conflicts: ['bot', 'channel'] },
    { flags: '--bot', says: 'with a bot token' },
    { flags: '--channel <channel>', says: "the bot's channel: its name or id" },
    {
      flags: '--with <features>',
      says: `ask for what these need, too: ${FEATURES.join(', ')}; what tidings.yaml has switched on is asked for anyway`,
      conflicts: ['webhook'],
    },
    {
      flags: '--manifest',
      says: "print the app's manifest, for one that exists already, and do nothing else",
      conflicts: ['webhook', 'bot', 'channel', 'replace', 'dryRun'],
    },
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--no-hello', says: 'post nothing' },
    { flags: '--dry-run', says: 'check and say what would be done; post and write nothing' },
  ],
  examples: [
    ['', 'asks for what it needs'],
    ['--bot --channel "#releases"', 'asks for the token only'],
    ['--webhook < webhook.txt', 'asks nothing'],
    ['--with cards,direct,answers', 'a bot that also writes to people, and can be asked'],
    ['--manifest --with history', 'what an app that exists needs: paste it under App Manifest'],
  ],
  note: 'No secret is an option: it is pasted at a prompt, piped in, or set as SLACK_WEBHOOK_URL or SLACK_BOT_TOKEN.',
  run: (talk, { options }) => connectSlack(talk, options),
};

/** Takes a webhook or a bot token, proves it with a hello, and keeps it in `.env`. Nothing is written before the proof. */
async function connectSlack(talk: Talk, options: SlackConnectOptions): Promise<void> {
  const setup = await setUp(talk, options);
  if (options.manifest) {
    await printManifest(setup);
    return;
  }
  const connection = (await chosenWay(setup)) === 'webhook' ? await takeWebhook(setup) : await takeBot(setup);
  if (!(await mayReplace(talk, connection.variables, options.replace === true))) {
    talk.say('Nothing was posted or written.');
    return;
  }
  talk.say(planOf(setup, connection));
  if (options.dryRun) {
    talk.say('Dry run: nothing was posted or written.');
    return;
  }
  await prove(setup, connection);
  keepVariables(talk, connection.variables);
  nextStep(setup, connection, slackSettings(await talk.settings()));
}

async function setUp(talk: Talk, options: SlackConnectOptions): Promise<Setup> {
  const found = await talk.settings();
  const app = switchedOn(found, options.with);
  const settings = slackSettings(found);
  const slack = slackClient({ apiUrl: settings.apiUrl, clock: talk.clock });
  return { talk, options, app, settings, slack, piped: options.manifest ? null : await talk.piped() };
}

async function chosenWay({ talk, options, settings, piped }: Setup): Promise<'webhook' | 'bot'> {
  if (options.webhook) return 'webhook';
  if (options.bot || options.channel !== undefined || options.with !== undefined) return 'bot';
  if (piped !== null) return /^x(?:ox|app)/.test(piped) ? 'bot' : 'webhook';
  if (talk.hasTerminal) return askForWay(talk);
  if (settings.set.botToken !== null) return 'bot';
  if (settings.set.webhookUrl !== null) return 'webhook';
  throw new ConnectError(
    'usage',
    'There is nothing to connect with. Pipe it in (--webhook, or --bot --channel "#releases"), or set SLACK_WEBHOOK_URL, or SLACK_BOT_TOKEN and SLACK_CHANNEL.',
  );
}

function askForWay(talk: Talk): Promise<'webhook' | 'bot'> {
  talk.say('Incoming webhook: one channel, posts only, nothing more to set up.');
  talk.say(
    'Bot token: any channel it may post to, cards, threads, direct messages; doctor can check it without posting.\n',
  );
  return talk.ask.choose({
    message: 'How shall Tidings reach Slack?',
    instead: 'add --webhook or --bot',
    choices: [
      { value: 'webhook', label: 'Incoming webhook', hint: 'paste one address' },
      { value: 'bot', label: 'Bot token', hint: 'paste one token, choose a channel' },
    ],
  });
}

/** For an app that is there: on its page, App Manifest takes it. */
async function printManifest({ talk, app }: Setup): Promise<void> {
  await talk.print(...JSON.stringify(manifestOf(app), null, 2).split('\n'));
  talk.say('\nIt asks for:');
  for (const line of needLines(needsOf(app.features))) talk.say(line);
  talk.say(
    '\nAn app that exists: https://api.slack.com/apps → the app → App Manifest, paste it over what is there → Save Changes,',
  );
  talk.say('then Install App → Reinstall to Workspace. The token stays the same.');
}

function planOf({ talk, options }: Setup, { where, variables }: Connection): string {
  const kept = `${Object.keys(variables).join(' and ')} in ${talk.envFile} (mode 0600)`;
  return options.hello !== false ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing; keeps ${kept}.`;
}

/** Of a bot everything was asked before; of a webhook only Slack knows whether it lives. */
async function prove({ talk, options, slack }: Setup, { way, where }: Connection): Promise<void> {
  const { err, signal } = talk;
  if (options.hello !== false) {
    mustHave(talk, await slack.hello(way, signal));
    talk.say(`${err.green('posted')} a hello to ${where}`);
  } else if (way.kind === 'webhook') {
    mustHave(talk, await slack.probe(way.url, signal));
    talk.say(`${err.green('alive')}  the webhook answers`);
  }
}
