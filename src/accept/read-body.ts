import type { IncomingMessage } from 'node:http';
import type { Reservation } from './room.ts';

export type ReadBody = Buffer | 'too_large' | 'no_room' | 'aborted';

/** The declared length in bytes; null when the body is chunked, 0 when there is none. */
export function declaredLength(request: IncomingMessage): number | null {
  if (request.headers['transfer-encoding'] !== undefined) return null;
  // node:http has already refused anything but digits, and a length together with chunks.
  return Number(request.headers['content-length'] ?? 0);
}

/** Reads the raw body. Stops reading (paused) at the first byte over `maxBytes` or out of room. */
export function readBody(
  request: IncomingMessage,
  declared: number | null,
  maxBytes: number,
  reservation: Reservation,
): Promise<ReadBody> {
  return new Promise((resolve) => {
    const sink = declared === null ? growing(maxBytes, reservation) : exact(declared);
    const onData = (chunk: Buffer): void => {
      const stop = sink.add(chunk);
      if (stop === undefined) return;
      // Taking the listeners off also lets go of the chunks, while the sender is still being answered.
      request.off('data', onData).off('end', onEnd).off('close', onClose).pause();
      resolve(stop);
    };
    const onEnd = (): void => resolve(sink.body());
    // After 'end' this changes nothing; before it, the sender went away or a timeout of the server cut it off.
    const onClose = (): void => resolve('aborted');
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

interface Sink {
  add(chunk: Buffer): 'too_large' | 'no_room' | undefined;
  body(): Buffer;
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
        body = chunk;
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
