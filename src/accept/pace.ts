import type { Clock } from '../shared/clock.ts';

/** Bytes a millisecond, 256 KiB a second: whoever sends at this pace is never late. */
const PACE = 256;

export interface Pace {
  heard(bytes: number): void;
  /** How far this sender is behind that pace now, in ms. */
  lateMs(): number;
}

/**
 * How slow a sender is. What came makes up for lost time and never earns more than that: who sends all but the last byte
 * at once and then waits is as late as who sends nothing.
 */
export function createPace(clock: Clock): Pace {
  let late = 0;
  let at = clock.monotonic();
  return {
    heard(bytes) {
      const now = clock.monotonic();
      late = Math.max(0, late + now - at - bytes / PACE);
      at = now;
    },
    lateMs: () => late + clock.monotonic() - at,
  };
}
