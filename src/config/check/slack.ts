import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';

/** Reports Slack destinations that are reached in no way, in two, or in the same way as another. */
export function checkSlack(file: ConfigFile): void {
  const owners = new Map<string, string>();
  for (const [name, destination] of Object.entries(mapping(valueAt(file.data, ['destinations'])))) {
    const given = mapping(destination);
    if (given['type'] !== 'slack') continue;
    checkWay(file, name, given);
    checkAlone(file, name, given, owners);
  }
}

const WEBHOOK_HINT = 'give the address of a Slack incoming webhook, as in "${SLACK_WEBHOOK_URL}".';

/** A webhook knows its channel; a bot token needs to be told one. */
function checkWay(file: ConfigFile, name: string, given: Readonly<Record<string, unknown>>): void {
  const has = (key: string) => given[key] !== undefined;
  const place = (key: string) => ['destinations', name, key];
  const extra = ['token', 'channel'].find(has);
  if (has('webhook_url') && extra !== undefined) {
    const message = `webhook_url and ${extra} are two ways to Slack: keep webhook_url alone, or token and channel.`;
    file.report(place(extra), message, 'key');
  } else if (has('token') && !has('channel')) {
    file.report(place('channel'), 'channel is missing: say where the bot posts, as in channel: "#releases".');
  } else if (has('channel') && !has('token')) {
    file.report(place('token'), 'token is missing: give the bot token, as in "${SLACK_BOT_TOKEN}".');
  } else if (!has('webhook_url') && !has('token')) {
    file.report(place('webhook_url'), `webhook_url is missing: ${WEBHOOK_HINT}`);
  }
}

/** Each destination keeps Slack's one message a second for itself: two on one channel would break it. */
function checkAlone(
  file: ConfigFile,
  name: string,
  { webhook_url: url, token, channel }: Readonly<Record<string, unknown>>,
  owners: Map<string, string>,
): void {
  const address = typeof url === 'string' ? URL.parse(url)?.href : undefined;
  const isBot = typeof token === 'string' && typeof channel === 'string';
  const target = address ?? (isBot ? `${token.trim()} ${channel.trim().replace(/^#/, '')}` : undefined);
  if (target === undefined) return;
  const owner = owners.get(target);
  if (owner === undefined) {
    owners.set(target, name);
    return;
  }
  const what = address === undefined ? 'channel' : 'webhook';
  const message = `${name} and ${owner} post to the same ${what}: together they would go faster than Slack allows. Keep one and name it in both rules.`;
  file.report(['destinations', name, address === undefined ? 'channel' : 'webhook_url'], message);
}
