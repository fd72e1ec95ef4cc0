/**
 * Frees what `bytes` holds now: the collector would come round to it later, and under a flood too late. Afterwards it is
 * empty. What shares its memory with something else is left alone.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) buffer.transfer(0);
}
