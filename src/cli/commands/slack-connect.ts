import { CliError, EXIT } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { shortPath } from '../place-words.ts';
import { nextStep } from '../slack/next-step.ts';
import { type Connection, mustHave, type Setup, type SlackConnectOptions } from '../slack/setup.ts';
import { takeBot } from '../slack/take-bot.ts';
import { takeWebhook } from '../slack/take-webhook.ts';

/** Takes a webhook or a bot token, proves it with a hello, and keeps it in `.env`. Nothing is written before the proof. */
export async function slackConnect(context: Context, options: SlackConnectOptions): Promise<void> {
  const setup = await setUp(context, options);
  const connection = (await chosenWay(setup)) === 'webhook' ? await takeWebhook(setup) : await takeBot(setup);
  if (!(await mayReplace(setup, connection))) {
    context.say('Nothing was posted or written.');
    return;
  }
  context.say(planOf(setup, connection));
  if (options.dryRun) {
    context.say('Dry run: nothing was posted or written.');
    return;
  }
  await prove(setup, connection);
  keep(context, connection);
  nextStep(context, connection, await context.app.slack.settings());
}

async function setUp(context: Context, options: SlackConnectOptions): Promise<Setup> {
  const [settings, desk] = await Promise.all([context.app.slack.settings(), context.app.slack.desk()]);
  const piped = await readPiped(context);
  return { context, options, settings, desk, piped };
}

/** A pipe that stays open and empty looks like a program that hangs. */
const SILENT_MS = 1_500;

async function readPiped({ app, io, say }: Context): Promise<string | null> {
  if (io.firstLine === null) return null;
  const cancel = app.clock.after(SILENT_MS, () =>
    say('Waiting for a line on standard input (or end it: < /dev/null).'),
  );
  const line = (await io.firstLine()).trim();
  cancel();
  if (io.stop.aborted) throw new CliError(EXIT.interrupted, 'Interrupted. Nothing was written.');
  return line || null;
}

async function chosenWay({ context, options, settings, piped }: Setup): Promise<'webhook' | 'bot'> {
  if (options.webhook) return 'webhook';
  if (options.bot || options.channel !== undefined) return 'bot';
  if (piped !== null) return /^x(?:ox|app)/.test(piped) ? 'bot' : 'webhook';
  if (context.io.terminal !== null) return askForWay(context);
  if (settings.set.botToken !== null) return 'bot';
  if (settings.set.webhookUrl !== null) return 'webhook';
  throw new CliError(
    EXIT.usage,
    'There is nothing to connect with. Pipe it in (--webhook, or --bot --channel "#releases"), or set SLACK_WEBHOOK_URL, or SLACK_BOT_TOKEN and SLACK_CHANNEL.',
  );
}

function askForWay(context: Context): Promise<'webhook' | 'bot'> {
  context.say('Incoming webhook: one channel, posts only, nothing more to set up.');
  context.say('Bot token: any channel it may post to, and doctor can check that without posting.\n');
  return context.ask.choose({
    message: 'How shall Tidings reach Slack?',
    instead: 'add --webhook or --bot',
    choices: [
      { value: 'webhook', label: 'Incoming webhook', hint: 'paste one address' },
      { value: 'bot', label: 'Bot token', hint: 'paste one token, choose a channel' },
    ],
  });
}

async function mayReplace({ context, options, settings }: Setup, { variables }: Connection): Promise<boolean> {
  const { webhookUrl, botToken, channel } = settings.kept;
  const kept: Readonly<Record<string, string | undefined>> = {
    SLACK_WEBHOOK_URL: webhookUrl?.reveal(),
    SLACK_BOT_TOKEN: botToken?.reveal(),
    SLACK_CHANNEL: channel ?? undefined,
  };
  const others = Object.keys(variables).filter((name) => kept[name] && kept[name] !== variables[name]);
  if (others.length === 0 || options.replace) return true;
  const file = shortPath(context.app.envFile.path);
  return context.ask.confirm({
    message: `${file} has another ${others.join(' and ')}. Replace it?`,
    instead: 'add --replace',
    initial: false,
  });
}

function planOf({ context, options }: Setup, { where, variables }: Connection): string {
  const file = shortPath(context.app.envFile.path);
  const kept = `${Object.keys(variables).join(' and ')} in ${file} (mode 0600)`;
  return options.hello ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing; keeps ${kept}.`;
}

/** Of a bot everything was asked before; of a webhook only Slack knows whether it lives. */
async function prove({ context, options, desk }: Setup, { way, where }: Connection): Promise<void> {
  const { err, io } = context;
  if (options.hello) {
    mustHave(context, await desk.hello(way, io.stop));
    context.say(`${err.green('posted')} a hello to ${where}`);
  } else if (way.kind === 'webhook') {
    mustHave(context, await desk.probe(way.url, io.stop));
    context.say(`${err.green('alive')}  the webhook answers`);
  }
}

function keep({ app, err, say }: Context, { variables }: Connection): void {
  const { path, shadowed } = app.envFile.keep(variables, { replace: true });
  say(`${err.green('kept')}   ${Object.keys(variables).join(' and ')} in ${shortPath(path)}`);
  for (const name of shadowed) {
    say(
      `${err.yellow('Warning')}: ${name} is set otherwise in this environment, which wins over the file: unset ${name}`,
    );
  }
}
