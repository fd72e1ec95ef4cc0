import type { Headers } from '../../model/headers.ts';
import type { EventName } from '../../model/kind.ts';
import { splitName } from '../../model/kind.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';

// Shopify has two families of headers: `X-Shopify-*`, and `shopify-*` of its newer Events, which come with the older beside them.
// None is signed but the signature itself. https://shopify.dev/docs/apps/build/webhooks/verify-deliveries

const FIELDS = [
  'hmac-sha256',
  'topic',
  'action',
  'webhook-id',
  'event-id',
  'shop-domain',
  'api-version',
  'triggered-at',
  'test',
] as const;
type Field = (typeof FIELDS)[number];

export const ALL_HEADERS = FIELDS.flatMap((field) => [`x-shopify-${field}`, `shopify-${field}`]);

/** What is stored of them. */
export const STORED_HEADERS = ALL_HEADERS.filter((header) => !header.endsWith('hmac-sha256'));

/** Of the newer family where it says so. Undefined: neither does. */
export function headerOf(headers: Headers, field: Field): string | undefined {
  return headers[`shopify-${field}`] ?? headers[`x-shopify-${field}`];
}

/** `orders/create`; of the newer family, `Product` and `update`. Null: no header says what happened. */
export function nameIn(headers: Headers): EventName | null {
  const topic = boundedId(headerOf(headers, 'topic'));
  if (topic === null) return null;
  const action = boundedId(headerOf(headers, 'action'));
  return action === null ? nameOf(topic) : { type: topic, action };
}

/** Some of the newer topics have a dot: `customer.tags_added`. */
export function nameOf(topic: string): EventName {
  const { type, action } = splitName(topic, topic.includes('/') ? '/' : '.');
  return { type, action: action === '' ? null : action };
}

/**
 * `X-Shopify-Webhook-Id` is of one delivery, equal for each attempt; `X-Shopify-Event-Id` of what happened, which several
 * subscriptions hear of. Without either, the body is the id.
 */
export function idsOf(headers: Headers, body: Buffer): { readonly deliveryId: string; readonly eventId: string } {
  const deliveryId = boundedId(headerOf(headers, 'webhook-id')) ?? idOfBytes(body);
  return { deliveryId, eventId: boundedId(headerOf(headers, 'event-id')) ?? deliveryId };
}

/** `acme.myshopify.com`. As it is not signed, it is no other host: links lead there. Null: no header says so. */
export function shopIn(headers: Headers): string | null {
  return shopDomain(headerOf(headers, 'shop-domain'));
}

export function shopDomain(text: string | null | undefined): string | null {
  const domain = text?.trim().toLowerCase() ?? '';
  return /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.(?:com|io)$/.test(domain) ? domain : null;
}
