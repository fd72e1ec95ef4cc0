import type { DestinationConfig } from './config.ts';
import type { Problem } from './config-error.ts';
import type { ConfigFile } from './read/config-file.ts';
import type { Environment } from './read/environment.ts';
import { valueAt } from './read/plain-data.ts';
import type { DestinationData, FileData } from './schema/file-schema.ts';
import { addressedChannel, botTokenProblem, channelProblem } from './slack-shapes.ts';

/** What the one destination may be called in a file that names none: `slack` where Slack is connected, else `console`. */
export const DEFAULT_NAMES = ['slack', 'console'] as const;

/** The bot token, where a channel goes with it, comes before the webhook: it can do all that the webhook can. */
export function defaultDestination(environment: Environment): DestinationConfig {
  const { slackBotToken: token, slackChannel: channel, slackWebhookUrl: webhookUrl, settings } = environment;
  const slack = { type: 'slack', name: 'slack', perSecond: 1 } as const;
  if (token && channel) return { ...slack, token, channel: addressedChannel(channel), apiUrl: settings.slackApiUrl };
  return webhookUrl ? { ...slack, webhookUrl } : { type: 'console', name: 'console' };
}

/** Where the default destination has its secret from. */
export function variableOfDefault(
  destination: DestinationConfig,
): readonly (readonly [place: string, variable: string])[] {
  if (destination.type !== 'slack') return [];
  const [key, variable] =
    'token' in destination ? (['token', 'SLACK_BOT_TOKEN'] as const) : (['webhook_url', 'SLACK_WEBHOOK_URL'] as const);
  return [[`destinations.${destination.name}.${key}`, variable]];
}

/** Those of the file, else the default one. A destination whose variable is not set is there by its name only. */
export function destinationsOf(
  data: FileData,
  file: ConfigFile | null,
  environment: Environment,
): readonly DestinationConfig[] {
  if (!data.destinations) return [defaultDestination(environment)];
  const { slackApiUrl } = environment.settings;
  return Object.entries(data.destinations).flatMap(
    ([name, each]) => unsetDestination(name, file) ?? destinationOf(name, each, slackApiUrl) ?? [],
  );
}

function unsetDestination(name: string, file: ConfigFile | null): DestinationConfig | null {
  const unset = file?.unset.filter(({ path }) => path[0] === 'destinations' && path[1] === name) ?? [];
  if (unset.length === 0) return null;
  const kind = String(valueAt(file?.data, ['destinations', name, 'type']));
  return {
    type: 'unset',
    name,
    kind,
    variables: new Map(unset.map(({ path, variable }) => [String(path[2]), variable])),
  };
}

/** Half of a bot beside a webhook is somebody else's: the webhook is used. */
export function botProblems({
  slackBotToken: token,
  slackChannel: channel,
  slackWebhookUrl,
}: Environment): readonly Problem[] {
  const at = (where: string, message: string | undefined): readonly Problem[] =>
    message === undefined ? [] : [{ where, message, excerpt: null }];
  if (token && channel) {
    return [...at('SLACK_BOT_TOKEN', botTokenProblem(token.reveal())), ...at('SLACK_CHANNEL', channelProblem(channel))];
  }
  if (slackWebhookUrl) return [];
  if (token) {
    const set = 'needs a channel to post to: set SLACK_CHANNEL too, as in SLACK_CHANNEL="#releases".';
    return at('SLACK_BOT_TOKEN', set);
  }
  const set = 'needs a bot token to post with: set SLACK_BOT_TOKEN too. A webhook has its own channel.';
  return channel ? at('SLACK_CHANNEL', set) : [];
}

/** Null: what crossCheck has a word about. */
function destinationOf(name: string, data: DestinationData, apiUrl: string): DestinationConfig | null {
  switch (data.type) {
    case 'slack': {
      const { webhook_url: webhookUrl, token, channel } = data;
      const slack = { type: 'slack', name, perSecond: data.per_second || null } as const;
      if (webhookUrl) return { ...slack, webhookUrl };
      return token && channel ? { ...slack, token, channel: addressedChannel(channel), apiUrl } : null;
    }
    case 'console':
      return { type: 'console', name };
    case 'http':
      return {
        type: 'http',
        name,
        url: data.url,
        secret: data.secret ?? null,
        concurrency: data.concurrency,
        timeoutMs: data.timeout_ms,
      };
  }
}
