import type { Clock } from '../../../shared/clock.ts';

/** Answers of Slack's for some minutes, at most so many: what was learned first is forgotten first. */
export class Kept<T> {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #most: number;
  readonly #all = new Map<string, { readonly value: T; readonly until: number }>();

  constructor(clock: Clock, ms: number, most: number) {
    this.#clock = clock;
    this.#ms = ms;
    this.#most = most;
  }

  get(key: string): T | undefined {
    const found = this.#all.get(key);
    return found !== undefined && found.until > this.#clock.monotonic() ? found.value : undefined;
  }

  set(key: string, value: T): T {
    this.#all.delete(key);
    this.#all.set(key, { value, until: this.#clock.monotonic() + this.#ms });
    const [oldest] = this.#all.keys();
    if (this.#all.size > this.#most && oldest !== undefined) this.#all.delete(oldest);
    return value;
  }
}
