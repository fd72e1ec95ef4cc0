import type { Outcome } from '../../model/destination.ts';
import type { Mention } from '../../model/notification.ts';
import type { OutboundRequest, OutboundResult } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { outcomeOf } from './answer.ts';
import type { SlackMessage } from './render.ts';
import { JSON_BODY } from './web-api.ts';

export interface WebhookOptions {
  /** An incoming webhook of Slack or of a compatible host: whoever knows it can post, so it is a secret. */
  readonly webhookUrl: Secret;
}

/** One message, and where it is to stand. */
export interface Posting {
  readonly message: SlackMessage;
  /** The message below which it goes. Null: it goes into the channel. */
  readonly root: string | null;
  /** Below another one, it is shown in the channel too. */
  readonly isBroadcast: boolean;
  /** The person whom alone it is for. Null: the channel. */
  readonly to: string | null;
  /** The same at every try, and of no other message. */
  readonly id: string;
}

/** What else there is to know of an answer. */
export interface Answered {
  /** ms since 1970 */
  readonly now: number;
  readonly person: Mention | null;
  /** Whether it was tried before. */
  readonly isAgain: boolean;
}

/** How a message gets to its channel, and what the answer means. */
export interface Way {
  post(posting: Posting): Pick<OutboundRequest, 'url' | 'headers' | 'body'>;
  outcomeOf(result: OutboundResult, answered: Answered): Outcome;
  /** Whether it is refused for the message below which it was to go. */
  lacksRoot(result: OutboundResult): boolean;
}

export function throughWebhook({ webhookUrl }: WebhookOptions): Way {
  return {
    post: ({ message }) => ({ url: webhookUrl.reveal(), headers: JSON_BODY, body: JSON.stringify(message) }),
    outcomeOf: (result, { now }) => outcomeOf(result, now),
    lacksRoot: () => false,
  };
}
