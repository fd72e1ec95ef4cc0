import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import type { Flavor } from './flavors/flavor.ts';
import { flavorDestination } from './flavors/flavor-destination.ts';
import { addressedChannel, botTokenProblem, channelProblem } from './shapes.ts';
import { slackDestination as createSlack } from './slack-destination.ts';

interface CommonOptions {
  readonly name: string;
  /** Messages a second. Default 1, Slack's own limit for a channel; 0: no pace. */
  readonly perSecond?: number;
}

interface WebhookOptions extends CommonOptions {
  /** An incoming webhook of Slack, or of a host that takes the same. */
  readonly webhookUrl: string | Secret;
  /** Whose host that is: each gets messages of its own form. Default `slack`. */
  readonly flavor?: Flavor;
}

interface BotOptions extends CommonOptions {
  /** Of a bot with the scope `chat:write`: `xoxb-…` */
  readonly token: string | Secret;
  /** `#releases`, or the id of a channel or a person. */
  readonly channel: string;
  /** Whether later news about one issue or incident goes into a thread, where no rule says otherwise. Default: no. */
  readonly thread?: boolean;
  /** Whether each issue, pull request or incident has a card, where no rule says otherwise: a message that shows how it stands, and whose thread the news goes into. Default: no. */
  readonly card?: boolean;
  /** Base of Slack's Web API. Default `https://slack.com/api`. */
  readonly apiUrl?: string;
}

export type SlackOptions = WebhookOptions | BotOptions;

/**
 * One Slack channel, behind an incoming webhook or reached with a bot token.
 * @throws Error when the token or the channel cannot be one
 */
export function slackDestination(options: SlackOptions): Destination {
  const { name, perSecond = 1 } = options;
  if ('token' in options) return byBot(options);
  const { flavor = 'slack' } = options;
  const webhookUrl = Secret.of(options.webhookUrl);
  if (flavor !== 'slack') return flavorDestination({ name, flavor, webhookUrl, perSecond });
  return createSlack({ name, webhookUrl, perSecond });
}

function byBot({
  name,
  perSecond = 1,
  channel,
  apiUrl = 'https://slack.com/api',
  thread = false,
  card = false,
  ...options
}: BotOptions): Destination {
  const token = Secret.of(options.token);
  mustFit('slackDestination', { token: botTokenProblem(token.reveal()), channel: channelProblem(channel) });
  return createSlack({
    name,
    token,
    channel: addressedChannel(channel),
    apiUrl: apiUrl.replace(/\/$/, ''),
    isThreaded: thread,
    hasCards: card,
    perSecond,
  });
}
