import type { Account } from '../model/destination.ts';
import type { Clock } from '../shared/clock.ts';

/** The paces that lanes of one worker share: many rooms of one bot, many webhooks of one channel. */
export class Accounts {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** When each may be asked again, by the clock that nobody sets. */
  readonly #freeAt = new Map<string, number>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** 0: it may be asked `count` times now, and others wait for that. Else nobody is to ask for so many ms. */
  take({ rateKey, intervalMs }: Account, count: number): number {
    const now = this.#clock.monotonic();
    const waitMs = (this.#freeAt.get(rateKey) ?? now) - now;
    if (waitMs > 0) return waitMs;
    this.#freeAt.set(rateKey, now + intervalMs * count);
    return 0;
  }
}
