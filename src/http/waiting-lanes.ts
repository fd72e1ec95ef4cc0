import { MAX_PAUSE_MS } from '../model/destination.ts';
import type { LaneHead } from '../model/inbox/archive.ts';
import type { Clock } from '../shared/clock.ts';

/** A lane that has something to do now. */
export interface WaitingLane extends LaneHead {
  readonly eventId: number;
  readonly receivedAt: number;
}

/** A killed worker's lanes are taken over in this time: so long a lane may be without anybody. */
const TAKEOVER_MS = 15_000;
/** Twice what one send may take (a minute): whoever works on a lane has moved it by then. */
const STILL_MS = 120_000;

/** Lanes with something to do, no pause, and no worker that holds them. */
export function unheldLanes(heads: readonly LaneHead[], now: number): readonly WaitingLane[] {
  return heads.filter((head): head is WaitingLane => isDue(head, now) && head.owner === null && isOld(head, now));
}

/** One that came when the clock was ahead may be older than it seems. */
function isOld({ receivedAt }: WaitingLane, now: number): boolean {
  return Math.abs(now - receivedAt) > TAKEOVER_MS;
}

/** A lane that a person paused has nothing to do. A pause longer than any we make was stored by a clock that ran ahead: whoever takes the lane does not obey it. */
function isDue(head: LaneHead, now: number): head is WaitingLane {
  const isPaused = head.notBefore > now && head.notBefore <= now + MAX_PAUSE_MS;
  return head.eventId !== null && !isPaused && head.held === null;
}

/** What changes with everything that is done in a lane: an attempt that ends sets the next pause, a decision the head. */
type Standing = Pick<WaitingLane, 'eventId' | 'notBefore'> & { readonly since: number };

/**
 * Looks again and again, and says which lanes somebody holds and nothing was done in for two minutes: the same event stood first
 * at every look, none found a pause, and no attempt ended in between.
 */
export function createLaneWatch(clock: Clock): (heads: readonly LaneHead[]) => readonly WaitingLane[] {
  let standing: ReadonlyMap<string, Standing> = new Map();

  function look({ lane, eventId, notBefore }: WaitingLane, now: number): Standing {
    const before = standing.get(lane);
    const isSame = before?.eventId === eventId && before.notBefore === notBefore;
    return isSame ? before : { eventId, notBefore, since: now };
  }

  return (heads) => {
    const now = clock.monotonic();
    // Where nothing can arrive, its owner holds all it has: rightly.
    const due = heads.filter((head) => isDue(head, clock.now())).filter(({ broken }) => broken === null);
    standing = new Map(due.map((head) => [head.lane, look(head, now)]));
    return due.filter(({ lane, owner }) => owner !== null && now - (standing.get(lane)?.since ?? now) >= STILL_MS);
  };
}
