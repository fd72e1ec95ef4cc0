import { type Entries, emptyEntries, slice } from './entries.ts';

/** What fits a page of 4 kB: eight bytes, and twelve for each entry. */
export const BLOCK_ENTRIES = 336;

/** Little-endian: the least event (64-bit float), then each `hi`, each `lo`, and each event less the least, 32 bits each. */
export function encodeBlock({ hi, lo, ids }: Entries): Uint8Array {
  const count = hi.length;
  const least = ids.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const bytes = new ArrayBuffer(8 + 12 * count);
  new Float64Array(bytes, 0, 1)[0] = least;
  const words = new Uint32Array(bytes, 8);
  words.set(hi, 0);
  words.set(lo, count);
  for (let n = 0; n < count; n++) words[2 * count + n] = (ids[n] as number) - least;
  return new Uint8Array(bytes);
}

export function decodeBlock(stored: Uint8Array): Entries {
  const bytes = aligned(stored);
  // Of what damage has cut to another length, as much as is there: whoever is found is asked itself.
  const count = Math.max(0, Math.floor((bytes.byteLength - 8) / 12));
  if (count === 0) return emptyEntries(0);
  const least = new Float64Array(bytes.buffer, bytes.byteOffset, 1)[0] as number;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + 8, 3 * count);
  const ids = new Float64Array(count);
  for (let n = 0; n < count; n++) ids[n] = least + (words[2 * count + n] as number);
  return { hi: words.subarray(0, count), lo: words.subarray(count, 2 * count), ids };
}

/** Sorted entries in blocks. */
export function inBlocks(entries: Entries): readonly Entries[] {
  const blocks: Entries[] = [];
  for (let from = 0; from < entries.hi.length; from += BLOCK_ENTRIES) {
    blocks.push(slice(entries, from, Math.min(entries.hi.length, from + BLOCK_ENTRIES)));
  }
  return blocks;
}

/** How entries stand in the log, one after the other, so that more can be written behind them: both words, and the event. */
export const LOGGED_BYTES = 16;

export function encodeLogged({ hi, lo, ids }: Entries): Uint8Array {
  const bytes = new ArrayBuffer(LOGGED_BYTES * hi.length);
  const [words, numbers] = [new Uint32Array(bytes), new Float64Array(bytes)];
  for (let n = 0; n < hi.length; n++) {
    words[4 * n] = hi[n] as number;
    words[4 * n + 1] = lo[n] as number;
    numbers[2 * n + 1] = ids[n] as number;
  }
  return new Uint8Array(bytes);
}

export function decodeLogged(stored: Uint8Array): Entries {
  const bytes = aligned(stored);
  const entries = emptyEntries(Math.floor(bytes.byteLength / LOGGED_BYTES));
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, 4 * entries.hi.length);
  const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, 2 * entries.hi.length);
  for (let n = 0; n < entries.hi.length; n++) {
    entries.hi[n] = words[4 * n] as number;
    entries.lo[n] = words[4 * n + 1] as number;
    entries.ids[n] = numbers[2 * n + 1] as number;
  }
  return entries;
}

function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
