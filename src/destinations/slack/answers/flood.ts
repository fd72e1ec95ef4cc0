import type { Clock } from '../../../shared/clock.ts';
import { Kept } from './kept.ts';

/** Answers a minute and person. Nobody reads more. */
export const ANSWERS_A_MINUTE = 10;
const MINUTE_MS = 60_000;
const PEOPLE = 2_000;

/** Keeps one person from making Tidings answer all day. */
export class Flood {
  readonly #counts: Kept<{ count: number }>;

  constructor(clock: Clock) {
    this.#counts = new Kept(clock, MINUTE_MS, PEOPLE);
  }

  /** first: the first one that is too many, of which they hear; silent: those behind it, until the minute is over. */
  ask(person: string): 'go' | 'first' | 'silent' {
    const kept = this.#counts.get(person) ?? this.#counts.set(person, { count: 0 });
    kept.count++;
    if (kept.count <= ANSWERS_A_MINUTE) return 'go';
    return kept.count === ANSWERS_A_MINUTE + 1 ? 'first' : 'silent';
  }
}
