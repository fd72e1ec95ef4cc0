import { isObject } from '../../shared/payload.ts';

/** Where a request says something: in a header, or at a path into its body. */
export type Place =
  | { readonly kind: 'header' /** Lower case. */; readonly name: string }
  | { readonly kind: 'path'; readonly keys: readonly string[] };

const HEADER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const PATH = /^\$(?:\.[\w-]{1,100}|\[\d{1,6}\]){1,10}$/;

/** `X-Event`, `$.event.type`, `$.items[0].id`. Null: neither. */
export function placeOf(text: string): Place | null {
  if (HEADER.test(text)) return { kind: 'header', name: text.toLowerCase() };
  if (!PATH.test(text)) return null;
  return { kind: 'path', keys: text.slice(1).replaceAll(']', '').split(/[.[]/).slice(1) };
}

/** What is wrong with one, as a predicate. */
export function placeProblem(text: string): string | undefined {
  if (placeOf(text) !== null) return undefined;
  return 'must be a header such as X-Event-Id, or a path into the body such as $.event.id.';
}

/** What stands there, as text: numbers too. Null: nothing that is one. */
export function textAt(
  place: Place,
  headers: Readonly<Record<string, string | undefined>>,
  body: unknown,
): string | null {
  const value = place.kind === 'header' ? headers[place.name] : valueAt(body, place.keys);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Own properties and places in lists alone. */
function valueAt(payload: unknown, keys: readonly string[]): unknown {
  let value = payload;
  for (const key of keys) {
    const isThere = (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key) && key !== 'length';
    if (!isThere) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
