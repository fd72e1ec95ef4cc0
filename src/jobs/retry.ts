import { MAX_PAUSE_MS, type RetryPolicy } from '../model/destination.ts';
import type { Random } from '../shared/ids.ts';

/** 2^30 of any base is past every cap, and keeps 0 × Infinity out. */
const MAX_DOUBLINGS = 30;

/**
 * Exponential backoff with full jitter: evenly spread over [0, min(cap, base × 2^failures)), whole milliseconds.
 * Full jitter, so that workers and lanes that failed together do not come back together.
 */
export function backoffMs(policy: Pick<RetryPolicy, 'baseMs' | 'capMs'>, failures: number, random: Random): number {
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(failures, MAX_DOUBLINGS));
  return Math.floor(random() * ceiling);
}

/**
 * How long a lane pauses after a transient failure: exactly what the destination asked for, else backoff.
 * A `Retry-After` of 0 counts as none: obeying it would burn all tries in a moment.
 */
export function pauseMs(
  policy: RetryPolicy,
  failures: number,
  retryAfterMs: number | undefined,
  random: Random,
): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) return Math.min(Math.ceil(retryAfterMs), MAX_PAUSE_MS);
  return backoffMs(policy, failures, random);
}

/** Whether an attempt on a notification with `tries` earlier ones was its last. */
export function isLastTry(policy: RetryPolicy, tries: number): boolean {
  return tries + 1 >= policy.maxTries;
}
