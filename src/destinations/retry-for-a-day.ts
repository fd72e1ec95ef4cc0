import type { RetryPolicy } from '../model/destination.ts';

/**
 * For destinations beyond this machine: an outage of about a day costs nothing but time.
 *
 * Full jitter waits half the ceiling on average. The ten pauses below the cap (1 s doubling to 512 s) take 8.5 min
 * together, each further one 5 min: 300 tries have 299 pauses, 8.5 min + 289 × 5 min = 24.2 h, and nine outages of ten
 * are outlasted by 23 to 25.5 h.
 */
export const RETRY_FOR_A_DAY: RetryPolicy = { baseMs: 1000, capMs: 10 * 60 * 1000, maxTries: 300 };
