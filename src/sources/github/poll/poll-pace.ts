import type { Rate } from './poll-client.ts';

/** Below this share of the limit we slow down: other programs with the same token need some too. */
const LOW_SHARE = 0.2;
const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;
const SECONDARY_MS = 60_000;
const LONGEST_SECONDARY_MS = 3_600_000;

export interface Pace {
  readonly ms: number;
  /** The interval would use up what is left too soon. */
  readonly isSlowed: boolean;
}

/** How long until the next question: what was asked for, what GitHub asks for, and below a fifth of the limit half of what is left, spread until it is renewed. */
export function paceOf(intervalMs: number, pollIntervalMs: number | null, rate: Rate | null, now: number): Pace {
  const usual = Math.max(intervalMs, pollIntervalMs ?? 0);
  if (rate === null || rate.resetAt <= now || rate.remaining > rate.limit * LOW_SHARE)
    return { ms: usual, isSlowed: false };
  const untilReset = rate.resetAt - now;
  const spread = rate.remaining < 2 ? untilReset : untilReset / (rate.remaining / 2);
  return { ms: Math.max(usual, Math.ceil(spread)), isSlowed: spread > usual };
}

/** After `failures` in a row: 1 s, doubling to 5 minutes. */
export function retryMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(failures, 20));
}

/** Told to wait, but not how long: a minute at least, and longer each time, as GitHub documents it. */
export function unstatedMs(failures: number): number {
  return Math.min(LONGEST_SECONDARY_MS, SECONDARY_MS * 2 ** Math.min(failures, 20));
}
