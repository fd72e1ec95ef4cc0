import type { EventId } from '../../model/event.ts';
import { copyEntry, type Entries, emptyEntries, slice, sorted } from './entries.ts';
import type { Key } from './key.ts';

const NONE = -1;
const FIRST_CAPACITY = 1_024;

/** The newest keys, in memory, in the order they came: some 30 bytes each. */
export class Newest {
  #entries: Entries = emptyEntries(FIRST_CAPACITY);
  /** By `hi`: the oldest and the newest of each bucket, and what came after each. */
  #oldest = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #newest = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #next = new Int32Array(FIRST_CAPACITY);
  #isAscending = true;
  size = 0;
  firstEvent = Number.POSITIVE_INFINITY;
  lastEvent = 0;

  add({ hi, lo }: Key, id: EventId): void {
    if (this.size === this.#entries.hi.length) this.#grow();
    const at = this.size++;
    this.#entries.hi[at] = hi;
    this.#entries.lo[at] = lo;
    this.#entries.ids[at] = id;
    this.#isAscending &&= id >= this.lastEvent;
    this.firstEvent = Math.min(this.firstEvent, id);
    this.lastEvent = Math.max(this.lastEvent, id);
    this.#link(at);
  }

  addAll({ hi, lo, ids }: Entries): void {
    for (let n = 0; n < hi.length; n++) this.add({ hi: hi[n] as number, lo: lo[n] as number }, ids[n] as number);
  }

  /** The least of the events with this key that `accept` takes. `lo` null: any of those with this `hi`. */
  find(hi: number, lo: number | null, accept: (id: EventId) => boolean): EventId | null {
    const { hi: his, lo: los, ids } = this.#entries;
    const found: EventId[] = [];
    for (let at = this.#oldest[this.#bucketOf(hi)] as number; at !== NONE; at = this.#next[at] as number) {
      if (his[at] !== hi || (lo !== null && los[at] !== lo)) continue;
      const id = ids[at] as number;
      if (!this.#isAscending) found.push(id);
      else if (accept(id)) return id;
    }
    return found.toSorted((a, b) => a - b).find(accept) ?? null;
  }

  since(size: number): Entries {
    return slice(this.#entries, size, this.size);
  }

  sorted(): Entries {
    return sorted(this.#entries, this.size);
  }

  #bucketOf(hi: number): number {
    return hi & (this.#oldest.length - 1);
  }

  #link(at: number): void {
    const bucket = this.#bucketOf(this.#entries.hi[at] as number);
    this.#next[at] = NONE;
    const before = this.#newest[bucket] as number;
    if (before === NONE) this.#oldest[bucket] = at;
    else this.#next[before] = at;
    this.#newest[bucket] = at;
  }

  #grow(): void {
    const capacity = 2 * this.size;
    const entries = emptyEntries(capacity);
    for (let at = 0; at < this.size; at++) copyEntry(this.#entries, at, entries, at);
    this.#entries = entries;
    this.#oldest = new Int32Array(capacity).fill(NONE);
    this.#newest = new Int32Array(capacity).fill(NONE);
    this.#next = new Int32Array(capacity);
    for (let at = 0; at < this.size; at++) this.#link(at);
  }
}
