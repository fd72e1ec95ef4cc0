import { MAX_PAUSE_MS, type RetryPolicy } from '../model/destination.ts';
import type { Random } from '../shared/ids.ts';

/** 2^30 of any base is past every cap, as is what has grown a thousand times; and they keep 0 × Infinity out. */
const MAX_DOUBLINGS = 30;
const MAX_GROWTHS = 1_000;

/**
 * Exponential backoff with full jitter: evenly spread over [0, min(cap, base × 2^failures)), whole milliseconds. For what many ask at
 * once, so that those who failed together do not come back together.
 */
export function backoffMs(policy: Pick<RetryPolicy, 'baseMs' | 'capMs'>, failures: number, random: Random): number {
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(failures, MAX_DOUBLINGS));
  return Math.floor(random() * ceiling);
}

/**
 * The pauses of a lane in multiples of `baseMs`, after the 1st, 2nd, … failure in a row. With a base of a second the worst case is told
 * within 3 s of the return after an outage of up to 10 s, within 10 s up to a minute, within 30 s up to 10 minutes: each group lasts,
 * at its shortest, past the age at which the next may begin, and leaves the request some of the time.
 */
const STEPS: readonly number[] = [
  [1, 2, 2.8, 2.8, 2.8],
  Array.from({ length: 6 }, () => 9.7),
  Array.from({ length: 21 }, () => 29),
].flat();
const LAST_STEP = 29;

/** Then each is longer by this much: a pause stays about a 36th of the outage, up to the cap. */
const GROWTH = 37 / 36;

/** How much shorter chance makes a pause at most. More, and pauses of 9.7 s could be eight probes a minute. */
const JITTER = 0.1;

/**
 * How long a lane pauses after a transient failure: exactly what the destination asked for, else by the age of the outage. A lane has
 * one owner and probes with one message, so short steps are a handful of requests a minute, not a crowd's.
 * A `Retry-After` of 0 counts as none: obeying it would burn all tries in a moment.
 */
export function pauseMs(
  policy: RetryPolicy,
  failures: number,
  retryAfterMs: number | undefined,
  random: Random,
): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) return Math.min(Math.ceil(retryAfterMs), MAX_PAUSE_MS);
  return Math.floor(longestPauseMs(policy, failures) * (1 - JITTER * random()));
}

/** The same by the age of the outage alone, where chance makes it no shorter. */
export function longestPauseMs(policy: Pick<RetryPolicy, 'baseMs' | 'capMs'>, failures: number): number {
  const step = STEPS[failures] ?? LAST_STEP * GROWTH ** Math.min(failures - STEPS.length + 1, MAX_GROWTHS);
  return Math.min(policy.capMs, policy.baseMs * step);
}

/** Whether an attempt on a notification with `tries` earlier ones was its last. */
export function isLastTry(policy: RetryPolicy, tries: number): boolean {
  return tries + 1 >= policy.maxTries;
}
