import { isVerified, type Source } from '../../model/source.ts';
import { isNestedTooDeep } from '../../shared/nesting.ts';
import { formSpellings, spellings } from './spellings.ts';

/** A delivery as the sender made it, as far as it could be put together again. */
export interface Forwarded {
  /** Only those that are the delivery's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The signature fits. */
  readonly isWhole: boolean;
  /** It was sent as a form. */
  readonly isForm: boolean;
}

/** What of a source is needed to put its deliveries together again. */
export type Receiving = Pick<Source, 'name' | 'receive' | 'onceHeaders' | 'storedHeaders'>;

/**
 * smee sends `{ ...headers, body, query, timestamp }` with the body parsed. The signature covers bytes, so of the ways to
 * write that body the one is chosen that verifies; none: the plain one, which will be refused with its cause.
 * Null: not what smee sends.
 */
export async function forwarded(data: string, source: Receiving, now: number): Promise<Forwarded | null> {
  const message = parse(data);
  if (!isRecord(message) || message['body'] === undefined || isNestedTooDeep(message)) return null;
  // The rest is about connections: the sender's to smee, and smee's own.
  const passedOn = new Set(['content-type', ...source.onceHeaders, ...source.storedHeaders]);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message)) {
    if (typeof value === 'string' && passedOn.has(name)) headers[name] = value;
  }
  const { body } = message;
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const written = isForm && isRecord(body) ? formSpellings(body) : spellings(body);
  const request = { method: 'POST', url: `/webhooks/${source.name}`, headers, now };
  let first: Buffer | undefined;
  for (const spelling of written) {
    const bytes = Buffer.from(spelling);
    first ??= bytes;
    const received = await source.receive({ ...request, body: bytes });
    if (isVerified(received)) return { headers, body: bytes, isWhole: true, isForm };
  }
  return { headers, body: first ?? Buffer.alloc(0), isWhole: false, isForm };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
