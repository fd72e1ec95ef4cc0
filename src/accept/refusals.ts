import type { NotNow, Refused, Source, SourceRequest, Unidentified } from '../model/source.ts';
import { suggest } from '../shared/suggest.ts';
import { type AcceptParts, maxBytesOf } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound, ReadEnd } from './inbound.ts';
import { printable } from './refusal-log.ts';
import { PREFIX, sourceName } from './webhook-path.ts';

/** Why a request is not taken. */
export type Refusal =
  /** What its source makes of it. */
  | Refused
  | Unidentified
  | NotNow
  | { readonly kind: 'unsupported_type' | 'encoded' | Exclude<ReadEnd, 'whole' | 'aborted'> }
  | { readonly kind: 'repeated_header'; readonly header: string };

/** Says no in two voices: a sentence for the operator's log, and the sender's answer. */
export function refuse(
  parts: AcceptParts,
  source: Source,
  inbound: Inbound,
  request: SourceRequest,
  refusal: Refusal,
): Answer {
  switch (refusal.kind) {
    case 'unsupported_type':
      return unsupportedType(parts, source, inbound);
    case 'encoded':
      return encoded(parts, source, inbound);
    case 'repeated_header':
      return repeatedHeader(parts, source, inbound, refusal.header);
    case 'too_large':
      return tooLarge(parts, source, inbound);
    case 'over_budget':
      return overloaded(parts, source, inbound);
    case 'too_slow':
      return tooSlow(parts, source, inbound);
    case 'tiny_pieces':
      return tinyPieces(parts, source, inbound);
    case 'taken':
      return bodyTaken(parts, source, inbound);
    case 'refused':
      return notVerified(parts, source, inbound, request, refusal);
    case 'unidentified':
      return unidentified(parts, source, inbound, refusal.missing);
    case 'not_now':
      return notNow(parts, source, inbound, refusal.reason);
  }
}

export function unknownSource({ refusalLog, sources }: AcceptParts, inbound: Inbound): Answer {
  refusalLog.refused('unknown', 'unknown_source', inbound, () => {
    const asked = printable(sourceName(inbound.url), 40);
    const near = suggest(asked, sources.keys());
    const known = [...sources.keys()].map((name) => PREFIX + name).join(', ') || 'none';
    return `no source is named "${asked}"${near ? `, did the sender mean ${PREFIX}${near}?` : ''} (addresses: ${known})`;
  });
  return answers.UNKNOWN_SOURCE;
}

function unsupportedType({ refusalLog }: AcceptParts, { name, contentTypes }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'unsupported', inbound, () => {
    const sent = printable(inbound.headers['content-type'] ?? 'none', 80);
    return `content type ${sent} is not one of ${contentTypes.join(', ')}: change it in the webhook's settings`;
  });
  return answers.unsupportedType(contentTypes);
}

function encoded({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'unsupported', inbound, () => {
    const encoding = printable(inbound.headers['content-encoding'] ?? '', 40);
    return `content encoding ${encoding}: bodies are taken as they were signed, and never unpacked`;
  });
  return answers.ENCODED;
}

function tooLarge(parts: AcceptParts, source: Source, inbound: Inbound): Answer {
  const maxBytes = maxBytesOf(parts, source);
  parts.refusalLog.refused(source.name, 'too_large', inbound, () => `a body of more than ${maxBytes} bytes`);
  return answers.tooLarge(maxBytes);
}

function repeatedHeader(
  { refusalLog }: AcceptParts,
  { name, challenge }: Source,
  inbound: Inbound,
  header: string,
): Answer {
  refusalLog.refused(name, 'repeated_header', inbound, () => {
    return `the header ${header} came more than once: a proxy doubled it, or the sender is not who it says it is`;
  });
  return answers.notVerified(challenge);
}

function overloaded({ refusalLog, budget, limits }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'overloaded', inbound, () => {
    return `${budget.usedBytes} of ${limits.maxInFlightBytes} bytes are in flight: the sender was told to try again`;
  });
  return answers.OVERLOADED;
}

function tooSlow({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'too_slow', inbound, () => 'a body that came too slowly was cut off');
  return answers.TOO_SLOW;
}

function tinyPieces({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'tiny_pieces', inbound, () => 'a body in more, and smaller, pieces than any honest one');
  return answers.TINY_PIECES;
}

function bodyTaken({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  const error = new Error('the body was read before Tidings got the request');
  const message = `${error.message}: its signature covers the raw bytes, so Tidings must come before any body parser`;
  refusalLog.failed(name, 'body_taken', inbound, error, message);
  return answers.BROKEN;
}

function notVerified(
  { refusalLog }: AcceptParts,
  source: Source,
  inbound: Inbound,
  request: SourceRequest,
  refused: Refused,
): Answer {
  refusalLog.refused(source.name, refused.cause, inbound, () => source.diagnose(request, refused));
  return answers.notVerified(source.challenge);
}

function unidentified({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound, missing: string): Answer {
  refusalLog.refused(name, 'unidentified', inbound, () => `correctly signed, but without the ${missing}`);
  return answers.unidentified(missing);
}

function notNow({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound, reason: string): Answer {
  refusalLog.refused(name, 'not_now', inbound, () => {
    return `the signature could not be checked now, and the sender was told to try again: ${reason}`;
  });
  return answers.NOT_NOW;
}

/** What anybody can send is never counted or logged as a fault of ours: that wakes people. */
export function unverifiable({ refusalLog }: AcceptParts, name: string, inbound: Inbound, error: unknown): Answer {
  const explain = () => `the signature could not be checked: ${String(error)}`;
  refusalLog.refused(name, 'unverifiable', inbound, explain, error);
  return answers.NOT_VERIFIED;
}
