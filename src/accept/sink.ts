import { release } from '../shared/release.ts';
import { isCrumbs } from './crumbs.ts';
import type { Inbound, Sink } from './inbound.ts';
import type { Room, TurnedAway } from './room.ts';

/** The first piece of memory for a body that comes in parts, and the largest: each is as large as all before it. */
const FIRST_BLOCK = 4 * 1024;
const LARGEST_BLOCK = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Gathers a body of at most `maxBytes`, as far as there is room. One that comes in one piece, as most do, is taken as it
 * is. All others are copied into blocks that grow with what has come: a silent sender costs nothing, and one that sends
 * byte by byte does not hold a hundred times what it sent.
 */
export function createSink({ declared, isFramed }: Inbound, maxBytes: number, room: Room): Sink {
  const most = isFramed && declared !== null ? declared : maxBytes;
  let blocks: Buffer[] = [];
  let last: Buffer = NOTHING;
  /** Of the last block; all before it are full. */
  let filled = 0;
  /** Of all blocks together. */
  let capacity = 0;
  let pieces = 0;
  let onTurnedAway: ((why: TurnedAway) => void) | undefined;
  const guest = room.enter((why) => {
    drop();
    onTurnedAway?.(why);
  });

  function takeWhole(chunk: Uint8Array): 'no_room' | undefined {
    if (!guest.growTo(chunk.length)) return 'no_room';
    push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length), chunk.length);
    return undefined;
  }

  function copy(chunk: Uint8Array): 'no_room' | undefined {
    const head = chunk.subarray(0, last.length - filled);
    const rest = chunk.subarray(head.length);
    const block = rest.length === 0 ? 0 : blockFor(rest.length);
    if (!guest.growTo(capacity + block)) return 'no_room';
    last.set(head, filled);
    filled += head.length;
    if (block > 0) {
      push(Buffer.allocUnsafeSlow(block), rest.length);
      last.set(rest);
    }
    return undefined;
  }

  function blockFor(bytes: number): number {
    const wanted = Math.min(Math.max(capacity, FIRST_BLOCK), LARGEST_BLOCK, most - capacity);
    return Math.max(wanted, bytes);
  }

  function push(block: Buffer, filledOfIt: number): void {
    blocks.push(block);
    last = block;
    capacity += block.length;
    filled = filledOfIt;
  }

  function join(): Buffer {
    const [only] = blocks;
    if (blocks.length === 1 && filled === only?.length) return only;
    const whole = Buffer.allocUnsafeSlow(capacity - last.length + filled);
    let at = 0;
    for (const block of blocks) {
      at += block.copy(whole, at);
      // Block by block, or a large body would be there twice.
      release(block);
    }
    return whole;
  }

  function drop(): void {
    for (const block of blocks) release(block);
    blocks = [];
    guest.leave();
  }

  return {
    add(chunk) {
      guest.heard(chunk.length);
      if (isFramed && chunk.length === declared) return takeWhole(chunk);
      const size = capacity - last.length + filled + chunk.length;
      if (size > maxBytes) return 'too_large';
      pieces += 1;
      if (isCrumbs(pieces, size)) return 'crumbs';
      const stop = copy(chunk);
      if (isFramed) release(chunk);
      return stop;
    },
    body() {
      guest.arrived();
      const body = join();
      blocks = [];
      return body;
    },
    drop,
    onTurnedAway(listener) {
      onTurnedAway = listener;
    },
  };
}
