/**
 * What became of an event at one destination:
 *
 * told     sent, alone or in a digest
 * waiting  in its lane's queue
 * held     by quiet hours: not in its lane before they are over
 * unknown  the answer was lost, and the destination wants nothing twice
 * dead     given up: rejected, or out of tries
 */
export const FATES = ['told', 'waiting', 'held', 'unknown', 'dead'] as const;
export type Fate = (typeof FATES)[number];

/** Of several notifications to one destination (a replay makes another) the newest counts. */
export interface EventFate {
  readonly destination: string;
  readonly fate: Fate;
  /** Why it is `unknown` or `dead`. */
  readonly reason: string | null;
  /** What it says, raw text. Null once it is told. */
  readonly words: string | null;
}

/** Monitors ask again and again how many nobody got: no more of each fate are looked at, the newest first. */
export const UNTOLD_LOOKED_AT = 1_000;

/** A notification that nobody got, as far as is known, and that waits for a person. */
export type UntoldFate = Extract<Fate, 'unknown' | 'dead'>;

export interface Untold {
  readonly destination: string;
  readonly fate: UntoldFate;
  readonly count: number;
}

export function countFates(fates: readonly EventFate[]): Readonly<Record<Fate, number>> {
  const counts = { told: 0, waiting: 0, held: 0, unknown: 0, dead: 0 };
  for (const { fate } of fates) counts[fate]++;
  return counts;
}
