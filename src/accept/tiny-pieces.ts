/** So many pieces may be of any size. Of more, each has so many bytes on average. */
const ANY_SIZE = 1_000;
const LEAST_BYTES = 64;

/** Whether a body comes in more, and smaller, pieces than any honest one: a piece costs a thousand times what a byte does. */
export function areTiny(pieces: number, bytes: number): boolean {
  return pieces > ANY_SIZE && bytes < pieces * LEAST_BYTES;
}
