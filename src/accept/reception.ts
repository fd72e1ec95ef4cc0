import type { Source } from '../model/source.ts';
import { type AcceptDeps, type AcceptParts, partsOf } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound, Sink } from './inbound.ts';
import * as refusals from './refusals.ts';
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
}

const NO_BODY = Buffer.alloc(0);
const POST_ALONE = ['POST'];

/**
 * What every edge shares: method → source → type → length → what the headers give away → body, as far as the budget goes →
 * what the source makes of it → commit → answer.
 */
export function createReception(deps: AcceptDeps): Reception {
  const parts = partsOf(deps);
  return {
    receive: (inbound) => receive(parts, inbound),
    broke: (inbound, error) => broke(parts, inbound, error),
    inFlightBytes: () => parts.budget.usedBytes,
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
    const answer = refusals.unverifiable(parts, name, inbound, error);
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
  if (source === undefined) return refusals.unknownSource(parts, inbound);
  const refusal = refusedByHead(parts, source, inbound);
  if (refusal !== null) return refusal;
  const sink = createSink(inbound, maxBytesOf(parts, source), parts.budget);
  try {
    return await read(parts, source, inbound, sink, trust);
  } finally {
    sink.drop();
  }
}

/** What its method and headers alone rule out. */
function refusedByHead(parts: AcceptParts, source: Source, inbound: Inbound): Answer | null {
  if (!acceptsType(source, inbound)) return refusals.unsupportedType(parts, source, inbound);
  if (isEncoded(inbound)) return refusals.encoded(parts, source, inbound);
  const maxBytes = maxBytesOf(parts, source);
  if ((inbound.declared ?? 0) > maxBytes) return refusals.tooLarge(parts, source, inbound, maxBytes);
  const glanced = source.glance?.(inbound.headers);
  if (glanced) return refusals.notVerified(parts, source, inbound, requestOf(parts, inbound, NO_BODY), glanced);
  const twice = inbound.repeated(source.onceHeaders);
  return twice === null ? null : refusals.repeatedHeader(parts, source, inbound, twice);
}

async function read(
  parts: AcceptParts,
  source: Source,
  inbound: Inbound,
  sink: Sink,
  trust: Trust,
): Promise<Answer | null> {
  const end = await inbound.read(sink);
  switch (end) {
    case 'whole':
      return take(parts, source, inbound, sink.body(), trust);
    case 'aborted':
      return null;
    case 'too_large':
      return refusals.tooLarge(parts, source, inbound, maxBytesOf(parts, source));
    case 'over_budget':
      return refusals.overloaded(parts, source, inbound);
    case 'too_slow':
      return refusals.tooSlow(parts, source, inbound);
    case 'tiny_pieces':
      return refusals.tinyPieces(parts, source, inbound);
    case 'taken':
      return refusals.bodyTaken(parts, source, inbound);
  }
}

function maxBytesOf({ limits }: AcceptParts, { maxBodyBytes = limits.maxBodyBytes }: Source): number {
  return Math.min(maxBodyBytes, limits.maxBodyBytes);
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
