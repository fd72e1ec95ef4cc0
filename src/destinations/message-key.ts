import { createHash } from 'node:crypto';
import { saidIn } from '../model/carried.ts';
import type { Message } from '../model/destination.ts';

/**
 * The same at every try of one message to one place, and of no other: `ntf_` and 32 hex digits. What is replayed on purpose is another
 * notification. When it was stored goes in, so that a database begun anew, which counts from 1 again, repeats no key.
 */
export function messageKey(destination: string, message: Message): string {
  const notifications = saidIn(message);
  const told = notifications.map(({ id, storedAt, isReplay }) => [id, storedAt, isReplay]);
  const hash = createHash('sha256').update(JSON.stringify([destination, told]));
  return `ntf_${hash.digest('hex').slice(0, 32)}`;
}

/** Of one issue or pull request, in 32 hex digits: its name may be secret, and longer than the other side takes. */
export function threadKey(thread: string): string {
  return createHash('sha256').update(thread).digest('hex').slice(0, 32);
}
