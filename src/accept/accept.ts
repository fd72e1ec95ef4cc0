import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NewEvent } from '../model/event.ts';
import type { Headers } from '../model/headers.ts';
import { type Appended, InboxUnavailableError, type Intake } from '../model/inbox.ts';
import type { Source } from '../model/source.ts';
import type { Telemetry } from '../model/telemetry.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { suggest } from '../shared/suggest.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import { declaredLength, readBody } from './read-body.ts';
import { createRefusalLog, printable } from './refusal-log.ts';
import { respond } from './respond.ts';
import { createRoom, type Reservation } from './room.ts';
import { type ConfiguredSecrets, createSecretRotation } from './secret-rotation.ts';

export interface AcceptDeps {
  /** By name: the `<source>` of `/webhooks/<source>`. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly intake: Intake;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: {
    readonly maxBodyBytes: number;
    /** Bytes of all requests not answered yet. */
    readonly maxInFlightBytes: number;
  };
  /** Sources with more than one secret are told when an old one is no longer used. */
  readonly secrets?: ReadonlyMap<string, ConfiguredSecrets> | undefined;
  /** After the commit, before the answer. Its event's `body` may be gone already. Must not throw. */
  readonly onAccepted?: ((event: NewEvent, appended: Appended) => void) | undefined;
}

