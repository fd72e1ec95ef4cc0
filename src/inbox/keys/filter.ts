/** Of one block: what one line of a processor's cache holds. */
const BLOCK_WORDS = 16;
const BLOCK_BITS = 512;
const BITS_AN_ENTRY = 12;
/** Bits that each entry sets, all in one block. */
const PROBES = 7;

/**
 * A blocked Bloom filter: says of a word that it was never added, or that it may have been. Wrong about one in 200 that was not, at
 * 12 bits each. https://doi.org/10.1007/978-3-540-72845-0_9
 */
export function filterWords(entries: number): number {
  return Math.ceil((entries * BITS_AN_ENTRY) / BLOCK_BITS) * BLOCK_WORDS;
}

/** `filter`: `from` is where it begins within the array, `words` how long it is. */
export function addToFilter(filter: Uint32Array, from: number, words: number, word: number): void {
  const block = from + blockOf(word, words);
  const bits = mix(word, 0xc2b2ae35);
  const step = (bits >>> 9) | 1;
  for (let probe = 0, bit = bits; probe < PROBES; probe++, bit += step) {
    (filter[block + ((bit >>> 5) & 15)] as number) |= 1 << (bit & 31);
  }
}

export function mayHold(filter: Uint32Array, from: number, words: number, word: number): boolean {
  const block = from + blockOf(word, words);
  const bits = mix(word, 0xc2b2ae35);
  const step = (bits >>> 9) | 1;
  for (let probe = 0, bit = bits; probe < PROBES; probe++, bit += step) {
    if (((filter[block + ((bit >>> 5) & 15)] as number) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

function blockOf(word: number, words: number): number {
  return Math.floor((mix(word, 0x9e3779b1) / 2 ** 32) * (words / BLOCK_WORDS)) * BLOCK_WORDS;
}

/** The end of MurmurHash3, begun with a factor. */
function mix(word: number, factor: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), factor);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x85ebca6b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
