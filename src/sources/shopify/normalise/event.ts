import type { StoredEvent } from '../../../model/event.ts';
import type { EventName } from '../../../model/kind.ts';
import { isObject, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { headerOf, nameIn, nameOf, shopDomain, shopIn } from '../headers.ts';
import { payloadOf } from './ids.ts';

/** One event of Shopify's. There is no envelope: what happened stands in the topic, and the body is the thing itself. */
export interface ShopifyEvent extends EventName {
  readonly payload: Payload;
  /** What it is about: the body; of the newer Events, what the subscription's query asked for. */
  readonly object: Payload;
  /** `acme.myshopify.com`; from the body, where that says it. */
  readonly shop: string | null;
  readonly isTest: boolean;
  readonly occurredAt: number | null;
}

/** @throws PayloadError when the body is no JSON object */
export function eventOf({ headers, type, body }: Pick<StoredEvent, 'headers' | 'type' | 'body'>): ShopifyEvent {
  const payload = payloadOf(body);
  const object = objectIn(payload);
  return {
    ...(nameIn(headers) ?? nameOf(type)),
    payload,
    object,
    shop:
      shopDomain(textOrNull(payload, 'myshopify_domain')) ??
      shopDomain(textOrNull(payload, 'shop_domain')) ??
      shopIn(headers),
    isTest: read(object, 'test') === true || headerOf(headers, 'test')?.toLowerCase() === 'true',
    occurredAt: timeOrNull({ at: headerOf(headers, 'triggered-at') }, 'at') ?? timeOrNull(object, 'updated_at'),
  };
}

/** `{ app_subscription: {…} }`, `{ order_edit: {…} }` and `{ data: { product: {…} } }` wrap it once. */
function objectIn(payload: Payload): Payload {
  const data = read(payload, 'data');
  const [first] = isObject(data) ? Object.values(data).filter(isObject) : [];
  if (first !== undefined) return first;
  const [only, ...others] = Object.entries(payload);
  return only !== undefined && others.length === 0 && isObject(only[1]) ? only[1] : payload;
}
