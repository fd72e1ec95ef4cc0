import { boundedId } from '../../shared/bounded-id.ts';
import { bodyOrNull, textOrNull } from '../../shared/payload.ts';

/** What Stripe calls an event, from the body it signed. */
export type Identity = { readonly id: string; readonly name: string } | { readonly missing: string };

/** `evt_…` and `invoice.paid`, of snapshot events and thin ones (`v2.core.event`) alike. */
export function identify(body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const id = boundedId(textOrNull(payload, 'id'));
  if (id === null) return { missing: 'field id' };
  const name = boundedId(textOrNull(payload, 'type'));
  return name === null ? { missing: 'field type' } : { id, name };
}
