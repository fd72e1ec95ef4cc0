import type { Source } from '../model/source.ts';
import { type AcceptDeps, type AcceptParts, maxBytesOf, partsOf } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound } from './inbound.ts';
import type { UrlOf } from './proxies/called-url.ts';
import { type Refusal, refuse, unknownSource, unverifiable } from './refusals.ts';
import { createSink } from './sink.ts';
import { requestOf, type Trust, take } from './take.ts';
import { sourceName } from './webhook-path.ts';

export interface Reception {
  /**
   * The story of one request to `/webhooks/…`, up to its answer; null when the sender went away meanwhile. Never rejects:
   * a bug is logged and answered 500.
   */
  receive(inbound: Inbound): Promise<Answer | null>;
  /** Logs what went wrong after the story's end, while the answer was written. */
  broke(inbound: Inbound, error: unknown): void;
  inFlightBytes(): number;
  /** The same for requests that are called as `urlOf` says, sharing limits and log. */
  calledAs(urlOf: UrlOf): Reception;
}

const NO_BODY = Buffer.alloc(0);
const POST_ALONE = ['POST'];

/**
 * What every edge shares: method → source → type → length → what the headers give away → body, as far as the budget goes →
 * what the source makes of it → commit → answer.
 */
export function createReception(deps: AcceptDeps): Reception {
  return receptionOf(partsOf(deps));
}

function receptionOf(parts: AcceptParts): Reception {
  return {
    receive: (inbound) => receive(parts, inbound),
    broke: (inbound, error) => broke(parts, inbound, error),
    inFlightBytes: () => parts.budget.usedBytes,
    calledAs: (urlOf) => receptionOf({ ...parts, urlOf }),
  };
}

async function receive(parts: AcceptParts, inbound: Inbound): Promise<Answer | null> {
  const { sources, telemetry } = parts;
  const source = sources.get(sourceName(inbound.url));
  const name = source?.name ?? 'unknown';
  const trust = { isVerified: false };
  try {
    const answer = await admit(parts, source, inbound, trust);
    telemetry.received(name, answer?.result ?? 'aborted');
    return answer;
  } catch (error) {
    if (trust.isVerified) return bug(parts, inbound, error);
    const answer = unverifiable(parts, name, inbound, error);
    telemetry.received(name, answer.result);
    return answer;
  }
}

function bug(parts: AcceptParts, inbound: Inbound, error: unknown): Answer {
  parts.telemetry.received('unknown', answers.BROKEN.result);
  broke(parts, inbound, error);
  return answers.BROKEN;
}

function broke({ refusalLog }: AcceptParts, inbound: Inbound, error: unknown): void {
  refusalLog.failed('unknown', 'bug', inbound, error, 'a webhook request met a bug of Tidings and was answered 500');
}

/** The story of one inbound. Every step that says no costs less than the next. */
async function admit(
  parts: AcceptParts,
  source: Source | undefined,
  inbound: Inbound,
  trust: Trust,
): Promise<Answer | null> {
  const methods = source?.methods ?? POST_ALONE;
  if (!methods.includes(inbound.method ?? '')) return answers.methodNotAllowed(methods);
  if (source === undefined) return unknownSource(parts, inbound);
  const maxBytes = maxBytesOf(parts, source);
  const early = refusalByHead(source, inbound, maxBytes);
  if (early !== null) return refuse(parts, source, inbound, requestOf(parts, inbound, NO_BODY), early);
  const sink = createSink(inbound, maxBytes, parts.budget);
  try {
    const end = await inbound.read(sink);
    if (end === 'aborted') return null;
    const request = requestOf(parts, inbound, end === 'whole' ? sink.body() : NO_BODY);
    const taken = end === 'whole' ? await take(parts, source, inbound, request, trust) : { kind: end };
    return 'kind' in taken ? refuse(parts, source, inbound, request, taken) : taken;
  } finally {
    sink.drop();
  }
}

/** What its headers alone rule out. Null: nothing. */
function refusalByHead(source: Source, inbound: Inbound, maxBytes: number): Refusal | null {
  if (!acceptsType(source, inbound)) return { kind: 'unsupported_type' };
  if (isEncoded(inbound)) return { kind: 'encoded' };
  if ((inbound.declared ?? 0) > maxBytes) return { kind: 'too_large' };
  const glanced = source.glance?.(inbound.headers);
  if (glanced) return glanced;
  const header = inbound.repeated(source.onceHeaders);
  return header === null ? null : { kind: 'repeated_header', header };
}

/** A handshake by GET has no body, and so no type. */
function acceptsType({ contentTypes }: Source, { method, declared, headers }: Inbound): boolean {
  if (method !== 'POST' && declared === 0) return true;
  const type = headers['content-type'] ?? '';
  if (contentTypes.includes(type)) return true;
  return contentTypes.includes((type.split(';', 1)[0] ?? '').trim().toLowerCase());
}

/** Providers encode nothing, and what unpacks strangers' bodies can be made to fill the memory. */
function isEncoded({ headers }: Inbound): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding.toLowerCase() !== 'identity';
}
