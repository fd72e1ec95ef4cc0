import type { EventId } from '../../model/event.ts';
import { BLOCK_ENTRIES, encodeBlock, inBlocks } from './block.ts';
import { type Entries, lowerBound } from './entries.ts';
import { addToFilter, filterWords, mayHold } from './filter.ts';
import type { Key } from './key.ts';

/** Blocks whose filter is one: what is merged in one step. */
export const PIECE_BLOCKS = 12;
export const PIECE_ENTRIES = PIECE_BLOCKS * BLOCK_ENTRIES;
/** Keys are spread evenly: few stand so many blocks away from where they should. */
const NEAR = 8;
const FILTER_WORDS = filterWords(PIECE_ENTRIES);

/** A part of a run as it is stored. */
export interface Piece {
  readonly blocks: readonly Uint8Array[];
  /** The first key of each block: `hi` and `lo`, 32 bits each, in this machine's order. */
  readonly fences: Uint8Array;
  readonly filter: Uint8Array;
}

/** `entries`: sorted, at most `PIECE_ENTRIES`. */
export function pieceOf(entries: Entries): Piece {
  const blocks = inBlocks(entries);
  const fences = Uint32Array.from(blocks.flatMap(({ hi, lo }) => [hi[0] as number, lo[0] as number]));
  const filter = new Uint32Array(filterWords(entries.hi.length));
  for (const hi of entries.hi) addToFilter(filter, 0, filter.length, hi);
  return { blocks: blocks.map(encodeBlock), fences: bytesOf(fences), filter: bytesOf(filter) };
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export type Pieces = readonly Pick<Piece, 'fences' | 'filter'>[];

export interface RunFacts {
  readonly id: number;
  readonly level: number;
  /** Of the events it leads to, the least and the greatest. */
  readonly firstEvent: EventId;
  readonly lastEvent: EventId;
  /** Blocks of entries. */
  readonly size: number;
}

/** Reads a block of a run. */
export type Blocks = (run: number, block: number) => Entries;

/** What is held in memory of a sorted run that is stored: where to look in it, and whether to. */
export class Run {
  readonly facts: RunFacts;
  readonly #fences: Pick<Entries, 'hi' | 'lo'>;
  readonly #filter: Uint32Array;

  /** @throws RangeError where they do not fit each other: they are damaged */
  constructor(facts: RunFacts, pieces: Pieces) {
    if (facts.size > pieces.length * PIECE_BLOCKS) throw new RangeError(`pieces of run ${facts.id} are missing`);
    this.facts = facts;
    this.#fences = { hi: new Uint32Array(facts.size), lo: new Uint32Array(facts.size) };
    // All but the last are as long as they can be.
    const last = pieces.at(-1)?.filter.length ?? 0;
    this.#filter = new Uint32Array((pieces.length - 1) * FILTER_WORDS + last / 4);
    let block = 0;
    for (const [n, { fences, filter }] of pieces.entries()) {
      const words = new Uint32Array(fences.slice().buffer);
      for (let at = 0; at < words.length; at += 2, block++) {
        this.#fences.hi[block] = words[at] as number;
        this.#fences.lo[block] = words[at + 1] as number;
      }
      new Uint8Array(this.#filter.buffer).set(filter, n * FILTER_WORDS * 4);
    }
  }

  /** The least of the events with this key that `accept` takes. `lo` null: any of those with this `hi`. */
  find(hi: number, lo: number | null, blocks: Blocks, accept: (id: EventId) => boolean): EventId | null {
    const key = { hi, lo: lo ?? 0 };
    for (let block = this.blockOf(key); this.#mayBeIn(block, hi, lo); block++) {
      if (!this.#passes(block, hi)) continue;
      const entries = blocks(this.facts.id, block);
      for (let at = lowerBound(entries, key); at < entries.hi.length; at++) {
        if (entries.hi[at] !== hi || (lo !== null && entries.lo[at] !== lo)) return null;
        if (accept(entries.ids[at] as number)) return entries.ids[at] as number;
      }
    }
    return null;
  }

  /** The first block in which the key may stand. */
  blockOf(key: Key): number {
    const { hi } = this.#fences;
    const likely = Math.floor((key.hi / 2 ** 32) * hi.length);
    let from = Math.max(0, likely - NEAR);
    let to = Math.min(hi.length, likely + NEAR);
    if ((hi[from] as number) >= key.hi) from = 0;
    if (to < hi.length && (hi[to] as number) <= key.hi) to = hi.length;
    return Math.max(0, lowerBound(this.#fences, key, from, to) - 1);
  }

  #mayBeIn(block: number, hi: number, lo: number | null): boolean {
    if (block >= this.facts.size) return false;
    const fence = this.#fences.hi[block] as number;
    return fence < hi || (fence === hi && (lo === null || (this.#fences.lo[block] as number) <= lo));
  }

  #passes(block: number, hi: number): boolean {
    const from = Math.floor(block / PIECE_BLOCKS) * FILTER_WORDS;
    return mayHold(this.#filter, from, Math.min(FILTER_WORDS, this.#filter.length - from), hi);
  }
}
