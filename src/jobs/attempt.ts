import type { Destination, Message, Outcome, Receipt, SendContext, Settlement } from '../model/destination.ts';
import type { EventId, StoredEvent } from '../model/event.ts';
import { type Inbox, InboxUnavailableError } from '../model/inbox.ts';
import type { AttemptId } from '../model/notification.ts';
import type { Departure } from '../shared/outbound.ts';
import { redact, redactAll } from '../shared/secrets/redact.ts';
import { askedTogether } from './asked-together.ts';
import type { JobContext } from './context.ts';
import type { Attempted } from './judge.ts';
import type { OwnedLane } from './owned-lane.ts';

/** A message whose attempt is recorded. `earlier`: the receipt of the last one about the same thread. */
export interface Begun {
  readonly attemptId: AttemptId;
  readonly message: Message;
  readonly earlier: Receipt | null;
  /** As `SendContext.thread`. */
  readonly thread: string | null;
  readonly isBelowCard: boolean;
  /** What became of its earlier tries. Null: none is in doubt, or nobody was asked. */
  readonly settlement: Settlement | null;
  /** When the store said so, and that the lane is held for long enough. Undefined: too long ago. */
  readonly recordedIn: Turn | undefined;
  readonly stored: NonNullable<SendContext['stored']>;
}

/** A turn of the event loop. What comes over a socket comes in a later one. */
export interface Turn {
  readonly isOver: boolean;
}

export function thisTurn(): Turn {
  const turn = { isOver: false };
  setImmediate(() => {
    turn.isOver = true;
  });
  return turn;
}

/** Sends messages whose attempts are recorded, all at once, and says how each ended. Never throws. */
export async function sendAll(
  context: JobContext,
  owned: OwnedLane,
  destination: Destination,
  begun: readonly Begun[],
): Promise<readonly Attempted[]> {
  const { clock } = context;
  const limits = limitsOf(context, owned);
  const given = {
    signal: limits.signal,
    isHeld: askedTogether(() => isHeldInStore(context, owned)),
  };
  try {
    return await Promise.all(
      begun.map(async (each): Promise<Attempted> => {
        const { attemptId, message, settlement } = each;
        const started = clock.monotonic();
        const sent = sendOne(context, owned, destination, each, given);
        const outcome = await Promise.race([sent, limits.overdue]);
        const durationMs = clock.monotonic() - started;
        return { attemptId, message, settlement, outcome, endedAt: clock.now(), durationMs };
      }),
    );
  } finally {
    limits.drop();
  }
}

/** Nothing has left, so nothing is in doubt. */
const WITHHELD: Outcome = { kind: 'retry', reason: 'not sent: this worker no longer held the lane for long enough' };

/** The lease had some seconds left at the last look: nobody can do more than look, and say so. */
const LATE =
  'a request left late: this process stood still between its last look at the lease and the socket; another worker may have sent in between';

type Given = Pick<SendContext, 'signal'> & { readonly isHeld: () => Promise<boolean> };

async function sendOne(
  context: JobContext,
  owned: OwnedLane,
  destination: Destination,
  { message, settlement, earlier, thread, isBelowCard, recordedIn, stored }: Begun,
  { isHeld: askIsHeld, signal }: Given,
): Promise<Outcome> {
  const known = settlement && knownBy(settlement, destination);
  if (known !== null) return known;
  // Over a connection that stood already it leaves in the turn in which the attempt was recorded: the store has just looked.
  const isHeld = async () => recordedIn?.isOver === false || (await askIsHeld());
  return departing<Outcome>(context, owned, destination, isHeld, (departure) =>
    destination.send(message, { signal, earlier, thread, isBelowCard, departure, stored }),
  );
}

/** Null: it is to be sent. */
function knownBy(settlement: Settlement, { onUnknown }: Destination): Outcome | null {
  if (settlement.kind === 'absent') return null;
  if (settlement.kind !== 'unknowable') return settlement;
  return onUnknown === 'hold' ? { kind: 'unknown', reason: `it may have arrived: ${settlement.reason}` } : null;
}

/** Sends what no attempt is recorded of, as `sendAll` does. */
export async function sendUnrecorded<T>(
  context: JobContext,
  owned: OwnedLane,
  destination: Destination,
  send: (given: Pick<SendContext, 'signal' | 'departure'>) => Promise<T>,
): Promise<T | Outcome> {
  const limits = limitsOf(context, owned);
  const isHeld = () => isHeldInStore(context, owned);
  try {
    const sent = departing<T | Outcome>(context, owned, destination, isHeld, (departure) =>
      send({ signal: limits.signal, departure }),
    );
    return await Promise.race([sent, limits.overdue]);
  } finally {
    limits.drop();
  }
}

