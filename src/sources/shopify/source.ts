import type { Received, Source, SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import { bodyOrNull } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { ALL_HEADERS, idsOf, nameIn, STORED_HEADERS } from './headers.ts';
import { normalise } from './normalise.ts';
import { glance, verify } from './signature.ts';

export interface ShopifySourceOptions {
  readonly name: string;
  /** All are tried: of several apps, or of an app and the shop's own notifications. */
  readonly secrets: readonly Secret[];
}

/** Shopify's webhooks, of an app or of one shop, and its Events. */
export function shopifySource({ name, secrets }: ShopifySourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'shopify',
    contentTypes: ['application/json'],
    onceHeaders: ALL_HEADERS,
    storedHeaders: ['content-type', 'user-agent', ...STORED_HEADERS],
    maxBodyBytes: 5 * 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise,
    keyIds: keyIdsOf(secrets),
  };
}

/** The key that signs webhooks signs other texts of Shopify's too: what is no JSON object, an empty body above all, is none. */
function receive(keys: Keys, request: SourceRequest): Received {
  const { headers, body } = request;
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  const missing = (what: string): Received => ({ kind: 'unidentified', secretNo, missing: what });
  if (bodyOrNull(body) === null) return missing('body, a JSON object,');
  const name = nameIn(headers);
  if (name === null) return missing('header X-Shopify-Topic');
  const { deliveryId, eventId } = idsOf(headers, body);
  return { kind: 'event', deliveryId, guid: eventId, type: name.type, secretNo };
}
