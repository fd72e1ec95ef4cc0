import type { Config } from '../../config/config.ts';
import { isChannelId, isSlackWebhook } from '../../destinations/slack/shapes.ts';
import type { SlackAnswer, SlackDesk } from '../../model/slack-desk.ts';
import type { Secret } from '../../shared/secret.ts';
import { destinationWords } from '../place-words.ts';
import { type Finding, fail, ok, warn } from './check.ts';

interface Named {
  readonly name: string;
  readonly words: string;
}
type SlackWebhookConfig = Named & { readonly webhookUrl: Secret };
type SlackBotConfig = Named & { readonly token: Secret; readonly channel: string };
type SlackConfig = SlackWebhookConfig | SlackBotConfig;

/** What the settings say, without asking anybody. */
export function checkDestinations(config: Config, invocation: string): readonly Finding[] {
  const slack = slackOf(config);
  if (slack.length > 0) return slack.map(checkShape);
  const others = config.destinations.map(destinationWords).join(', ');
  const detail = `not connected; messages go to ${others}`;
  if (config.destinations.some(({ type }) => type === 'http')) return [ok('slack', detail)];
  return [warn('slack', detail, `Connect it: ${invocation} slack connect`)];
}

function checkShape(destination: SlackConfig): Finding {
  if ('token' in destination || isSlackWebhook(destination.webhookUrl.reveal())) {
    return ok('slack', destinationWords(destination));
  }
  return warn(
    'slack',
    `the address of ${destination.name} does not look like Slack's`,
    'It should be https://hooks.slack.com/services/T…/B…/…: copy it again from the Slack app, without quotes or spaces.',
  );
}

interface Asking {
  readonly desk: SlackDesk;
  readonly signal: AbortSignal;
  readonly invocation: string;
}

/**
 * Asks Slack about each of its destinations, and posts nothing. What Slack refuses is a failure; that it cannot be reached
 * from here, or has no time, is a warning.
 */
export function checkSlackReachable(config: Config, asking: Asking): Promise<readonly Finding[]> {
  return Promise.all(
    slackOf(config).map((each) => ('token' in each ? checkBot(each, asking) : checkWebhook(each, asking))),
  );
}

async function checkWebhook({ name, webhookUrl }: SlackWebhookConfig, asking: Asking): Promise<Finding> {
  const answer = await asking.desk.probe(webhookUrl, asking.signal);
  // An archived channel, or one where posting is restricted, shows only when something is posted.
  return answer.ok
    ? ok(nameOf(name), `its webhook answers (${answer.value}); nothing was posted`)
    : bad(name, answer, asking);
}

async function checkBot({ name, token, channel }: SlackBotConfig, asking: Asking): Promise<Finding> {
  const { desk, signal } = asking;
  const bot = await desk.whoIs(token, signal);
  if (!bot.ok) return bad(name, bot, asking);
  const who = `${bot.value.name} in ${bot.value.team}`;
  if (bot.value.scopes?.includes('channels:read') === false) {
    return bot.value.scopes.includes('chat:write')
      ? ok(nameOf(name), `${who}; ${channel} was not looked at: the app lacks the scope channels:read`)
      : bad(
          name,
          refused('the app lacks the scope chat:write: add it under OAuth & Permissions, then reinstall the app'),
          asking,
        );
  }
  const found = await findChannel(channel, token, asking);
  if (!found.ok) return bad(name, found, asking);
  const obstacle = desk.obstacle(bot.value, found.value);
  return obstacle === null
    ? ok(nameOf(name), `${who} may post to #${found.value.name}; nothing was posted`)
    : bad(name, refused(obstacle), asking);
}

async function findChannel(channel: string, token: SlackBotConfig['token'], { desk, signal }: Asking) {
  if (isChannelId(channel)) return desk.channel(token, channel, signal);
  const all = await desk.channels(token, { archived: true }, signal);
  if (!all.ok) return all;
  const wanted = channel.replace(/^#/, '');
  const value = all.value.find((each) => each.name === wanted);
  if (value !== undefined) return { ok: true, value } as const;
  return refused(`there is no channel ${channel} that the bot can see: check the name, or invite the bot into it`);
}

function refused(problem: string) {
  return { ok: false, kind: 'refused', problem } as const;
}

function bad(name: string, answer: Extract<SlackAnswer<unknown>, { ok: false }>, { invocation }: Asking): Finding {
  if (answer.kind === 'refused') {
    return fail(nameOf(name), answer.problem, `Mend that, or connect anew: ${invocation} slack connect`);
  }
  return warn(
    nameOf(name),
    answer.problem,
    'Messages wait until Slack can be reached. Check the address, and the network of this machine.',
  );
}

function nameOf(destination: string): string {
  return `channel of ${destination}`;
}

function slackOf(config: Config): readonly SlackConfig[] {
  return config.destinations.flatMap(({ name, type, words, settings }) => {
    if (type !== 'slack' || settings === null) return [];
    const { token, channel, webhook_url: webhookUrl } = settings;
    return [{ name, words, ...(token ? { token, channel } : { webhookUrl }) } as SlackConfig];
  });
}
