import { release } from '../shared/release.ts';

/** The first piece of memory for a body that comes in parts, and the largest: each is as large as all before it. */
const FIRST_BLOCK = 4 * 1024;
const LARGEST_BLOCK = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/** Bytes in memory of our own, in blocks that grow with what has come; all are full but the last. */
export class Blocks {
  readonly #most: number;
  #blocks: Buffer[] = [];
  #last: Buffer = NOTHING;
  #filledOfLast = 0;
  #capacity = 0;

  /** `most`: so many bytes can come at most. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#capacity - this.#free;
  }

  get #free(): number {
    return this.#last.length - this.#filledOfLast;
  }

  /** The memory of all blocks once so many more bytes are copied in. */
  capacityWith(bytes: number): number {
    return this.#capacity + this.#blockFor(bytes - this.#free);
  }

  /** Takes a chunk as it is. */
  take(chunk: Uint8Array): void {
    this.#push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length), chunk.length);
  }

  copy(chunk: Uint8Array): void {
    const head = chunk.subarray(0, this.#free);
    const rest = chunk.subarray(head.length);
    const block = this.#blockFor(rest.length);
    this.#last.set(head, this.#filledOfLast);
    this.#filledOfLast += head.length;
    if (block === 0) return;
    this.#push(Buffer.allocUnsafeSlow(block), rest.length);
    this.#last.set(rest);
  }

  /** All that came, in one piece that is the caller's; here nothing is left. */
  join(): Buffer {
    const blocks = this.#blocks;
    this.#blocks = [];
    const [only] = blocks;
    if (blocks.length === 1 && this.#filledOfLast === only?.length) return only;
    const whole = Buffer.allocUnsafeSlow(this.size);
    let at = 0;
    for (const block of blocks) {
      at += block.copy(whole, at);
      // Block by block, or a large body would be there twice.
      release(block);
    }
    return whole;
  }

  drop(): void {
    for (const block of this.#blocks) release(block);
    this.#blocks = [];
  }

  #blockFor(bytes: number): number {
    if (bytes <= 0) return 0;
    const wanted = Math.min(Math.max(this.#capacity, FIRST_BLOCK), LARGEST_BLOCK, this.#most - this.#capacity);
    return Math.max(wanted, bytes);
  }

  #push(block: Buffer, filled: number): void {
    this.#blocks.push(block);
    this.#last = block;
    this.#capacity += block.length;
    this.#filledOfLast = filled;
  }
}
