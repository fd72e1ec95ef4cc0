import { type Payload, parseBody, parseObject, textOrNull } from '../../../shared/payload.ts';
import { idAt } from '../../../telling/parts.ts';

/** Strings as they are, and between them numbers that may have more digits than JavaScript keeps. */
const LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])\d{16,40}(?![\d.eE])/g;

/**
 * What the body says, with whole numbers of 16 digits and more as text: Shopify's ids are beyond 2^53.
 * @throws PayloadError when it is no JSON object
 */
export function payloadOf(body: Buffer): Payload {
  const payload = parseBody(body);
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (!/\d{16}/.test(text)) return payload;
  return parseObject(text.replace(LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}

const GID = /^gid:\/\/shopify\/([A-Za-z]{1,60})\/(\d{1,40})(?:\?|$)/;

/** `Order` of `gid://shopify/Order/12` */
export function gidType(payload: unknown, path: string): string | null {
  return GID.exec(textOrNull(payload, path) ?? '')?.[1] ?? null;
}

/** `12` of it. */
export function gidNumber(payload: unknown, path: string): string | null {
  return GID.exec(textOrNull(payload, path) ?? '')?.[2] ?? null;
}

/** The id of the object itself. */
export function ownId(object: unknown): string | null {
  return gidNumber(object, 'admin_graphql_api_id') ?? digits(object, 'id');
}

/** The id of another that it names: `order_id`, `order.id`, `admin_graphql_api_order_id`. */
export function idOf(object: unknown, name: string): string | null {
  return (
    gidNumber(object, `admin_graphql_api_${name}_id`) ??
    gidNumber(object, `${name}.admin_graphql_api_id`) ??
    digits(object, `${name}_id`) ??
    digits(object, `${name}.id`)
  );
}

function digits(object: unknown, path: string): string | null {
  const id = idAt(object, path);
  return id !== null && /^\d{1,40}$/.test(id) ? id : null;
}
