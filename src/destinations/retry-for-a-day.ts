import type { RetryPolicy } from '../model/destination.ts';

/**
 * For destinations beyond this machine: an outage of about a day costs nothing but time.
 *
 * By the pauses of a lane (src/jobs/retry.ts) the 32nd try is at 10 min, the 83rd at an hour, the 146th at 6 h, from where they are
 * 10 min apart: 260 tries last 24 h on average, and nine outages of ten are outlasted by 23.9 to 24.2 h.
 */
export const RETRY_FOR_A_DAY: RetryPolicy = { baseMs: 1000, capMs: 10 * 60 * 1000, maxTries: 260 };

/** The same for so many days: after the first one it tries every 10 min. */
export function retryForDays(days: number): RetryPolicy {
  const { baseMs, capMs, maxTries } = RETRY_FOR_A_DAY;
  return { baseMs, capMs, maxTries: maxTries + Math.ceil(((days - 1) * 24 * 3_600_000) / capMs) };
}
