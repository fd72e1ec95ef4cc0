/** A look at the whole queue as often as this, in case the word that something was put back got lost. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Where a queue begins. Rows that left it stay in its index, dead, as long as any session anywhere looks at an older state of
 * the database: to begin at the first row each time is to walk over all of them. New rows only come at the end, in event
 * order; what is put back, by hand or as it was due, is announced, and `forget` begins anew. With 640,000 dead rows a look takes
 * 48 ms from the first row and 0.1 ms from here.
 */
export class QueueStart {
  readonly #now: () => number;
  #at = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The event id to begin at, inclusive; 0 for a look at the whole queue. */
  begin(): number {
    if (this.#now() - this.#lookedAt < LOOK_AGAIN_MS) return this.#at;
    this.#lookedAt = this.#now();
    this.#at = 0;
    return 0;
  }

  /** The queue was read from `begun`, and its first event was this, or will be no smaller. */
  found(begun: number, first: number): void {
    // Meanwhile another look began further down: this one does not know what that one sees.
    if (begun <= this.#at) this.#at = first;
  }

  forget(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }
}
