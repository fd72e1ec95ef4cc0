import type { EventId } from '../model/event.ts';
import type { HurtEvent, HurtFacts } from '../model/inbox/integrity.ts';
import { damageWords, NO_DIGEST } from '../model/pruning/gone.ts';
import { type CutOut, isDigestOf, storedBody } from './cut-out.ts';

/** What is wrong with an event's headers and body. Null: nothing. `digest`: null while it is pending. */
export function bodyDamage(stored: CutOut, headersSize: number, digest: Uint8Array | null): string | null {
  const { body, damage } = storedBody(stored.bytes ?? stored.damage, headersSize);
  if (damage !== undefined) return damageWords(damage);
  if (digest === null || NO_DIGEST.equals(digest) || isDigestOf(digest, body)) return null;
  return damageWords('it is not the one that was decided about, by its SHA-256');
}

/** Nothing: it is not hurt. */
export function hurtEvent(event: HurtFacts & { readonly id: EventId }, damage: readonly string[]): HurtEvent | [] {
  if (damage.length === 0) return [];
  const { id, source, type, deliveryId, guid, repo, state, receivedAt } = event;
  return { id, damage, known: { source, type, deliveryId, guid, repo, state, receivedAt } };
}
