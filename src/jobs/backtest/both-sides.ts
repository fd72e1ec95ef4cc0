import { newsOf } from '../expand-event.ts';
import type { Said } from './said.ts';
import { type Rules, type Ruling, Side } from './side.ts';

/** An event that both sides have ruled on. */
export interface Ruled {
  readonly said: Said;
  readonly before: Ruling;
  readonly after: Ruling;
}

interface Open {
  readonly said: Said;
  before: Ruling | null;
  after: Ruling | null;
}

/** Two sets of rules, asked about the same events in order; what both have ruled on comes out in that order. */
export class BothSides {
  readonly #before: Side;
  readonly #after: Side;
  #open: Open[] = [];
  #latest = 0;

  constructor(before: Rules, after: Rules) {
    this.#before = new Side(before);
    this.#after = new Side(after);
  }

  ask(said: Said): void {
    this.#settle(said.receivedAt);
    const news = newsOf(said.activity);
    if (news !== null) for (const side of [this.#before, this.#after]) side.hear(news);
    const open: Open = { said, before: null, after: null };
    this.#open.push(open);
    this.#before.ask(said, (ruling) => void (open.before = ruling));
    this.#after.ask(said, (ruling) => void (open.after = ruling));
  }

  /** Up to the first that still settles. Each comes out once. */
  takeRuled(): readonly Ruled[] {
    const ruled: Ruled[] = [];
    for (const { said, before, after } of this.#open) {
      if (before === null || after === null) break;
      ruled.push({ said, before, after });
    }
    this.#open = this.#open.slice(ruled.length);
    return ruled;
  }

  /** No more events come: what settles is ruled on by what is known. */
  end(): void {
    this.#settle(Number.POSITIVE_INFINITY);
  }

  /** `receivedAt` does not always grow with the id; time does. */
  #settle(at: number): void {
    this.#latest = Math.max(this.#latest, at);
    this.#before.settle(this.#latest);
    this.#after.settle(this.#latest);
  }
}
