import { carried } from '../model/carried.ts';
import type { Destination, Message } from '../model/destination.ts';
import type { Waiting } from '../model/inbox/outbox.ts';
import type { Notification } from '../model/notification.ts';
import { severalTimes } from './several-times.ts';

type Shape = Pick<Destination, 'digestOver' | 'digestMax' | 'concurrency'>;

/** How many waiting notifications `compose` can use at once. */
export function composeLimit(destination: Shape): number {
  const concurrency = Math.max(1, destination.concurrency);
  return destination.digestOver === null ? concurrency : Math.max(concurrency, destination.digestMax);
}

/** How many have to be counted: for whether they are more than `digestOver`, though all that are read were one burst. */
export function countLimit(destination: Shape): number {
  return composeLimit(destination) + (destination.digestOver ?? 0);
}

/**
 * What is sent now. First of all, what may have arrived already: as it was, nothing else with it, so that whoever reads it knows
 * it again. Then oldest first, nothing is passed over: what is one burst is one message, at the place of the oldest. More than
 * `digestOver` messages: one digest of the oldest `digestLimit` notifications. Else singles, `concurrency` at once.
 */
export function compose(waiting: Waiting, destination: Shape, digestLimit: number): readonly Message[] {
  // Without digests each is told alone, and stays what it was.
  const again = destination.digestOver === null ? [] : maybeToldTogether(waiting.notifications);
  if (again.length === 0) return composed(waiting, destination, digestLimit).map(marked);
  const alone = { notifications: again, total: again.length };
  return composed(alone, { ...destination, digestOver: 1 }, digestLimit).map(marked);
}

/** All of these that went with one attempt whose answer nobody knows. */
function maybeToldTogether(notifications: readonly Notification[]): readonly Notification[] {
  const attempt = notifications.find(isMaybeTold)?.maybeToldBy;
  return attempt === undefined ? [] : notifications.filter(({ maybeToldBy }) => maybeToldBy === attempt);
}

function isMaybeTold({ maybeToldBy }: Notification): boolean {
  return maybeToldBy !== null;
}

function marked(message: Message): Message {
  return carried(message).some(isMaybeTold) ? { ...message, maybeRepeated: true } : message;
}

function composed(waiting: Waiting, destination: Shape, digestLimit: number): readonly Message[] {
  const { digestOver } = destination;
  const size = Math.min(digestLimit, destination.digestMax, waiting.notifications.length);
  const singles = digestOver === null ? waiting.notifications.map(alone) : withoutBursts(waiting.notifications);
  const count = waiting.total - waiting.notifications.length + singles.length;
  if (digestOver !== null && count > digestOver && size > 1) {
    return [{ kind: 'digest', notifications: waiting.notifications.slice(0, size) }];
  }
  return singles.slice(0, Math.max(1, destination.concurrency));
}

function withoutBursts(notifications: readonly Notification[]): readonly Message[] {
  const bursts = Map.groupBy(notifications, ({ id, isReplay, activity }) =>
    isReplay ? id : (activity.keys.burst ?? id),
  );
  return [...bursts.values()].map(together);
}

/** The newest speaks for all. */
function together(burst: readonly Notification[]): Message {
  const [oldest, newest] = [burst[0], burst.at(-1)] as [Notification, Notification];
  if (burst.length === 1) return alone(newest);
  const notification = { ...newest, activity: severalTimes(oldest.activity, newest.activity, burst.length) };
  return { kind: 'single', notification, others: burst.slice(0, -1) };
}

function alone(notification: Notification): Message {
  return { kind: 'single', notification };
}

/** What a message is about, where that is one thing. */
export function threadOf(message: Message): string | null {
  return message.kind === 'single' ? message.notification.activity.keys.thread : null;
}

/** The thread whose conversation a message goes into. Null: it stands by itself. */
export function conversationOf(message: Message, { isThreaded: isUsual = false }: Pick<Destination, 'isThreaded'>) {
  const { isThreaded = isUsual } = message.kind === 'single' ? message.notification : {};
  return isThreaded ? threadOf(message) : null;
}
