import type { NewEvent } from '../model/event.ts';
import type { Headers } from '../model/headers.ts';
import { type Appended, InboxUnavailableError, type Intake } from '../model/inbox.ts';
import type { Refusal, Source } from '../model/source.ts';
import type { Telemetry } from '../model/telemetry.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { release } from '../shared/release.ts';
import { suggest } from '../shared/suggest.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound, Sink } from './inbound.ts';
import { createRefusalLog, printable } from './refusal-log.ts';
import { createRoom } from './room.ts';
import { type ConfiguredSecrets, createSecretRotation } from './secret-rotation.ts';
import { createSink } from './sink.ts';

export interface AcceptDeps {
  /** By name: the `<source>` of `/webhooks/<source>`. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly intake: Intake;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: {
    readonly maxBodyBytes: number;
    /** Bytes held of all requests not answered yet. */
    readonly maxInFlightBytes: number;
  };
  /** Sources with more than one secret are told when an old one is no longer used. */
  readonly secrets?: ReadonlyMap<string, ConfiguredSecrets> | undefined;
  /** After the commit, before the answer. Its event's `body` is gone afterwards. Must not throw. */
  readonly onAccepted?: ((event: NewEvent, appended: Appended) => void) | undefined;
}

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

const PREFIX = '/webhooks/';

const NO_BODY = Buffer.alloc(0);

/** Whether the request in hand has shown that its sender has a secret. */
interface Trust {
  isVerified: boolean;
}

/**
 * What every edge shares: method → source → type → length → what the headers give away → body, as far as there is room →
 * signature → identity → commit → answer.
 */
