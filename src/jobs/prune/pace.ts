import type { Clock } from '../../shared/clock.ts';
import { pause } from '../persist.ts';

/** A step may take so much longer than one that does almost nothing. */
const AIM_MS = 3;
const LEAST = 4;
const MOST = 4_096;
/** An hour's pause after a database that hung for a minute would be none. */
const LONGEST_REST_MS = 500;

/** What part of the time is worked. */
export const DUTY = { beside: 0.04, behind: 0.2, reading: 0.25, bringingOver: 0.4, alone: 1 } as const;

/** How much one step takes on: what took too long is made smaller, what was quick larger. */
export class StepSize {
  #limit = 16;
  #leastMs = Number.POSITIVE_INFINITY;

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** What every step costs, whatever it does, is no matter of its size: the wait for the writer, a commit. */
  took(ms: number): void {
    this.#leastMs = Math.min(ms, this.#leastMs * 1.05);
    const own = ms - this.#leastMs;
    if (own > AIM_MS) this.#limit = Math.max(LEAST, this.#limit / 2);
    else if (own < AIM_MS / 2) this.#limit = Math.min(MOST, this.#limit * 1.25);
  }
}

/** Steps with rests between them: what is asked of the database meanwhile goes first. */
export class Pace {
  readonly #clock: Clock;
  readonly #isOver: () => boolean;
  /** What part of the time is worked. */
  duty: number;

  constructor(clock: Clock, duty: number, isOver: () => boolean) {
    this.#clock = clock;
    this.#isOver = isOver;
    this.duty = duty;
  }

  async step<T>(work: () => Promise<T>, took: (ms: number) => void = () => {}, duty = this.duty): Promise<T> {
    const began = this.#clock.monotonic();
    const result = await work();
    const ms = this.#clock.monotonic() - began;
    took(ms);
    const rest = Math.min(LONGEST_REST_MS, ms * (1 / duty - 1));
    if (rest >= 0.1 && !this.#isOver()) await pause(this.#clock, rest);
    return result;
  }
}
