import { isNestedTooDeep, mayNestTooDeep } from './nesting.ts';

/** A field that this kind of event cannot do without is missing or of another type. `path` names it: `issue.title`. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
  readonly path: string;

  constructor(path: string, wanted: string, actual: unknown, found = `it is ${typeName(actual)}`) {
    super(`The payload's ${path} should be ${wanted}, but ${found}.`);
    this.path = path;
  }
}

export type Payload = Readonly<Record<string, unknown>>;

/** What JSON says, as an object. @throws PayloadError with path `body` when it is no JSON object, or one nested too deep */
export function parseObject(json: string): Payload {
  const parsed = parseJson(json);
  if (parsed === undefined)
    throw new PayloadError('body', 'a JSON object', parsed, json === '' ? 'it is empty' : 'it is not JSON');
  if (!isObject(parsed)) throw new PayloadError('body', 'a JSON object', parsed);
  if (mayNestTooDeep(json) && isNestedTooDeep(parsed))
    throw new PayloadError('body', 'a JSON object', parsed, 'it is nested deeper than any real one');
  return parsed;
}

/** What a body of JSON says, a byte order mark or not. @throws PayloadError with path `body` */
export function parseBody(body: Buffer): Payload {
  return parseObject(body.toString('utf8').replace(/^\ufeff/, ''));
}

/** The same of a body that may be anything. Null: it is no JSON object. */
export function bodyOrNull(body: Buffer): Payload | null {
  try {
    return parseBody(body);
  } catch (error) {
    if (error instanceof PayloadError) return null;
    throw error;
  }
}

/** Required text that says something. @throws PayloadError */
export function filledText(payload: Payload, path: string): string {
  const value = text(payload, path);
  if (value.trim() === '') throw new PayloadError(path, 'text', value, 'it is empty');
  return value;
}

/** Required text. @throws PayloadError */
export function text(payload: Payload, path: string): string {
  const value = read(payload, path);
  if (typeof value !== 'string') throw new PayloadError(path, 'text', value);
  return value;
}

/** Optional text: null when missing, empty or of another type. */
export function textOrNull(payload: unknown, path: string): string | null {
  const value = read(payload, path);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberOrNull(payload: unknown, path: string): number | null {
  const value = read(payload, path);
  return typeof value === 'number' ? value : null;
}

export function isTrue(payload: unknown, path: string): boolean {
  return read(payload, path) === true;
}

/** An optional web address; whatever is not http or https is left out. */
export function linkOrNull(payload: unknown, path: string): string | null {
  const value = textOrNull(payload, path);
  return value !== null && /^https?:\/\//.test(value) ? value : null;
}

export function list(payload: unknown, path: string): readonly unknown[] {
  const value = read(payload, path);
  return Array.isArray(value) ? value : [];
}

/** The text that each of a list has there; those that have none are left out. */
export function textsIn(payload: unknown, path: string, field: string): readonly string[] {
  return list(payload, path)
    .map((one) => textOrNull(one, field))
    .filter((found) => found !== null);
}

/** Milliseconds since 1970: from ISO text, or from seconds. */
export function timeOrNull(payload: unknown, path: string): number | null {
  const value = read(payload, path);
  if (typeof value === 'number') return Number.isFinite(value * 1000) ? value * 1000 : null;
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** Follows own properties only: a payload's `constructor` is no field. */
export function read(payload: unknown, path: string): unknown {
  let value = payload;
  for (const key of keysOf(path)) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Nearly all paths are constants; splitting them again at each of some hundred reads an event was a tenth of its normalising. */
const KEYS = new Map<string, readonly string[]>();
/** A few paths hold a key of the payload: they may not fill the memory. */
const KEYS_KEPT = 2_000;

function keysOf(path: string): readonly string[] {
  const known = KEYS.get(path);
  if (known !== undefined) return known;
  const keys = path.split('.');
  if (KEYS.size < KEYS_KEPT) KEYS.set(path, keys);
  return keys;
}

export function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A body that is not JSON has no value; the parser's message would repeat parts of it. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object';
}
