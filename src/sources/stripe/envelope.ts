import { boundedId } from '../../shared/bounded-id.ts';
import { type Payload, PayloadError, parseObject, textOrNull } from '../../shared/payload.ts';

/** What Stripe calls an event, from the body it signed. */
export type Identity = { readonly id: string; readonly name: string } | { readonly missing: string };

export function parseBody(body: Buffer): Payload {
  return parseObject(body.toString('utf8').replace(/^\ufeff/, ''));
}

/** `evt_…` and `invoice.paid`, of snapshot events and thin ones (`v2.core.event`) alike. */
export function identify(body: Buffer): Identity {
  const payload = parsed(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const id = named(payload, 'id');
  if (id === null) return { missing: 'field id' };
  const name = named(payload, 'type');
  return name === null ? { missing: 'field type' } : { id, name };
}

function parsed(body: Buffer): Payload | null {
  try {
    return parseBody(body);
  } catch (error) {
    if (error instanceof PayloadError) return null;
    throw error;
  }
}

function named(payload: Payload, path: string): string | null {
  return boundedId(textOrNull(payload, path));
}
