/** Names that the provider gives, on which the shape of all the rest hangs. */
const NAMED = new Set(['id', 'object', 'type', 'subtype', 'action', 'currency']);

/** The payload with one text in place of each that people may write. */
export function withText(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return NAMED.has(key) ? value : text;
  if (Array.isArray(value)) return value.map((each) => withText(each, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withText(each, text, name)]));
}

/** The payload with something else in one place. Undefined: with nothing there. */
export function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) => (String(index) === key ? withValue(each, rest, put) : each));
  }
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: withValue(object[key], rest, put) };
}
