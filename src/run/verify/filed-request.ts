import { type Fields, FiledRequestError, filedList, isRecord } from './filed-list.ts';
import { momentOf } from './filed-moment.ts';

/** A request as a file holds it, such as the vectors that providers publish: what was sent, and what it is checked by. */
export interface FiledRequest {
  readonly name: string;
  readonly provider: string;
  /** What it names as its source. Published vectors say there in words where they come from. */
  readonly source: string | null;
  /** Null: it brings none, so that those of a configured source count. */
  readonly secrets: readonly string[] | null;
  readonly method: string;
  /** As the provider called it, with query. Null: not said. */
  readonly url: string | null;
  /** Lower-case name → each value it came with. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  /** What its source is set to, as far as it is not said by the secrets. */
  readonly context: Fields;
  /** Milliseconds since 1970. Null: not said, so now. */
  readonly now: number | null;
  /** What should become of it, for who wants to compare; `optional`: others may see it otherwise. */
  readonly expect: 'accept' | 'handshake' | 'reject' | null;
  readonly isOptional: boolean;
}

const EXPECTED = ['accept', 'handshake', 'reject'] as const;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** See filedList: `cutShort` is told of a line that is left out. Fields that are not known are left alone. @throws FiledRequestError */
export function filedRequests(text: string, cutShort?: () => void): readonly FiledRequest[] {
  const { requests, isCutShort } = filedList(text);
  if (isCutShort) cutShort?.();
  return requests.map((each, index) => filedRequest(each, index + 1));
}

/** `no` counts from 1. */
function filedRequest(fields: unknown, no: number): FiledRequest {
  if (!isRecord(fields)) throw new FiledRequestError(`Request ${no} is no object.`);
  const name = textOf(fields, 'name', no) ?? `request ${no}`;
  const provider = textOf(fields, 'provider', no);
  if (provider === null) throw new FiledRequestError(`Request ${no} (${name}) does not say its "provider".`);
  const { source, context } = fields;
  return {
    name,
    provider,
    source: typeof source === 'string' ? source : null,
    secrets: secretsOf(fields, no),
    method: textOf(fields, 'method', no)?.toUpperCase() ?? 'POST',
    url: textOf(fields, 'url', no),
    headers: headersOf(fields, no),
    body: bodyOf(fields, no),
    // What is no object says nothing that a source could be set to.
    context: isRecord(context) ? context : {},
    now: nowOf(fields, no),
    expect: EXPECTED.find((each) => each === fields['expect']) ?? null,
    isOptional: fields['optional'] === true,
  };
}

/** An empty text is a secret too, one that nothing matches. */
function secretsOf({ secret, secrets }: Fields, no: number): readonly string[] | null {
  const all = [secret, secrets].flatMap((each) => each ?? []);
  if (!isTexts(all))
    throw wrong(no, isTexts([secret ?? []].flat()) ? 'secrets' : 'secret', 'a string, or a list of strings');
  return all.length === 0 ? null : all;
}

/** Names are told apart without case, so that `X-A` and `x-a` came twice, as a list says of one. */
function headersOf({ headers }: Fields, no: number): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [sent, value] of pairsOf(headers ?? {}, no)) {
    const values = [value ?? []].flat().map((each) => (typeof each === 'number' ? String(each) : each));
    if (!isTexts(values)) throw wrong(no, `headers.${sent}`, 'a string, or a list of strings');
    const name = sent.toLowerCase();
    if (values.length > 0) all.set(name, [...(all.get(name) ?? []), ...values]);
  }
  return all;
}

/** An object; or a list of `[name, value]`, of `{ name, value }`, or of lines `Name: value`. */
function pairsOf(headers: unknown, no: number): readonly (readonly [name: string, value: unknown])[] {
  if (isRecord(headers)) return Object.entries(headers);
  const pairs = Array.isArray(headers) ? headers.map(pairOf) : [null];
  if (pairs.every((pair) => pair !== null)) return pairs;
  throw wrong(no, 'headers', 'an object, or a list of names and values');
}

function pairOf(entry: unknown): readonly [name: string, value: unknown] | null {
  const line = typeof entry === 'string' ? /^([^\s:]+):[ \t]*(.*)$/s.exec(entry)?.slice(1) : undefined;
  const [name, value] = line ?? (isRecord(entry) ? [entry['name'], entry['value']] : Array.isArray(entry) ? entry : []);
  return typeof name === 'string' ? [name, value] : null;
}

function bodyOf(fields: Fields, no: number): Buffer {
  const base64 = textOf(fields, 'bodyBase64', no);
  const body = base64 ?? textOf(fields, 'body', no) ?? '';
  const encoding = base64 === null ? (textOf(fields, 'bodyEncoding', no) ?? 'utf8') : 'base64';
  if (!Buffer.isEncoding(encoding)) throw wrong(no, 'bodyEncoding', '"utf8", "base64" or "hex"');
  const text = encoding === 'base64' ? body.replaceAll(/\s/g, '') : body;
  if (encoding === 'base64' && !BASE64.test(text)) throw wrong(no, base64 === null ? 'body' : 'bodyBase64', 'base64');
  const bytes = Buffer.from(text, encoding);
  if (encoding === 'hex' && bytes.length * 2 !== text.length) throw wrong(no, 'body', 'hex');
  return bytes;
}

function nowOf({ now = null }: Fields, no: number): number | null {
  if (now === null) return null;
  const moment = momentOf(now);
  if (moment === null) throw wrong(no, 'now', 'a number of seconds since 1970, or a date and time with its zone');
  return moment;
}

function textOf(fields: Fields, key: string, no: number): string | null {
  const value = fields[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  const why = key === 'body' ? ': what is signed is the text as it came' : '';
  throw wrong(no, key, `a string${why}`);
}

function wrong(no: number, key: string, what: string): FiledRequestError {
  return new FiledRequestError(`Request ${no}: "${key}" must be ${what}.`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
