import type { Destination, Message, Outcome } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { type OutboundRequest, type OutboundResult, request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { outcomeOf } from './answer.ts';
import { outcomeOfPost } from './bot-answer.ts';
import { renderDigest } from './digest.ts';
import { slackLane } from './lane.ts';
import { pictureIn } from './picture.ts';
import { maybeRepeated, renderActivity, type SlackMessage } from './render.ts';
import { bearer, JSON_BODY } from './web-api.ts';

interface CommonOptions {
  readonly name: string;
  /** Messages a second, by Slack's rule 1 per channel. 0: no pace. */
  readonly perSecond: number;
  /** How long to wait for an answer; default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

export interface WebhookOptions {
  /** An incoming webhook of Slack or of a compatible host: whoever knows it can post, so it is a secret. */
  readonly webhookUrl: Secret;
}

export interface BotOptions {
  readonly token: Secret;
  /** `#releases` or a channel's id. */
  readonly channel: string;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
}

export type SlackOptions = CommonOptions & (WebhookOptions | BotOptions);

/** How a message gets to its channel, and what the answer means. */
interface Way {
  post(message: SlackMessage): Pick<OutboundRequest, 'url' | 'headers' | 'body'>;
  outcomeOf(result: OutboundResult, now: number): Outcome;
}

/** One Slack channel, behind an incoming webhook or reached with a bot token. */
export function slackDestination(options: SlackOptions): Destination {
  const { name, perSecond, timeoutMs = 10_000, clock = systemClock } = options;
  const way = 'webhookUrl' in options ? throughWebhook(options) : asBot(options);
  // Slack refuses a message whole for a picture that it cannot fetch (https://github.com/slackapi/python-slack-sdk/issues/1782). Told to
  // slow down in between, it comes again and is not to be refused once more.
  let unseen: string | null = null;
  return {
    ...slackLane(name, perSecond),
    send: async (message, { signal, departure }) => {
      const post = async (rendered: SlackMessage) => {
        const result = await request({ ...way.post(rendered), timeoutMs, signal, departure });
        return way.outcomeOf(result, clock.now());
      };
      const rendered = render(message, true);
      const picture = pictureIn(rendered.blocks);
      if (picture === null) return post(rendered);
      const outcome = picture === unseen ? null : await post(rendered);
      if (outcome !== null && outcome.kind !== 'rejected') return outcome;
      unseen = picture;
      return post(render(message, false));
    },
  };
}

function throughWebhook({ webhookUrl }: WebhookOptions): Way {
  return {
    post: (message) => ({ url: webhookUrl.reveal(), headers: JSON_BODY, body: JSON.stringify(message) }),
    outcomeOf,
  };
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
function asBot({ token, channel, apiUrl }: BotOptions): Way {
  return {
    post: (message) => ({
      url: `${apiUrl}/chat.postMessage`,
      headers: { ...bearer(token), ...JSON_BODY },
      body: JSON.stringify({ channel, ...message }),
    }),
    outcomeOf: (result, now) => outcomeOfPost(result, { channel, now }),
  };
}

function render(message: Message, showsPicture: boolean): SlackMessage {
  const rendered =
    message.kind === 'single'
      ? renderActivity(message.notification, showsPicture)
      : renderDigest(message.notifications);
  return message.maybeRepeated ? maybeRepeated(rendered) : rendered;
}
