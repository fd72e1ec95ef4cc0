import type { Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Time that moves only by `advance`. */
export class TestClock implements Clock {
  #now = 1_700_000_000_000;
  readonly #timers = new Set<Timer>();
  readonly #waiting = new Set<() => void>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - 1_600_000_000_000;
  }

  after(ms: number, fire: () => void): () => void {
    const timer = { at: this.#now + ms, fire };
    this.#timers.add(timer);
    for (const look of this.#waiting) look();
    return () => void this.#timers.delete(timer);
  }

  /** Fires what becomes due, each at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.fire();
    }
    this.#now = end;
  }

  /** When the next of those who wait is due. Null: nobody waits. */
  get nextAt(): number | null {
    const times = [...this.#timers].map(({ at }) => at);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Resolves when somebody waits for exactly this time. */
  timerAt(at: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (![...this.#timers].some((timer) => timer.at === at)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
