import { hash } from 'node:crypto';

/**
 * 64 bits by which an event is found. Whoever finds one looks at the event itself, so that two keys that are equal by chance cost a
 * look and nothing else. Made by SHA-256: with a hash that is easy to turn around, a sender could make them equal by the thousand.
 */
export interface Key {
  /** Filters are asked by it alone. */
  readonly hi: number;
  readonly lo: number;
}

/** By its guid in `hi`, so that `hi` alone finds all that came under a guid; in `lo` what tells these apart. */
export function deliveryKey(source: string, deliveryId: string, guid: string): Key {
  const own = sha256(`${source}\n${deliveryId}`);
  return { hi: deliveryId === guid ? wordAt(own, 0) : guidKey(source, guid), lo: wordAt(own, 4) };
}

/** The `hi` of all deliveries under this guid. */
export function guidKey(source: string, guid: string): number {
  return wordAt(sha256(`${source}\n${guid}`), 0);
}

/** `digest`: SHA-256. */
export function digestKey(digest: Uint8Array): Key {
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return { hi: view.getUint32(0), lo: view.getUint32(4) };
}

/** A byte a character: many times faster than a Buffer, which is made outside the heap. */
function sha256(text: string): string {
  return hash('sha256', text, 'binary');
}

function wordAt(bytes: string, at: number): number {
  let word = 0;
  for (let n = at; n < at + 4; n++) word = (word << 8) | bytes.charCodeAt(n);
  return word >>> 0;
}
