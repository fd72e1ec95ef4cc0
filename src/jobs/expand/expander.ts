import type { EventId, StoredEvent } from '../../model/event.ts';
import type { Expansion } from '../../model/inbox/backlog.ts';
import type { JobContext } from '../context.ts';
import type { OwnedLane } from '../owned-lane.ts';
import { type Persist, persistingIn } from '../persist.ts';
import { type Decider, decide } from './decide.ts';

export interface Expander extends Decider {
  /** Called with the destinations that have something new to tell. */
  readonly wakeLanes: (destinations: Iterable<string>) => void;
}

/**
 * Large enough that one fsync serves many events, small enough that taking a batch over from the database's thread does
 * not hold up acknowledgements. Measured with 13 kB bodies, 2 cores: 9,300 events/s, longest block 10 ms (128: 9,700 and
 * 12 ms; 32: 8,300 and 7 ms).
 */
const BATCH = 64;

/** A look at what was held with each batch costs a tenth of the speed, and a single event a tenth of a millisecond. */
const LOOK_EVERY_MS = 250;

/** The batch being stored. */
interface Commit {
  readonly lastId: EventId;
  /** `partly`: what comes behind is to be read again. `lost`: the lane is. Never rejects. */
  readonly done: Promise<'done' | 'partly' | 'lost'>;
}

const NO_COMMIT: Commit = { lastId: 0, done: Promise.resolve('done') };

/**
 * The story of the expander, as long as this worker owns its lane:
 *
 * 1. Bring back what was held and is due, by the time up to which everything received is decided.
 * 2. Read the next pending events; while the commit of the batch before still runs, those after it.
 * 3. Decide about each (decide.ts).
 * 4. When the commit before has ended, commit: new states, traces and notifications in one transaction. Where it left some of them
 *    pending, they and what comes behind are read again.
 * 5. Wake the lanes that have something new to tell, as soon as their question is answered with it.
 * 6. When nothing is pending, wait to be woken.
 */
export async function runExpander(expander: Expander, owned: OwnedLane): Promise<void> {
  const { clock, timing } = expander.context;
  const { toBegin, toEnd } = persistingIn(expander.context, owned);
  let commit = NO_COMMIT;
  let decidedUpTo = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let hasMutes = false;
  while (!owned.over) {
    const looks = decidedUpTo > 0 && clock.monotonic() - lookedAt >= LOOK_EVERY_MS;
    const asks = clock.monotonic() - askedAt >= LOOK_EVERY_MS;
    if (looks) lookedAt = clock.monotonic();
    if (asks) askedAt = clock.monotonic();
    // Asked at once: one way to the database's thread and back less before an event is decided.
    const [, events, mutes] = await Promise.all([
      looks ? bringBack(expander, toBegin, decidedUpTo) : undefined,
      readPending(expander, toBegin, commit.lastId),
      asks ? askForMutes(expander, toBegin) : undefined,
    ]);
    hasMutes = mutes ?? hasMutes;
    const upTo = events[0]?.receivedAt ?? clock.now();
    const expansions = await decideBatch({ ...expander, hasMutes }, toBegin, events, commit.done);
    const before = await commit.done;
    if (before === 'lost') return;
    if (before === 'partly') {
      commit = NO_COMMIT;
      continue;
    }
    decidedUpTo = upTo;
    if (expansions.length > 0) {
      commit = {
        lastId: expansions.at(-1)?.eventId ?? 0,
        done: commitBatch(expander, owned, toEnd, expansions),
      };
      // With nothing more in sight the lanes go first, and not behind a question that finds nothing; the next look is from the start.
      if (events.length < BATCH) {
        if ((await commit.done) === 'lost') return;
        commit = NO_COMMIT;
        // Raised by that commit; by what others commit from here on it is raised again.
        owned.wake.lower();
      }
    } else if (commit !== NO_COMMIT) {
      // Events that were put back have smaller ids: look from the start before going to sleep.
      commit = NO_COMMIT;
    } else if (!owned.over) {
      await owned.wake.wait(clock, timing.pollMs);
      // What was muted while nothing came holds for what comes first.
      askedAt = Number.NEGATIVE_INFINITY;
    }
  }
  await commit.done;
}

/** What comes back is behind everything that arrived while it was held: labels added in that time are known. */
async function bringBack({ context, wakeLanes }: Expander, persist: Persist, upTo: number): Promise<void> {
  const destinations = await persist('bringing back what is due', () => context.inbox.bringBack(upTo));
  if (destinations !== undefined && destinations.length > 0) wakeLanes(destinations);
}

/** Where nobody ever muted anything, threads are not asked about one batch after the other. */
function askForMutes({ context }: Expander, persist: Persist): Promise<boolean | undefined> {
  return persist('looking for mutes', () => context.inbox.hasMutes());
}

async function readPending({ context }: Expander, persist: Persist, afterId: EventId): Promise<readonly StoredEvent[]> {
  return (await persist('reading pending events', () => context.inbox.pending(BATCH, afterId))) ?? [];
}

/** Asking the database for earlier results may fail for a while, as any question may. */
async function decideBatch(
  expander: Expander,
  persist: Persist,
  events: readonly StoredEvent[],
  earlier: Promise<unknown>,
): Promise<readonly Expansion[]> {
  if (events.length === 0) return [];
  return (await persist('deciding', () => decide(expander, events, earlier))) ?? [];
}

async function commitBatch(
  { context, wakeLanes, cards }: Expander,
  owned: OwnedLane,
  persist: Persist,
  expansions: readonly Expansion[],
): Promise<'done' | 'partly' | 'lost'> {
  const told = new Set(expansions.flatMap(({ notifications }) => notifications.map(({ destination }) => destination)));
  // Whichever of them shows what changed.
  if (expansions.some(({ known }) => known !== undefined)) for (const name of cards?.keys() ?? []) told.add(name);
  let areAwake = false;
  const wake = () => {
    areAwake = true;
    wakeLanes(told);
  };
  const result = await persist('storing decisions', () => context.inbox.expand(owned.lease, expansions, wake));
  if (result === 'fenced') {
    context.log.warn({ lane: owned.lease.lane }, 'another worker holds the expander now; stopped');
    owned.lose();
  }
  if (result === undefined || result === 'fenced') return 'lost';
  if (!areAwake) wakeLanes(told);
  const upTo = result === 'done' ? Number.POSITIVE_INFINITY : result.pendingFrom;
  for (const expansion of expansions) if (expansion.eventId < upTo) recordExpansion(context, expansion);
  return result === 'done' ? 'done' : 'partly';
}

function recordExpansion({ log, telemetry }: JobContext, expansion: Expansion): void {
  const { eventId, state, reason, action, repo, trace, notifications } = expansion;
  telemetry.expanded(state);
  const needsSomebody = state === 'failed' || state === 'quarantined';
  log[needsSomebody ? 'warn' : 'debug'](
    { event: eventId, state, reason, action, repo, to: notifications.map(({ destination }) => destination) },
    `event ${state}`,
  );
  for (const { by, to, why } of trace?.worded ?? []) {
    if (why !== undefined)
      log.info({ event: eventId, to }, `told in the usual words: the template of ${by} failed: ${why}`);
  }
}
