import { ConnectError } from '../../../model/plugin/connect.ts';
import { takeSecret } from '../../../model/plugin/keeping.ts';
import type { Secret } from '../../../shared/secret.ts';
import { addressedChannel, botTokenProblem, channelProblem, isChannelId } from '../shapes.ts';
import { type AppSettings, newAppLink } from './app-manifest.ts';
import { needLines, needsOf } from './needs.ts';
import { type Connection, mustHave, type Setup } from './setup.ts';
import type { SlackBot, SlackChannel } from './slack-types.ts';
import { takeAppToken } from './take-app-token.ts';

/** Of an app that is there already, the manifest is printed by itself. */
function stepsFor(app: AppSettings, invocation: string): readonly string[] {
  return [
    '1. Open this link: an app with all it needs is filled in. Choose the workspace → Next → Create.',
    '',
    newAppLink(app),
    '',
    '   It asks for:',
    ...needLines(needsOf(app.features)),
    `   (There is an app already? ${invocation} connect slack --manifest prints what to paste there.)`,
    '',
    '2. Install App → Install to Workspace → Allow.',
    '3. OAuth & Permissions: copy the Bot User OAuth Token, which begins with xoxb-.',
    '',
  ];
}

/** A channel as it is posted to, which may not be known any closer than by what somebody typed. */
interface Target {
  /** Id, or the name as typed. */
  readonly channel: string;
  /** For people. */
  readonly shown: string;
}

export async function takeBot(setup: Setup): Promise<Connection> {
  const { talk, slack } = setup;
  const token = await takeSecret(talk, setup.piped, {
    variable: 'SLACK_BOT_TOKEN',
    message: 'The Bot User OAuth Token (it does not show):',
    steps: stepsFor(setup.app, talk.invocation),
    problemOf: botTokenProblem,
  });
  const bot = mustHave(talk, await slack.whoIs(token, talk.signal));
  talk.say(`Workspace ${bot.team}, bot ${bot.name}.`);
  const { channel, shown } = await takeChannel(setup, token, bot);
  const appToken = await takeAppToken(setup);
  return {
    way: { kind: 'bot', token, channel, shown, bot: bot.name },
    where: `${shown} in ${bot.team}`,
    variables: {
      SLACK_BOT_TOKEN: token.reveal(),
      SLACK_CHANNEL: channel,
      ...(appToken && { SLACK_APP_TOKEN: appToken.reveal() }),
    },
  };
}

async function takeChannel(setup: Setup, token: Secret, bot: SlackBot): Promise<Target> {
  const { talk, options, settings } = setup;
  const named = options.channel ?? (!talk.hasTerminal ? settings.set.channel : null);
  // Without the scope there is nothing to look up in: what is typed is posted to, and the hello proves it.
  if (bot.scopes?.includes('channels:read') === false) {
    talk.say('The app lacks the scope channels:read, so channels cannot be listed: the name is taken as it is typed.');
    return asTyped(named ?? (await askForName(setup)));
  }
  const channel = named === null ? await choose(setup, token, bot) : await find(setup, token, named);
  const obstacle = setup.slack.obstacle(bot, channel);
  if (obstacle !== null) mustHave(talk, { ok: false, kind: 'refused', problem: obstacle });
  return { channel: channel.id, shown: `#${channel.name}` };
}

async function choose(setup: Setup, token: Secret, bot: SlackBot): Promise<SlackChannel> {
  const { talk, slack } = setup;
  if (!talk.hasTerminal) {
    throw new ConnectError('usage', 'Which channel? Add --channel "#releases", or set SLACK_CHANNEL.');
  }
  const channels = mustHave(talk, await slack.channels(token, { archived: false }, talk.signal));
  if (channels.length === 0) return find(setup, token, await askForName(setup));
  const id = await talk.ask.choose({
    message: 'Which channel?',
    instead: 'add --channel "#releases"',
    choices: channels.map((channel) => ({
      value: channel.id,
      label: `#${channel.name}`,
      hint: hintOf(channel, slack.obstacle(bot, channel) === null),
    })),
  });
  const chosen = channels.find((channel) => channel.id === id);
  if (chosen === undefined) throw new Error(`no channel ${id} was offered`);
  return chosen;
}

function hintOf({ isPrivate, isMember }: SlackChannel, mayPost: boolean): string {
  if (isPrivate) return 'private';
  if (isMember) return 'the bot is in it';
  return mayPost ? 'public' : 'invite the bot first';
}

async function find({ talk, slack }: Setup, token: Secret, named: string): Promise<SlackChannel> {
  const problem = channelProblem(named);
  if (problem !== undefined) throw new ConnectError('usage', `The channel ${problem}`);
  if (isChannelId(named)) return mustHave(talk, await slack.channel(token, named, talk.signal));
  const wanted = named.replace(/^#/, '');
  const channels = mustHave(talk, await slack.channels(token, { archived: true }, talk.signal));
  const found = channels.find((channel) => channel.name === wanted);
  if (found !== undefined) return found;
  throw new ConnectError(
    'not_found',
    `There is no channel #${wanted} that the bot can see: check the name. A private one it sees once it is invited there.`,
  );
}

function askForName({ talk }: Setup): Promise<string> {
  return talk.ask.text({
    message: 'Which channel? Its name or id',
    instead: 'add --channel "#releases", or set SLACK_CHANNEL',
    validate: (value) => {
      const problem = channelProblem(value);
      return problem === undefined ? undefined : `It ${problem}`;
    },
  });
}

function asTyped(name: string): Target {
  const problem = channelProblem(name);
  if (problem !== undefined) throw new ConnectError('usage', `The channel ${problem}`);
  const shown = addressedChannel(name);
  return { channel: shown, shown };
}
