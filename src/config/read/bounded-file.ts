import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** A hundred times what anybody writes by hand. What a watched file says is read while webhooks are taken. */
const MOST_BYTES = 1_000_000;

/**
 * A file of settings. What never ends is not read to its end, and what may never begin, a pipe, not at all: neither can be
 * interrupted.
 */
export function readBounded(path: string): Buffer {
  if (statSync(path).isFIFO()) throw new Error('it is a pipe, not a file');
  const bytes = Buffer.allocUnsafe(MOST_BYTES + 1);
  const descriptor = openSync(path, 'r');
  try {
    let size = 0;
    for (let more = -1; more !== 0 && size <= MOST_BYTES; size += more) {
      more = readSync(descriptor, bytes, size, bytes.length - size, null);
    }
    if (size > MOST_BYTES) throw new Error('it has more than 1 MB');
    return bytes.subarray(0, size);
  } finally {
    closeSync(descriptor);
  }
}
