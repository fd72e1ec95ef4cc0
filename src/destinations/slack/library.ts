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

interface TokenOptions extends CommonOptions {
  /** Of a bot with the scope `chat:write`: `xoxb-…` */
  readonly token: string | Secret;
  /** Whether later news about one issue or incident goes into a thread, where no rule says otherwise. Default: no. */
  readonly thread?: boolean;
  /** Base of Slack's Web API. Default `https://slack.com/api`. */
  readonly apiUrl?: string;
}

interface BotOptions extends TokenOptions {
  /** `#releases`, or the id of a channel or a person. */
  readonly channel: string;
  /**
   * Whether each issue, pull request or incident has a card, where no rule says otherwise: a message that shows how it stands, and whose thread
   * the news goes into. Default: no.
   */
  readonly card?: boolean;
}

interface DirectOptions extends TokenOptions {
  /** Each person whom a rule names, as in `to: '@asked'`, gets a direct message. */
  readonly direct: true;
}

export type SlackOptions = WebhookOptions | BotOptions | DirectOptions;

/**
 * One Slack channel, behind an incoming webhook or reached with a bot token; or people, by direct message.
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
  apiUrl = 'https://slack.com/api',
  thread = false,
  ...options
}: BotOptions | DirectOptions): Destination {
  const token = Secret.of(options.token);
  const channel = 'channel' in options ? options.channel : null;
  const problem = channel === null ? undefined : channelProblem(channel);
  mustFit('slackDestination', { token: botTokenProblem(token.reveal()), channel: problem });
  return createSlack({
    name,
    token,
    channel: channel === null ? null : addressedChannel(channel),
    apiUrl: apiUrl.replace(/\/$/, ''),
    isThreaded: thread,
    hasCards: 'card' in options && (options.card ?? false),
    perSecond,
  });
}
