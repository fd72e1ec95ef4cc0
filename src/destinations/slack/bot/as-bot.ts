import type { Receipt } from '../../../model/destination.ts';
import type { Secret } from '../../../shared/secret.ts';
import { lacksRoot, outcomeOfPost, wasDeleted } from '../bot-answer.ts';
import type { Way } from '../way.ts';
import { bearer, JSON_BODY } from '../web-api.ts';
import { identified } from './post-id.ts';

export interface BotOptions {
  readonly token: Secret;
  /** `#releases` or a channel's id. Null: each message goes to the person whom alone it mentions. */
  readonly channel: string | null;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  /** Whether what is about one issue or incident goes into one thread. Default: no. */
  readonly isThreaded?: boolean;
  /** Whether what is told has a card, where no rule says otherwise. Default: no. */
  readonly hasCards?: boolean;
  /** Whether a message has a menu, of what people may ask about it. Default: no. */
  readonly hasMenu?: boolean;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export function asBot({ token, channel, apiUrl }: BotOptions): Way {
  return {
    post: ({ message, root, isBroadcast, to, id }) => {
      const below = root !== null && { thread_ts: root, ...(isBroadcast && { reply_broadcast: true }) };
      const place = { channel: to ?? channel, ...below };
      return {
        url: `${apiUrl}/chat.postMessage`,
        headers: { ...bearer(token), ...JSON_BODY },
        body: JSON.stringify({ ...place, ...message, ...identified('message', id) }),
      };
    },
    outcomeOf: (result, { now, person, isAgain }) => {
      if (isAgain && wasDeleted(result))
        return { kind: 'sent', answer: 'it had arrived, and somebody deleted it since' };
      return outcomeOfPost(result, { channel: channel ?? '', person: person?.name ?? null, now });
    },
    lacksRoot,
  };
}

/** As bot-answer.ts keeps it. */
export function rootIn(receipt: Receipt | null): string | null {
  const ts = receipt?.['ts'];
  return typeof ts === 'string' && /^\d{1,16}\.\d{1,9}$/.test(ts) ? ts : null;
}
