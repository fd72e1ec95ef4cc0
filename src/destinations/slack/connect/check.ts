import { type Finding, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import type { Secret } from '../../../shared/secret.ts';
import { notSeen } from '../../looked.ts';
import type { SlackSettings } from '../settings.ts';
import { isChannelId, isSlackWebhook } from '../shapes.ts';
import { checkDirectHistory, checkHistory, checkScopes } from './check-scopes.ts';
import { slackClient } from './slack-client.ts';
import type { SlackAnswer, SlackBot, SlackClient } from './slack-types.ts';
import { featuresOf } from './switched-on.ts';

interface Checked extends Asking {
  readonly name: string;
  readonly slack: SlackClient;
}

/**
 * Asks Slack about one of its destinations, and posts nothing. What Slack refuses is a failure; that it cannot be reached
 * from here, or has no time, is a warning. `words`: what it is set to.
 */
export async function check(
  name: string,
  settings: SlackSettings,
  words: string,
  asking: Asking,
): Promise<readonly Finding[]> {
  const { token, webhook_url: webhookUrl, api_url: apiUrl } = settings;
  const checked = { ...asking, name, slack: slackClient({ apiUrl, clock: asking.clock }) };
  const set = ok('slack', `${name} (${words})`);
  if (token) return [set, ...(await checkBot(token, settings, checked))];
  if (!webhookUrl) return [];
  // No question of theirs posts nothing.
  if (settings.flavor !== undefined && settings.flavor !== 'slack') return [set];
  return [isSlackWebhook(webhookUrl.reveal()) ? set : foreignAddress(name), await checkWebhook(webhookUrl, checked)];
}

function foreignAddress(name: string): Finding {
  return warn(
    'slack',
    `the address of ${name} does not look like Slack's`,
    'It should be https://hooks.slack.com/services/T…/B…/…: copy it again from the Slack app, without quotes or spaces.',
  );
}

async function checkWebhook(webhookUrl: Secret, checked: Checked): Promise<Finding> {
  const answer = await checked.slack.probe(webhookUrl, checked.signal);
  // An archived channel, or one where posting is restricted, shows only when something is posted.
  return answer.ok
    ? ok(nameOf(checked), `its webhook answers (${answer.value}); nothing was posted`)
    : bad(answer, checked);
}

async function checkBot(token: Secret, settings: SlackSettings, checked: Checked): Promise<readonly Finding[]> {
  const { name, invocation, slack, signal } = checked;
  const answer = await slack.whoIs(token, signal);
  if (!answer.ok) return [bad(answer, checked)];
  const bot = answer.value;
  if (bot.scopes?.includes('chat:write') === false) return [bad(refused(NO_WRITE), checked)];
  const looked = { name, invocation, bot };
  const lacks = checkScopes(looked, new Set(featuresOf({ ...settings }, checked.peopleByEmail)));
  const { channel } = settings;
  if (channel === undefined) {
    const back = settings.direct ? checkDirectHistory(looked) : [];
    return [seenWithout(settings, bot, checked), ...lacks, ...back];
  }
  if (bot.scopes?.includes('channels:read') === false) {
    const detail = `${whoOf(bot)}; ${channel} was not looked at: the app lacks the scope channels:read`;
    return [ok(nameOf(checked), detail), ...lacks];
  }
  const found = await findChannel(channel, token, checked);
  if (!found.ok) return [bad(found, checked), ...lacks];
  const obstacle = slack.obstacle(bot, found.value);
  if (obstacle !== null) return [bad(refused(obstacle), checked), ...lacks];
  const detail = `${whoOf(bot)} may post to #${found.value.name}; nothing was posted`;
  return [ok(nameOf(checked), detail), ...lacks, ...checkHistory(looked, found.value)];
}

/** Who reads it, the rules say, or whoever asks. */
function seenWithout({ direct }: SlackSettings, bot: SlackBot, checked: Checked): Finding {
  const may = direct ? 'may write to people; nothing was posted' : 'may answer; nothing was posted';
  return ok(nameOf(checked), `${whoOf(bot)} ${may}`);
}

function whoOf({ name, team }: SlackBot): string {
  return `${name} in ${team}`;
}

const NO_WRITE = 'the app lacks the scope chat:write: add it under OAuth & Permissions, then reinstall the app';

async function findChannel(channel: string, token: Secret, { slack, signal }: Checked) {
  if (isChannelId(channel)) return slack.channel(token, channel, signal);
  const all = await slack.channels(token, { archived: true }, signal);
  if (!all.ok) return all;
  const wanted = channel.replace(/^#/, '');
  const value = all.value.find((each) => each.name === wanted);
  if (value !== undefined) return { ok: true, value } as const;
  return refused(`there is no channel ${channel} that the bot can see: check the name, or invite the bot into it`);
}

function refused(problem: string) {
  return { ok: false, kind: 'refused', problem } as const;
}

function bad(answer: Extract<SlackAnswer<unknown>, { ok: false }>, checked: Checked): Finding {
  const mend = `Mend that, or connect anew: ${checked.invocation} connect slack`;
  const wait = 'Messages wait until Slack can be reached. Check the address, and the network of this machine.';
  return notSeen(nameOf(checked), answer, { mend, wait });
}

function nameOf({ name }: Checked): string {
  return `channel of ${name}`;
}
