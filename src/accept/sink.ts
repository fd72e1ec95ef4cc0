import type { Inbound, Sink } from './inbound.ts';
import type { Reservation } from './room.ts';

/** Gathers a body of at most `maxBytes`, as far as there is room. */
export function createSink(inbound: Inbound, maxBytes: number, reservation: Reservation): Sink {
  const { declared, isFramed } = inbound;
  return declared !== null && isFramed ? exact(declared) : growing(maxBytes, reservation);
}

/**
 * Length known and reserved. A body that comes in one piece, as most do, is taken as it is; else one allocation is made
 * with the first piece, so that a silent sender costs nothing.
 */
function exact(length: number): Sink {
  let body: Buffer = Buffer.alloc(0);
  let filled = 0;
  return {
    add(chunk) {
      if (chunk.length === length) {
        body = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, length);
      } else {
        if (filled === 0) body = Buffer.allocUnsafeSlow(length);
        body.set(chunk, filled);
      }
      filled += chunk.length;
      return undefined;
    },
    body: () => body,
  };
}

/**
 * Length unknown: the reservation grows with every chunk, the memory doubles. A list of the chunks would let a sender of
 * one-byte chunks hold a hundred times what is reserved.
 */
function growing(maxBytes: number, reservation: Reservation): Sink {
  let body: Buffer = Buffer.alloc(0);
  let size = 0;
  return {
    add(chunk) {
      const filled = size;
      size += chunk.length;
      if (size > maxBytes) return 'too_large';
      if (!reservation.growTo(size)) return 'no_room';
      if (size > body.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(maxBytes, Math.max(size, 2 * body.length)));
        body.copy(larger, 0, 0, filled);
        body = larger;
      }
      body.set(chunk, filled);
      return undefined;
    },
    body: () => body.subarray(0, size),
  };
}
