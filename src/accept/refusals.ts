import type { Refused, Source, SourceRequest } from '../model/source.ts';
import { suggest } from '../shared/suggest.ts';
import type { AcceptParts } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound } from './inbound.ts';
import { printable } from './refusal-log.ts';
import { PREFIX, sourceName } from './webhook-path.ts';

// Each says no in two voices: a sentence for the operator's log, and the sender's answer.

export function unknownSource({ refusalLog, sources }: AcceptParts, inbound: Inbound): Answer {
  refusalLog.refused('unknown', 'unknown_source', inbound, () => {
    const asked = printable(sourceName(inbound.url), 40);
    const near = suggest(asked, sources.keys());
    const known = [...sources.keys()].map((name) => PREFIX + name).join(', ') || 'none';
    return `no source is named "${asked}"${near ? `, did the sender mean ${PREFIX}${near}?` : ''} (addresses: ${known})`;
  });
  return answers.UNKNOWN_SOURCE;
}

export function unsupportedType({ refusalLog }: AcceptParts, { name, contentTypes }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'unsupported', inbound, () => {
    const sent = printable(inbound.headers['content-type'] ?? 'none', 80);
    return `content type ${sent} is not one of ${contentTypes.join(', ')}: change it in the webhook's settings`;
  });
  return answers.unsupportedType(contentTypes);
}

export function encoded({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'unsupported', inbound, () => {
    const encoding = printable(inbound.headers['content-encoding'] ?? '', 40);
    return `content encoding ${encoding}: bodies are taken as they were signed, and never unpacked`;
  });
  return answers.ENCODED;
}

export function tooLarge({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound, maxBytes: number): Answer {
  refusalLog.refused(name, 'too_large', inbound, () => `a body of more than ${maxBytes} bytes`);
  return answers.tooLarge(maxBytes);
}

export function repeatedHeader(
  { refusalLog }: AcceptParts,
  { name }: Source,
  inbound: Inbound,
  header: string,
): Answer {
  refusalLog.refused(name, 'repeated_header', inbound, () => {
    return `the header ${header} came more than once: a proxy doubled it, or the sender is not who it says it is`;
  });
  return answers.NOT_VERIFIED;
}

export function overloaded({ refusalLog, budget, limits }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'overloaded', inbound, () => {
    return `${budget.usedBytes} of ${limits.maxInFlightBytes} bytes are in flight: the sender was told to try again`;
  });
  return answers.OVERLOADED;
}

export function tooSlow({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'too_slow', inbound, () => 'a body that came too slowly was cut off');
  return answers.TOO_SLOW;
}

export function tinyPieces({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  refusalLog.refused(name, 'tiny_pieces', inbound, () => 'a body in more, and smaller, pieces than any honest one');
  return answers.TINY_PIECES;
}

export function bodyTaken({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound): Answer {
  const error = new Error('the body was read before Tidings got the request');
  const message = `${error.message}: its signature covers the raw bytes, so Tidings must come before any body parser`;
  refusalLog.failed(name, 'body_taken', inbound, error, message);
  return answers.BROKEN;
}

export function notVerified(
  { refusalLog, clock }: AcceptParts,
  source: Source,
  inbound: Inbound,
  request: SourceRequest,
  refused: Refused,
): Answer {
  refusalLog.refused(source.name, refused.cause, inbound, () => {
    const why = source.diagnose(request, refused);
    if (refused.cause !== 'stale') return why;
    return `${why} The clock of this machine says ${new Date(clock.now()).toISOString()}: if that is off, set it.`;
  });
  return answers.NOT_VERIFIED;
}

export function unidentified({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound, missing: string): Answer {
  refusalLog.refused(name, 'unidentified', inbound, () => `correctly signed, but without the ${missing}`);
  return answers.unidentified(missing);
}

export function notNow({ refusalLog }: AcceptParts, { name }: Source, inbound: Inbound, reason: string): Answer {
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
