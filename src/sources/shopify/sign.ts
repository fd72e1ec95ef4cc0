import type { Headers } from '../../model/headers.ts';
import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureOf } from './signature.ts';

/** The headers Shopify would send with this body. `type` is the topic: `orders/create`. */
export function signedHeaders(
  { type, guid, body, now, received = {} }: Unsigned,
  secret: Secret,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook (tidings-sample)',
    'x-shopify-topic': type,
    'x-shopify-shop-domain': 'acme.myshopify.com',
    'x-shopify-api-version': '2026-01',
    'x-shopify-webhook-id': guid,
    'x-shopify-event-id': guid,
    'x-shopify-triggered-at': new Date(now).toISOString(),
    [isOfEvents(received) ? 'shopify-hmac-sha256' : 'x-shopify-hmac-sha256']: signatureOf(secret, body),
  };
}

/** The newer family: its headers have no `x-`. */
function isOfEvents(headers: Headers): boolean {
  return Object.keys(headers).some((name) => name.startsWith('shopify-'));
}
