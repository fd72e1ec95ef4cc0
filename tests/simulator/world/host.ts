import type { Clock } from '../../../src/shared/clock.ts';
import type { Chance } from './chance.ts';
import type { Home, Scheduler } from './scheduler.ts';

/** 2026-03-01T12:00:00Z */
const BEGAN_AT = 1_772_366_400_000;

/** The machine on which all processes of one database run: one wall clock, which can be set, and one that nobody sets. */
export class Host {
  readonly #scheduler: Scheduler;
  #aheadMs = 0;
  /** When its clock was set, by the scheduler's time, and by how much. */
  readonly steps: { readonly at: number; readonly ms: number }[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** ms since 1970, as it says. */
  wall(): number {
    return Math.floor(BEGAN_AT + this.#scheduler.now + this.#aheadMs);
  }

  step(ms: number): void {
    this.#aheadMs += ms;
    this.steps.push({ at: this.#scheduler.now, ms });
  }

  /** As one process sees it: timers ring up to a millisecond late, and never while it is frozen or after its end. */
  clockFor(home: Home, chance: Chance): Clock {
    const scheduler = this.#scheduler;
    return {
      now: () => this.wall(),
      monotonic: () => scheduler.now,
      after: (ms, fire) => scheduler.after(home, ms + chance.next(), 'timer', fire),
    };
  }
}
