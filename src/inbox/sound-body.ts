import { damageWords } from '../model/gone.ts';
import { type CutOut, isDigestOf, storedBody } from './cut-out.ts';

/** A body that cannot be read was decided under this (src/jobs/read-event.ts). */
const isNoDigest = (digest: Uint8Array) => digest.every((byte) => byte === 0);

/** What is wrong with an event's headers and body. Null: nothing. `digest`: null while it is pending. */
export function bodyDamage(stored: CutOut, headersSize: number, digest: Uint8Array | null): string | null {
  const { body, damage } = storedBody(stored.bytes ?? stored.damage, headersSize);
  if (damage !== undefined) return damageWords(damage);
  if (digest === null || isNoDigest(digest) || isDigestOf(digest, body)) return null;
  return damageWords('it is not the one that was decided about, by its SHA-256');
}
