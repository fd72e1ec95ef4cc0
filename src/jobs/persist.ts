import { InboxUnavailableError } from '../model/inbox.ts';
import type { Clock } from '../shared/clock.ts';
import type { JobContext } from './context.ts';
import type { OwnedLane } from './owned-lane.ts';
import { backoffMs } from './retry.ts';

/** A database that comes back is noticed within 2 s; 50 ms at first, because most outages are one busy moment. */
const INBOX_BACKOFF = { baseMs: 50, capMs: 2_000 };

/** Loud at first, then one line for each of these many failures in a row: an outage must not fill the disk with logs. */
const LOG_EVERY = 30;

/**
 * Does `work` until it succeeds; between failures it waits with backoff. Undefined when its result is no longer wanted. Also goes
 * on after an unexpected error: a loop that ends by a bug would silence its lane for good.
 */
export type Persist = <T>(what: string, work: () => Promise<T>) => Promise<T | undefined>;

/** `isOver`: no result is wanted any more. */
export function persisting(
  { clock, random, log }: Pick<JobContext, 'clock' | 'random' | 'log'>,
  isOver: () => boolean,
): Persist {
  return async (what, work) => {
    for (let failures = 0; !isOver(); failures++) {
      try {
        return await work();
      } catch (error) {
        if (failures % LOG_EVERY === 0) {
          const level = error instanceof InboxUnavailableError ? 'warn' : 'error';
          log[level]({ err: error, failures: failures + 1 }, `${what} failed; trying again until it works`);
        }
        await pause(clock, 10 + backoffMs(INBOX_BACKOFF, failures, random));
      }
    }
    return undefined;
  };
}

/** In the loop of a lane. */
export interface LanePersist {
  /** What begins something: until the lane is lost, or the worker stops. */
  readonly toBegin: Persist;
  /** What ends something: until the lane is lost, or the worker may wait no longer. */
  readonly toEnd: Persist;
}

export function persistingIn(context: JobContext, owned: OwnedLane): LanePersist {
  return {
    toBegin: persisting(context, () => owned.over),
    toEnd: persisting(context, () => owned.lost.aborted || context.shutdown.quitting.aborted),
  };
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
