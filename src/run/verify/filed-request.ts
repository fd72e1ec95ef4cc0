/** A request as a file holds it, such as the vectors that providers publish: what was sent, and what it is checked by. */
export interface FiledRequest {
  readonly name: string;
  readonly provider: string;
  readonly secrets: readonly string[];
  readonly method: string;
  /** As the provider called it, with query. */
  readonly url: string;
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

/** What is wrong with the file, where, in words. */
export class FiledRequestError extends Error {
  override readonly name = 'FiledRequestError';
}

type Fields = Readonly<Record<string, unknown>>;

const EXPECTED = ['accept', 'handshake', 'reject'] as const;

/** One request or a list of them. Fields that are not known are left alone. @throws FiledRequestError */
export function filedRequests(text: string): readonly FiledRequest[] {
  const data = parsed(text);
  const all = Array.isArray(data) ? data : [data];
  if (all.length === 0) throw new FiledRequestError('The list is empty: there is nothing to verify.');
  return all.map((each, index) => filedRequest(each, index + 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FiledRequestError(`This is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function filedRequest(fields: unknown, no: number): FiledRequest {
  if (!isRecord(fields)) throw new FiledRequestError(`Request ${no} is no object.`);
  const name = textOf(fields, 'name', no) ?? `request ${no}`;
  const provider = textOf(fields, 'provider', no);
  if (provider === null) throw new FiledRequestError(`Request ${no} (${name}) does not say its "provider".`);
  return {
    name,
    provider,
    secrets: secretsOf(fields, no),
    method: textOf(fields, 'method', no)?.toUpperCase() ?? 'POST',
    url: textOf(fields, 'url', no) ?? `/webhooks/${provider}`,
    headers: headersOf(fields, no),
    body: bodyOf(fields, no),
    context: contextOf(fields, no),
    now: nowOf(fields, no),
    expect: EXPECTED.find((each) => each === fields['expect']) ?? null,
    isOptional: fields['optional'] === true,
  };
}

function secretsOf(fields: Fields, no: number): readonly string[] {
  const { secrets = [] } = fields;
  if (!isTexts(secrets)) throw wrong(no, 'secrets', 'a list of strings');
  const secret = textOf(fields, 'secret', no);
  return secret === null ? secrets : [secret, ...secrets];
}

/** Names are told apart without case, so that `X-A` and `x-a` came twice, as a list says of one. */
function headersOf({ headers = {} }: Fields, no: number): ReadonlyMap<string, readonly string[]> {
  if (!isRecord(headers)) throw wrong(no, 'headers', 'an object');
  const all = new Map<string, readonly string[]>();
  for (const [sent, value] of Object.entries(headers)) {
    const values = typeof value === 'string' ? [value] : value;
    if (!isTexts(values)) throw wrong(no, `headers.${sent}`, 'a string, or a list of strings');
    const name = sent.toLowerCase();
    if (values.length === 0) continue;
    all.set(name, [...(all.get(name) ?? []), ...values]);
  }
  return all;
}

function bodyOf(fields: Fields, no: number): Buffer {
  const base64 = textOf(fields, 'bodyBase64', no);
  const body = base64 ?? textOf(fields, 'body', no) ?? '';
  const encoding = base64 === null ? (textOf(fields, 'bodyEncoding', no) ?? 'utf8') : 'base64';
  if (!Buffer.isEncoding(encoding)) throw wrong(no, 'bodyEncoding', '"utf8", "base64" or "hex"');
  return Buffer.from(body, encoding);
}

function contextOf({ context }: Fields, no: number): Fields {
  if (context === undefined || context === null) return {};
  if (!isRecord(context)) throw wrong(no, 'context', 'an object');
  return context;
}

function nowOf({ now = null }: Fields, no: number): number | null {
  if (now === null) return null;
  if (typeof now !== 'number' || !Number.isFinite(now)) throw wrong(no, 'now', 'a number of seconds since 1970');
  return now * 1000;
}

function textOf(fields: Fields, key: string, no: number): string | null {
  const value = fields[key] ?? null;
  if (value !== null && typeof value !== 'string') throw wrong(no, key, 'a string');
  return value;
}

function wrong(no: number, key: string, what: string): FiledRequestError {
  return new FiledRequestError(`Request ${no}: "${key}" must be ${what}.`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
