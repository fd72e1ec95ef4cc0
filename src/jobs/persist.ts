import { InboxUnavailableError } from '../model/inbox.ts';
import type { Clock } from '../shared/clock.ts';
import type { JobContext } from './context.ts';
import { backoffMs } from './retry.ts';

/** A database that comes back is noticed within 2 s; 50 ms at first, because most outages are one busy moment. */
const INBOX_BACKOFF = { baseMs: 50, capMs: 2_000 };

/** Loud at first, then one line for each of these many failures in a row: an outage must not fill the disk with logs. */
const LOG_EVERY = 30;

/**
 * Does `work` until it succeeds; between failures it waits with backoff. Undefined when `isOver` says that the result is
 * no longer wanted. Also goes on after an unexpected error: a loop that ends by a bug would silence its lane for good.
 */
export async function persist<T>(
  context: Pick<JobContext, 'clock' | 'random' | 'log'>,
  what: string,
  work: () => Promise<T>,
  isOver: () => boolean,
): Promise<T | undefined> {
  for (let failures = 0; !isOver(); failures++) {
    try {
      return await work();
    } catch (error) {
      if (failures % LOG_EVERY === 0) {
        const level = error instanceof InboxUnavailableError ? 'warn' : 'error';
        context.log[level]({ err: error, failures: failures + 1 }, `${what} failed; trying again until it works`);
      }
      await pause(context.clock, 10 + backoffMs(INBOX_BACKOFF, failures, context.random));
    }
  }
  return undefined;
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
