import { carried } from '../../model/carried.ts';
import type { Message } from '../../model/destination.ts';
import type { Waiting } from '../../model/inbox/outbox.ts';
import type { Notification } from '../../model/notification.ts';

/** Below whose card a message goes, where there is one: also a digest, of one thread. */
export function cardThreadOf(message: Message): string | null {
  const threads = new Set(carried(message).map(threadIn));
  const [thread = null] = threads;
  return threads.size === 1 ? thread : null;
}

/** Of what would be told in one digest: what goes below the card of the oldest, or, where that has none, what has none either. */
export function ofOneCard(notifications: readonly Notification[], carded: ReadonlySet<string>): Waiting {
  const cardOf = (notification: Notification) => {
    const thread = threadIn(notification);
    return thread !== null && carded.has(thread) ? thread : null;
  };
  const [oldest] = notifications;
  const together = notifications.filter((each) => oldest !== undefined && cardOf(each) === cardOf(oldest));
  return { notifications: together, total: together.length };
}

function threadIn({ activity }: Notification): string | null {
  return activity.keys.thread;
}
