import { MAX_PAUSE_MS } from '../model/destination.ts';

/**
 * An account that was asked at a time further ahead than this was asked by a clock that has been set back since: what it waits for counts
 * no more, or it would be mute. Less than this it may wait too long.
 */
const SET_BACK_MS = 10_000;

/** What was not asked for so long waits for nothing, and goes when another account comes. */
export const UNUSED_AFTER_MS = 24 * 60 * 60 * 1000;

interface Words {
  /** The engine's functions that give the larger and the smaller of two. */
  readonly larger: string;
  readonly smaller: string;
  readonly now: string;
}

/** Of an account `a`: when it may be asked next, and when it was asked last. */
export function paceSql({ larger, smaller, now }: Words) {
  const isSetBack = `a.asked_at - ${now} > ${SET_BACK_MS}`;
  return {
    nextAt: `CASE WHEN ${isSetBack} THEN ${now} ELSE ${smaller}(${larger}(a.next_at, ${now}), ${now} + ${MAX_PAUSE_MS}) END`,
    askedAt: `CASE WHEN ${isSetBack} THEN ${now} ELSE ${larger}(a.asked_at, ${now}) END`,
  };
}
