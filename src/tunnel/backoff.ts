import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/ids.ts';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Before the nth try to open a dropped tunnel again, counted from 0: doubling to half a minute, less up to half by chance. */
export function backoffMs(tries: number, random: Random): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * (1 - random() / 2);
}

/** Resolves after `ms`, or when the signal aborts. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal.addEventListener('abort', done);
  });
}
