import type { NewEvent } from '../../../model/event.ts';
import type { Headers } from '../../../model/headers.ts';
import type { Source } from '../../../model/source.ts';
import { identify } from '../identify.ts';
import type { DeliveryDetail } from './recover-hooks.ts';

/**
 * The event as accept would have made it, under the same deliveryId, so that a later redelivery is a duplicate. The body is
 * written anew from GitHub's parsed payload: no signature fits it. It is believed because it came over TLS from GitHub's API.
 * Null: the delivery does not say what it is.
 */
export function recoveredEvent(
  source: Source,
  hookId: number,
  { headers: sent, payload }: DeliveryDetail,
  now: number,
): NewEvent | null {
  const headers: Headers = {
    ...(hookId === 0 ? {} : { 'x-github-hook-id': String(hookId) }),
    ...sent,
    'content-type': 'application/json',
  };
  const identity = identify(headers);
  if ('missing' in identity) return null;
  return {
    source: source.name,
    deliveryId: identity.deliveryId,
    guid: identity.guid,
    type: identity.type,
    headers: Object.fromEntries(
      source.storedHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    ),
    body: Buffer.from(JSON.stringify(payload)),
    receivedAt: now,
    secretNo: 0,
    origin: 'recovered',
  };
}
