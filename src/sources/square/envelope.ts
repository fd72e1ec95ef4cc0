import { splitName } from '../../model/kind.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull, type Payload, textOrNull } from '../../shared/payload.ts';

/** `event_id` and `payment.updated`. An event without an id, as tests send them, is called by the digest of its bytes. */
export function identify(body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const name = boundedId(nameOf(payload));
  if (name === null) return { missing: 'field type' };
  return { id: boundedId(textOrNull(payload, 'event_id')) ?? `sha256:${idOfBytes(body)}`, type: splitName(name).type };
}

/** `payment.updated`; where the event does not say it, of what kind its data is. Null: neither. */
export function nameOf(payload: Payload): string | null {
  return textOrNull(payload, 'type') ?? textOrNull(payload, 'data.type');
}