export interface Accept {
  /** Answers one request to `/webhooks/…`. Never throws, never rejects. Also takes 'checkContinue' requests. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  inFlightBytes(): number;
}

const PREFIX = '/webhooks/';

/** An answer, or null for a sender that went away. `source` is a configured name or `unknown`: it labels metrics. */
interface Verdict {
  readonly source: string;
  readonly answer: Answer | null;
}

export function createAccept(deps: AcceptDeps): Accept {
  const { sources, intake, telemetry, clock, log, limits } = deps;
  const room = createRoom(limits);
  const refusals = createRefusalLog(clock, log);
  const rotation = createSecretRotation(deps.secrets ?? new Map(), clock, log);
  const tooLarge = answers.tooLarge(limits.maxBodyBytes);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { source, answer } = await receive(request, response);
      telemetry.received(source, answer?.result ?? 'aborted');
      if (answer !== null) respond(request, response, answer, clock);
    } catch (error) {
      telemetry.received('unknown', answers.BROKEN.result);
      refusals.failed('unknown', 'bug', request, error, 'a webhook request met a bug of Tidings and was answered 500');
      if (response.headersSent) response.destroy();
      else respond(request, response, answers.BROKEN, clock);
    }
  }

  /** The story of one request. Every step that says no costs less than the next. */
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<Verdict> {
    const source = sources.get(sourceName(request.url ?? ''));
    const name = source?.name ?? 'unknown';
    const no = (answer: Answer | null): Verdict => ({ source: name, answer });

    if (request.method !== 'POST') return no(answers.METHOD_NOT_ALLOWED);
    if (source === undefined) return no(unknownSource(request));
    if (!acceptsType(source, request)) return no(unsupportedType(source, request));
    const declared = declaredLength(request);
    if (declared !== null && declared > limits.maxBodyBytes) return no(bodyTooLarge(source, request));
    const reservation = room.reserve(declared ?? 0);
    if (reservation === null) return no(overloaded(source, request));
    try {
      if (expectsContinue(request)) response.writeContinue();
      return no(await read(request, source, declared, reservation));
    } finally {
      reservation.release();
    }
  }

  async function read(
    request: IncomingMessage,
    source: Source,
    declared: number | null,
    reservation: Reservation,
  ): Promise<Answer | null> {
    const body = await readBody(request, declared, limits.maxBodyBytes, reservation);
    if (body === 'aborted') return null;
    if (body === 'too_large') return bodyTooLarge(source, request);
    if (body === 'no_room') return overloaded(source, request);
    return store(request, source, body);
  }

  /** From here on the request is in memory as a whole. */
  async function store(request: IncomingMessage, source: Source, body: Buffer): Promise<Answer> {
    const receivedAt = clock.now();
    // Only `set-cookie` ever arrives as a list, and no source reads it.
    const headers = request.headers as Headers;
    const verified = source.verify(headers, body);
    if (!verified.ok) {
      refusals.refused(source.name, verified.cause, request, () => source.diagnose(headers, body, verified));
      return answers.NOT_VERIFIED;
    }
    telemetry.verified(source.name, verified.secretNo);
    rotation.verified(source.name, verified.secretNo);
    const identity = source.identify(headers);
    if (!identity.ok) return missingHeader(source, request, identity.missing);

    const event: NewEvent = {
      source: source.name,
      deliveryId: identity.deliveryId,
      guid: identity.guid,
      type: identity.type,
      headers: allowed(source.storedHeaders, headers),
      body,
      receivedAt,
      secretNo: verified.secretNo,
    };
    return append(request, event);
  }

  async function append(request: IncomingMessage, event: NewEvent): Promise<Answer> {
    const begun = clock.monotonic();
    try {
      const appended = await intake.append(event);
      telemetry.appended((clock.monotonic() - begun) / 1000);
      deps.onAccepted?.(event, appended);
      return answers.stored(appended.status, appended.id);
    } catch (error) {
      if (!(error instanceof InboxUnavailableError)) throw error;
      const message = `an event could not be stored and its sender was told to try again: ${error.message}`;
      refusals.failed(event.source, 'unavailable', request, error, message);
      return answers.UNAVAILABLE;
    }
  }

  function unknownSource(request: IncomingMessage): Answer {
    refusals.refused('unknown', 'unknown_source', request, () => {
      const asked = printable(sourceName(request.url ?? ''), 40);
      const near = suggest(asked, sources.keys());
      const known = [...sources.keys()].map((name) => PREFIX + name).join(', ') || 'none';
      return `no source is named "${asked}"${near ? `, did the sender mean ${PREFIX}${near}?` : ''} (addresses: ${known})`;
    });
    return answers.UNKNOWN_SOURCE;
  }

  function unsupportedType(source: Source, request: IncomingMessage): Answer {
    refusals.refused(source.name, 'unsupported', request, () => {
      const sent = printable(request.headers['content-type'] ?? 'none', 80);
      return `content type ${sent} is not one of ${source.contentTypes.join(', ')}: change it in the webhook's settings`;
    });
    return answers.unsupportedType(source.contentTypes);
  }

  function bodyTooLarge(source: Source, request: IncomingMessage): Answer {
    refusals.refused(source.name, 'too_large', request, () => `a body of more than ${limits.maxBodyBytes} bytes`);
    return tooLarge;
  }

  function overloaded(source: Source, request: IncomingMessage): Answer {
    refusals.refused(source.name, 'overloaded', request, () => {
      return `${room.usedBytes()} of ${limits.maxInFlightBytes} bytes are in flight: the sender was told to try again`;
    });
    return answers.OVERLOADED;
  }

  function missingHeader(source: Source, request: IncomingMessage, header: string): Answer {
    refusals.refused(source.name, 'missing_header', request, () => `correctly signed, but without ${header}`);
    return answers.missingHeader(header);
  }

  return { handle, inFlightBytes: () => room.usedBytes() };
}

/** `/webhooks/github`, with a query or one trailing slash if need be. Names are plain: nothing is decoded. */
function sourceName(url: string): string {
  const query = url.indexOf('?');
  const end = query === -1 ? url.length : query;
  return url.slice(PREFIX.length, url[end - 1] === '/' ? end - 1 : end);
}

function acceptsType(source: Source, request: IncomingMessage): boolean {
  const type = request.headers['content-type'] ?? '';
  if (source.contentTypes.includes(type)) return true;
  return source.contentTypes.includes((type.split(';', 1)[0] ?? '').trim().toLowerCase());
}

/** HTTP/1.0 knows no interim answers. A server without a 'checkContinue' listener has sent it already; twice is legal. */
function expectsContinue(request: IncomingMessage): boolean {
  const { expect } = request.headers;
  return expect !== undefined && request.httpVersionMinor > 0 && /100-continue/i.test(expect);
}

function allowed(names: readonly string[], headers: Headers): Headers {
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
