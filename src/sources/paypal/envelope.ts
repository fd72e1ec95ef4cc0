import { boundedId } from '../../shared/bounded-id.ts';
import { bodyOrNull, textOrNull } from '../../shared/payload.ts';

/** What PayPal calls an event. The id it is known by is the transmission's. */
export type Identity = { readonly name: string } | { readonly missing: string };

/** `PAYMENT.CAPTURE.COMPLETED` */
export function identify(body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const name = boundedId(textOrNull(payload, 'event_type'));
  return name === null ? { missing: 'field event_type' } : { name };
}
