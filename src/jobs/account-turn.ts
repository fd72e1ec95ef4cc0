import { createHash } from 'node:crypto';
import { type Account, MAX_PAUSE_MS } from '../model/destination.ts';
import type { JobContext } from './context.ts';
import type { Attempted } from './judge.ts';

interface Taken {
  readonly slots: number;
  readonly slowdowns: number;
  /** When the first of them begins, by the clock that nobody sets. */
  readonly beginsAt: number;
}

/** One lane's turn to ask an account that others ask too, here and on other machines: the store keeps them in one queue. */
export class AccountTurn {
  readonly #context: Pick<JobContext, 'inbox' | 'clock'>;
  readonly #account: string;
  readonly #intervalMs: number;
  #taken: Taken | null = null;

  constructor(context: Pick<JobContext, 'inbox' | 'clock'>, { rateKey, intervalMs }: Account) {
    this.#context = context;
    this.#account = createHash('sha256').update(rateKey).digest('base64url');
    this.#intervalMs = intervalMs;
  }

  /** ms until its turn, where it waits for one. */
  get waitMs(): number {
    return this.#taken === null ? 0 : this.#taken.beginsAt - this.#context.clock.monotonic();
  }

  /** How many of `count` may go now. 0: in `waitMs` it is its turn. */
  async take(count: number): Promise<number> {
    const { inbox, clock } = this.#context;
    if (this.#taken !== null) {
      const { slots, slowdowns } = this.#taken;
      const isGood = await inbox.claim(this.#account, slots, this.#intervalMs, slowdowns);
      this.#taken = null;
      if (isGood) return Math.min(count, slots);
    }
    const { waitMs, slowdowns } = await inbox.reserve(this.#account, count, this.#intervalMs);
    if (waitMs <= 0) return count;
    this.#taken = { slots: count, slowdowns, beginsAt: clock.monotonic() + waitMs };
    return 0;
  }

  /** What one of them was asked to wait, all wait. */
  async heed(attempts: readonly Pick<Attempted, 'outcome'>[]): Promise<void> {
    const asked = attempts.map(({ outcome }) => (outcome.kind === 'retry' && outcome.retryAfterMs) || 0);
    const ms = Math.min(Math.max(...asked), MAX_PAUSE_MS);
    if (ms > 0) await this.#context.inbox.slowDown(this.#account, ms);
  }
}
