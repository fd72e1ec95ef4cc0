import { carried } from '../model/carried.ts';
import type { Destination, Message, Receipt } from '../model/destination.ts';
import type { Fenced } from '../model/inbox/lanes.ts';
import type { AttemptId } from '../model/notification.ts';
import { redact } from '../shared/secrets/redact.ts';
import { type Begun, storedEvents, type Turn, thisTurn } from './attempt.ts';
import { cardThreadOf } from './cards/card-thread.ts';
import type { LaneCards } from './cards/lane-cards.ts';
import { conversationOf, threadOf } from './compose.ts';
import { fenced, type HeldLane } from './held-lane.ts';
import type { Settled } from './settlement.ts';

export interface Lane extends HeldLane {
  /** Null: it shows none. */
  readonly cards: LaneCards | null;
}

/** None: what they tell is no longer stored as it was read, or nothing is to go. Undefined: the lane is lost. */
export async function begin(lane: Lane, settled: readonly Settled[]): Promise<readonly Begun[] | undefined> {
  if (settled.length === 0) return [];
  const messages = settled.map(({ message }) => message);
  const { context, destination, owned, toBegin } = lane;
  const threads = messages.map(threadOf);
  const requests = messages.map((message) => ({
    request: redact(described(destination, message)),
    notifications: carried(message).map(({ id }) => id),
    events: carried(message).map(({ eventId }) => eventId),
  }));
  const mayForget = destination.onUnknown === 'resend' && destination.mayForgetAttempts === true;
  const mayBeLost = mayForget && context.inbox.mayLoseAttempts;
  const leastMs = context.timing.minLeaseMs;
  const expected = destination.readsStored === true ? requests.flatMap(({ events }) => events) : [];
  const stored = storedEvents(context.inbox, expected);
  let recordedIn: Turn | undefined;
  let recorded: readonly AttemptId[] | 'held' | Fenced | undefined;
  const work = async () => {
    const isOfThread = threads.some((thread) => thread !== null);
    // Both are asked at once: one way to the database's thread and back less before the message leaves.
    const earlier = isOfThread ? context.inbox.receipts(destination.name, threads) : Promise.resolve([]);
    // Safe to ignore here: it is waited for below, or the other's failure is told and both are asked again.
    earlier.catch(() => undefined);
    recorded ??= await context.inbox.begin(owned.lease, requests, { mayBeLost, leastMs });
    // Where it waited for the disk, the store's look at the lease is as old as that.
    recordedIn = mayBeLost ? thisTurn() : undefined;
    return { earlier: await earlier, attemptIds: recorded };
  };
  const begun = await toBegin(`recording attempts to ${destination.name}`, work);
  if (begun === undefined) return undefined;
  const { earlier, attemptIds } = begun;
  if (attemptIds === 'fenced') {
    fenced(lane, 'recording an attempt');
    return undefined;
  }
  if (attemptIds === 'held') owned.foundPaused();
  if (attemptIds === 'held' || attemptIds.length === 0) return [];
  return settled.map(({ message, settlement }, index) => {
    const attemptId = attemptIds[index];
    if (attemptId === undefined) throw new Error(`no attempt was recorded for message ${index} to ${destination.name}`);
    const place = placeOf(lane, message, earlier[index] ?? null);
    return { attemptId, message, settlement, ...place, recordedIn, stored };
  });
}

function described(destination: Destination, message: Message): string {
  try {
    return destination.describe(message);
  } catch (error) {
    // Safe to go on: what cannot be described cannot be rendered either, and `send` says so as a rejection.
    return `cannot be described: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What has a card is told below it, where no rule says that it stands by itself. */
export function placeOf(
  { destination, cards }: Lane,
  message: Message,
  earlier: Receipt | null,
): Pick<Begun, 'earlier' | 'thread' | 'isBelowCard'> {
  const below = cardThreadOf(message);
  const card = cards?.standing(below)?.receipt ?? null;
  if (card === null) return { earlier, thread: conversationOf(message, destination), isBelowCard: false };
  const standsAlone = message.kind === 'single' && message.notification.isThreaded === false;
  return standsAlone
    ? { earlier, thread: null, isBelowCard: false }
    : { earlier: card, thread: below, isBelowCard: true };
}
