import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Headers } from '../model/headers.ts';
import type { Clock } from '../shared/clock.ts';
import type { CalledAs, Inbound, ReadEnd, Sink, SinkStop } from './inbound.ts';
import type { Reception } from './reception.ts';
import { respond } from './respond.ts';

/** The story behind node:http. Never throws, never rejects. */
export async function handleNode(
  reception: Reception,
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
  calledAs?: CalledAs,
): Promise<void> {
  const inbound = new NodeInbound(request, response, calledAs);
  const answer = await reception.receive(inbound);
  if (answer === null) return;
  try {
    respond(request, response, answer, clock);
  } catch (error) {
    reception.broke(inbound, error);
    response.destroy();
  }
}

/** A class, so that what most requests never ask for (the address) costs nothing. */
class NodeInbound implements Inbound {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly method: string | undefined;
  readonly url: string;
  readonly calledUrl: string | null;
  readonly headers: Headers;
  readonly declared: number | null;
  readonly isFramed = true;

  constructor(request: IncomingMessage, response: ServerResponse, calledAs?: CalledAs) {
    this.#request = request;
    this.#response = response;
    this.method = request.method;
    this.url = request.url ?? '';
    this.calledUrl = calledAs?.(this.url) ?? null;
    this.headers = request.headers as Headers;
    this.declared = declaredLength(request);
  }

  /** What node:http makes of two headers of one name (joined, or the first alone) does not show that there were two. */
  repeated(names: readonly string[]): string | null {
    const { rawHeaders } = this.#request;
    return names.find((name) => timesIn(rawHeaders, name) > 1) ?? null;
  }

  get from(): string | undefined {
    return this.#request.socket.remoteAddress;
  }

  read(sink: Sink): Promise<ReadEnd> {
    if (expectsContinue(this.#request)) this.#response.writeContinue();
    return readInto(sink, this.#request);
  }
}

/** `rawHeaders`: names and values in turn. */
function timesIn(rawHeaders: readonly string[], name: string): number {
  let times = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const sent = rawHeaders[i] as string;
    if (sent.length === name.length && sent.toLowerCase() === name) times += 1;
  }
  return times;
}

function declaredLength({ headers }: IncomingMessage): number | null {
  if (headers['transfer-encoding'] !== undefined) return null;
  // node:http has already refused anything but digits, and a length together with chunks.
  return Number(headers['content-length'] ?? 0);
}

/** HTTP/1.0 knows no interim answers. A server without a 'checkContinue' listener has sent it already; twice is legal. */
function expectsContinue(request: IncomingMessage): boolean {
  const { expect } = request.headers;
  return expect !== undefined && request.httpVersionMinor > 0 && /100-continue/i.test(expect);
}

/** Stops gathering at the first byte that does not go in. */
function readInto(sink: Sink, request: IncomingMessage): Promise<ReadEnd> {
  // Its 'end' would never come: a body parser in front of us has had it.
  if (request.readableDidRead) return Promise.resolve('taken');
  return new Promise((resolve) => {
    const stop = (why: SinkStop): void => {
      // What comes from now on is dropped, while the sender is being answered.
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(why);
    };
    const onData = (chunk: Buffer): void => {
      const why = sink.add(chunk);
      if (why !== undefined) stop(why);
    };
    const onEnd = (): void => resolve('whole');
    // After 'end' this changes nothing; before it, the sender went away or a timeout of the server cut it off.
    const onClose = (): void => resolve('aborted');
    request.on('data', onData).on('end', onEnd).on('close', onClose);
    sink.onCutOff(stop);
  });
}
