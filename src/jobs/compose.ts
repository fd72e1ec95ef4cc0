import type { Destination, Message } from '../model/destination.ts';
import type { Waiting } from '../model/inbox/outbox.ts';
import type { Notification } from '../model/notification.ts';

type Shape = Pick<Destination, 'digestOver' | 'digestMax' | 'concurrency'>;

/** How many waiting notifications `compose` can use at once. */
export function composeLimit(destination: Shape): number {
  const concurrency = Math.max(1, destination.concurrency);
  return destination.digestOver === null ? concurrency : Math.max(concurrency, destination.digestMax);
}

/**
 * What is sent now, oldest first. More than `digestOver` waiting: one digest of the oldest `digestLimit`.
 * Else singles, `concurrency` at once. Nothing is passed over, so order within the lane holds.
 */
export function compose(waiting: Waiting, destination: Shape, digestLimit: number): readonly Message[] {
  const size = Math.min(digestLimit, destination.digestMax, waiting.notifications.length);
  if (destination.digestOver !== null && waiting.total > destination.digestOver && size > 1) {
    return [{ kind: 'digest', notifications: waiting.notifications.slice(0, size) }];
  }
  return waiting.notifications
    .slice(0, Math.max(1, destination.concurrency))
    .map((notification) => ({ kind: 'single', notification }));
}

/** What a message is about, where that is one thing. */
export function threadOf(message: Message): string | null {
  return message.kind === 'single' ? message.notification.activity.keys.thread : null;
}

/** What a message carries, oldest first; never empty. */
export function carried(message: Message): readonly Notification[] {
  return message.kind === 'single' ? [message.notification] : message.notifications;
}
