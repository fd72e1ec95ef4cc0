import { boundedId } from '../../shared/bounded-id.ts';
import { bodyOrNull, type Payload, textOrNull } from '../../shared/payload.ts';
import type { SenderName } from './senders/names.ts';
import type { Sender } from './senders/sender.ts';
import { senderOf } from './senders/senders.ts';

/** What an event is called that does not say. */
export const UNNAMED = 'webhook';

/** Line ends, and what turns text around: no name has them. */
const UNSEEN = /\p{C}/u;

export interface Identity {
  readonly sender: Sender;
  /** Empty where the body is no JSON object. */
  readonly payload: Payload;
  readonly name: string;
  /** Null: it is known by its delivery. */
  readonly id: string | null;
}

/** What a signed body says of itself. Whatever it is, it came from who has the secret. */
export function identify(sender: SenderName | undefined, body: Buffer): Identity {
  const payload = bodyOrNull(body) ?? {};
  const from = senderOf(sender, payload);
  const name = from.names
    .map((path) => boundedId(textOrNull(payload, path)))
    .find((each) => each !== null && !UNSEEN.test(each));
  const id = from.id === null ? null : boundedId(textOrNull(payload, from.id));
  return { sender: from, payload, name: name ?? UNNAMED, id };
}