async function departing<T>(
  context: JobContext,
  owned: OwnedLane,
  destination: Destination,
  askIsHeld: () => Promise<boolean>,
  send: (departure: Departure) => Promise<T>,
): Promise<T | Outcome> {
  let withheld = false;
  const departure = {
    async mayLeave() {
      const isHeld = await askIsHeld();
      withheld = !isHeld || owned.remainingMs() < context.timing.minLeaseMs;
      return !withheld;
    },
    hasLeft() {
      if (owned.remainingMs() <= 0) context.log.warn({ destination: destination.name }, LATE);
    },
  };
  try {
    const outcome = await send(departure);
    // Endpoints repeat what they were sent, and what they say is stored.
    return withheld ? WITHHELD : redactAll(outcome);
  } catch (error) {
    if (error instanceof InboxUnavailableError) return { kind: 'retry', reason: `not sent: ${redact(error.message)}` };
    // Destinations answer for the network; what they throw is a bug met by this message, and would be met again.
    context.log.error({ err: error, destination: destination.name }, 'destination threw');
    const what = error instanceof Error ? error.message : String(error);
    return redactAll({ kind: 'rejected', reason: `bug in the ${destination.type} destination: ${what}` } as const);
  }
}

/**
 * The last look before a request leaves is by the store's clock, which also runs while this machine stands still; then,
 * with nothing behind it but the request, by our own, for what happened since the store answered.
 */
async function isHeldInStore({ inbox, log, timing }: JobContext, owned: OwnedLane): Promise<boolean> {
  try {
    return await inbox.owns(owned.lease, timing.minLeaseMs);
  } catch (error) {
    // Safe to go on: not sent now is sent later. An inbox that is away could not keep the answer either.
    log.debug({ err: error, lane: owned.lease.lane }, 'could not ask whether the lane is still held');
    return false;
  }
}

/** What ends sends that take too long. */
export interface Limits {
  readonly signal: AbortSignal;
  /** The outcome of whatever goes on in spite of the signal. */
  readonly overdue: Promise<Outcome>;
  /** They have ended. */
  drop(): void;
}

/**
 * One signal for a batch of sends: given up when the worker stops for good, when the lease is lost or runs out, and
 * after `sendLimitMs`. `overdue` answers for a send that does not end soon after.
 */
export function limitsOf({ clock, timing, shutdown }: JobContext, owned: OwnedLane): Limits {
  const controller = new AbortController();
  const { promise: overdue, resolve } = Promise.withResolvers<Outcome>();
  const startedAt = clock.monotonic();
  let cancel = () => {};
  const abort = () => {
    if (controller.signal.aborted) return;
    cancel();
    controller.abort();
    const lost = { kind: 'unknown', reason: 'given up; the send did not say how it ended' } as const;
    cancel = clock.after(timing.abortGraceMs, () => resolve(lost));
  };
  const watch = () => {
    const left = Math.min(owned.remainingMs(), startedAt + timing.sendLimitMs - clock.monotonic());
    if (left <= 0) abort();
    else cancel = clock.after(left, watch);
  };
  const signals = [shutdown.aborting, owned.lost];
  for (const signal of signals) signal.addEventListener('abort', abort);
  if (signals.some((signal) => signal.aborted)) abort();
  else watch();
  const drop = () => {
    cancel();
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, overdue, drop };
}

/** Events of one lane lie close together: more than this many times what was asked for is read in no one page. */
const SPARSE = 4;

/** Events as they are stored now; `expected` are asked for at once, in one page. Null: its body is gone, or it is kept back. */
export function storedEvents(
  { read }: Pick<Inbox, 'read'>,
  expected: readonly EventId[],
): (id: EventId) => Promise<StoredEvent | null> {
  const first = Math.min(...expected);
  const span = Math.max(...expected) - first + 1;
  const isPage = expected.length > 0 && span <= SPARSE * expected.length;
  const page = isPage ? read(first - 1, span) : Promise.resolve([]);
  // Safe to ignore here: whoever asks for one of them hears of it.
  page.catch(() => undefined);
  return async (id) => {
    const found = (await page).find((event) => event.id === id);
    if (found !== undefined) return found;
    // Not in that page, which has its limit in bytes: alone it is there, or gone.
    const [event] = await read(id - 1, 1);
    return event?.id === id ? event : null;
  };
}
