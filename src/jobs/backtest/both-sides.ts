import { newsOf } from '../expand/expand-event.ts';
import type { ReadableEvent } from './readable-event.ts';
import { type Rules, type Ruling, Side } from './side.ts';

/** An event that both sides have ruled on. */
export interface Ruled {
  readonly event: ReadableEvent;
  readonly before: Ruling;
  readonly after: Ruling;
}

interface Open {
  readonly event: ReadableEvent;
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

  ask(event: ReadableEvent): void {
    this.#settle(event.receivedAt);
    const news = newsOf(event.activity);
    if (news !== null) for (const side of [this.#before, this.#after]) side.hear(news);
    const open: Open = { event, before: null, after: null };
    this.#open.push(open);
    this.#before.ask(event, (ruling) => void (open.before = ruling));
    this.#after.ask(event, (ruling) => void (open.after = ruling));
  }

  /** Up to the first that still settles. Each comes out once. */
  takeRuled(): readonly Ruled[] {
    const ruled: Ruled[] = [];
    for (const { event, before, after } of this.#open) {
      if (before === null || after === null) break;
      ruled.push({ event, before, after });
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