export function createReception(deps: AcceptDeps): Reception {
  const { sources, intake, telemetry, clock, log, limits } = deps;
  const room = createRoom(limits, clock);
  const refusals = createRefusalLog(clock, log);
  const rotation = createSecretRotation(deps.secrets ?? new Map(), clock, log);
  const tooLarge = answers.tooLarge(limits.maxBodyBytes);

  async function receive(inbound: Inbound): Promise<Answer | null> {
    const source = sources.get(sourceName(inbound.url));
    const name = source?.name ?? 'unknown';
    const trust = { isVerified: false };
    try {
      const answer = await judge(inbound, source, trust);
      telemetry.received(name, answer?.result ?? 'aborted');
      return answer;
    } catch (error) {
      return trust.isVerified ? bug(inbound, error) : unverifiable(inbound, name, error);
    }
  }

  function bug(inbound: Inbound, error: unknown): Answer {
    telemetry.received('unknown', answers.BROKEN.result);
    broke(inbound, error);
    return answers.BROKEN;
  }

  /** What anybody can send is never counted or logged as a fault of ours: that wakes people. */
  function unverifiable(inbound: Inbound, name: string, error: unknown): Answer {
    telemetry.received(name, answers.NOT_VERIFIED.result);
    refusals.refused(
      name,
      'unverifiable',
      inbound,
      () => `the signature could not be checked: ${String(error)}`,
      error,
    );
    return answers.NOT_VERIFIED;
  }

  function broke(inbound: Inbound, error: unknown): void {
    refusals.failed('unknown', 'bug', inbound, error, 'a webhook request met a bug of Tidings and was answered 500');
  }

  /** The story of one inbound. Every step that says no costs less than the next. */
  async function judge(inbound: Inbound, source: Source | undefined, trust: Trust): Promise<Answer | null> {
    if (inbound.method !== 'POST') return answers.METHOD_NOT_ALLOWED;
    if (source === undefined) return unknownSource(inbound);
    if (!acceptsType(source, inbound)) return unsupportedType(source, inbound);
    if (isEncoded(inbound)) return encoded(source, inbound);
    if ((inbound.declared ?? 0) > limits.maxBodyBytes) return bodyTooLarge(source, inbound);
    const glanced = source.glance?.(inbound.headers);
    if (glanced) return notVerified(source, inbound, glanced, NO_BODY);
    const sink = createSink(inbound, limits.maxBodyBytes, room);
    try {
      return await read(inbound, source, sink, trust);
    } finally {
      sink.drop();
    }
  }

  async function read(inbound: Inbound, source: Source, sink: Sink, trust: Trust): Promise<Answer | null> {
    const end = await inbound.read(sink);
    switch (end) {
      case 'whole':
        return store(inbound, source, sink.body(), trust);
      case 'aborted':
        return null;
      case 'too_large':
        return bodyTooLarge(source, inbound);
      case 'no_room':
        return overloaded(source, inbound);
      case 'too_slow':
        return tooSlow(source, inbound);
      case 'crumbs':
        return crumbs(source, inbound);
      case 'taken':
        return bodyTaken(source, inbound);
    }
  }

  /** From here on the request is in memory as a whole. */
  async function store(inbound: Inbound, source: Source, body: Buffer, trust: Trust): Promise<Answer> {
    const receivedAt = clock.now();
    const { headers } = inbound;
    const verified = source.verify(headers, body);
    if (!verified.ok) return notVerified(source, inbound, verified, body);
    trust.isVerified = true;
    telemetry.verified(source.name, verified.secretNo);
    rotation.verified(source.name, verified.secretNo);
    const identity = source.identify(headers);
    if (!identity.ok) return missingHeader(source, inbound, identity.missing);

    const event: NewEvent = {
      origin: 'webhook',
      source: source.name,
      deliveryId: identity.deliveryId,
      guid: identity.guid,
      type: identity.type,
      headers: allowed(source.storedHeaders, headers),
      body,
      receivedAt,
      secretNo: verified.secretNo,
    };
    return append(inbound, event);
  }

  async function append(inbound: Inbound, event: NewEvent): Promise<Answer> {
    const begun = clock.monotonic();
    try {
      const appended = await intake.append(event);
      telemetry.appended((clock.monotonic() - begun) / 1000);
      deps.onAccepted?.(event, appended);
      return answers.stored(appended.status, appended.id);
    } catch (error) {
      if (!(error instanceof InboxUnavailableError)) throw error;
      const message = `an event could not be stored and its sender was told to try again: ${error.message}`;
      refusals.failed(event.source, 'unavailable', inbound, error, message);
      return answers.UNAVAILABLE;
    } finally {
      release(event.body);
    }
  }

  function notVerified(source: Source, inbound: Inbound, refusal: Refusal, body: Buffer): Answer {
    refusals.refused(source.name, refusal.cause, inbound, () => source.diagnose(inbound.headers, body, refusal));
    release(body);
    return answers.NOT_VERIFIED;
  }

  function unknownSource(inbound: Inbound): Answer {
    refusals.refused('unknown', 'unknown_source', inbound, () => {
      const asked = printable(sourceName(inbound.url), 40);
      const near = suggest(asked, sources.keys());
      const known = [...sources.keys()].map((name) => PREFIX + name).join(', ') || 'none';
      return `no source is named "${asked}"${near ? `, did the sender mean ${PREFIX}${near}?` : ''} (addresses: ${known})`;
    });
    return answers.UNKNOWN_SOURCE;
  }

  function unsupportedType(source: Source, inbound: Inbound): Answer {
    refusals.refused(source.name, 'unsupported', inbound, () => {
      const sent = printable(inbound.headers['content-type'] ?? 'none', 80);
      return `content type ${sent} is not one of ${source.contentTypes.join(', ')}: change it in the webhook's settings`;
    });
    return answers.unsupportedType(source.contentTypes);
  }

  function encoded(source: Source, inbound: Inbound): Answer {
    refusals.refused(source.name, 'unsupported', inbound, () => {
      const encoding = printable(inbound.headers['content-encoding'] ?? '', 40);
      return `content encoding ${encoding}: bodies are taken as they were signed, and never unpacked`;
    });
    return answers.ENCODED;
  }

  function bodyTooLarge(source: Source, inbound: Inbound): Answer {
    refusals.refused(source.name, 'too_large', inbound, () => `a body of more than ${limits.maxBodyBytes} bytes`);
    return tooLarge;
  }

  function overloaded(source: Source, inbound: Inbound): Answer {
    refusals.refused(source.name, 'overloaded', inbound, () => {
      return `${room.usedBytes()} of ${limits.maxInFlightBytes} bytes are in flight: the sender was told to try again`;
    });
    return answers.OVERLOADED;
  }

  function tooSlow(source: Source, inbound: Inbound): Answer {
    refusals.refused(source.name, 'too_slow', inbound, () => 'a body that came too slowly was cut off');
    return answers.TOO_SLOW;
  }

  function crumbs(source: Source, inbound: Inbound): Answer {
    refusals.refused(source.name, 'crumbs', inbound, () => 'a body in more, and smaller, pieces than any honest one');
    return answers.CRUMBS;
  }

  function missingHeader(source: Source, inbound: Inbound, header: string): Answer {
    refusals.refused(source.name, 'missing_header', inbound, () => `correctly signed, but without ${header}`);
    return answers.missingHeader(header);
  }

  function bodyTaken(source: Source, inbound: Inbound): Answer {
    const error = new Error('the body was read before Tidings got the request');
    const message = `${error.message}: its signature covers the raw bytes, so Tidings must come before any body parser`;
    refusals.failed(source.name, 'body_taken', inbound, error, message);
    return answers.BROKEN;
  }

  return { receive, broke, inFlightBytes: () => room.usedBytes() };
}

/** `/webhooks/github`, with a query or one trailing slash if need be. Names are plain: nothing is decoded. */
function sourceName(url: string): string {
  if (!url.startsWith(PREFIX)) return '';
  const query = url.indexOf('?');
  const end = query === -1 ? url.length : query;
  return url.slice(PREFIX.length, url[end - 1] === '/' ? end - 1 : end);
}

function acceptsType(source: Source, inbound: Inbound): boolean {
  const type = inbound.headers['content-type'] ?? '';
  if (source.contentTypes.includes(type)) return true;
  return source.contentTypes.includes((type.split(';', 1)[0] ?? '').trim().toLowerCase());
}

/** GitHub encodes nothing, and what unpacks strangers' bodies can be made to fill the memory. */
function isEncoded({ headers }: Inbound): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding.toLowerCase() !== 'identity';
}

function allowed(names: readonly string[], headers: Headers): Headers {
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
