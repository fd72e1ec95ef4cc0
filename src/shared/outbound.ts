import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { redact } from './secrets/redact.ts';

/** What became of one outbound request. Reasons hold no secrets; what was answered may. */
export type OutboundResult =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  /** No byte of it has left: name not resolved, connection refused, or its departure was forbidden. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** It may have arrived: timed out, or the connection broke before the answer. */
  | { readonly kind: 'lost'; readonly reason: string };

/** What happens around the moment when a request leaves. */
export interface Departure {
  /**
   * Asked when the connection stands and nothing but the request is missing. What it answers in its last step is acted on in
   * the same turn: between its last look at a clock and the bytes in the socket nothing else runs.
   */
  mayLeave(): Promise<boolean>;
  /** Told in that turn, when the socket has the bytes. */
  hasLeft(): void;
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | undefined;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Buffer | undefined;
  readonly timeoutMs: number;
  /** Bytes of the answer that are read. Default 64 KiB. */
  readonly answerLimit?: number | undefined;
  /** How its bytes are read as text. `latin1`: one character each, of what is no text. Default `utf8`. */
  readonly answerEncoding?: 'utf8' | 'latin1' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Default: it may. */
  readonly departure?: Departure | undefined;
}

const ANSWER_LIMIT = 64 * 1024;

/**
 * One request out. Follows no redirects, reads at most `answerLimit`, never throws. Not by `fetch`, which does not say when
 * the bytes go.
 */
export async function request(outbound: OutboundRequest): Promise<OutboundResult> {
  const timeout = AbortSignal.timeout(outbound.timeoutMs);
  const signal = outbound.signal ? AbortSignal.any([outbound.signal, timeout]) : timeout;
  const way = { hasLeft: false };
  try {
    const answer = await exchange(outbound, signal, way);
    const { answerLimit = ANSWER_LIMIT, answerEncoding = 'utf8' } = outbound;
    const text = await readText(answer, answerLimit, answerEncoding);
    return { kind: 'answered', status: answer.statusCode ?? 0, headers: headersOf(answer), text };
  } catch (error) {
    const { hasLeft } = way;
    const kind = hasLeft ? 'lost' : 'unreachable';
    if (timeout.aborted) {
      return { kind, reason: `no ${hasLeft ? 'answer' : 'connection'} within ${outbound.timeoutMs / 1000} s` };
    }
    if (signal.aborted) return { kind, reason: `stopped before ${hasLeft ? 'the answer came' : 'anything was sent'}` };
    // Errors repeat addresses and headers that cannot be used.
    return { kind, reason: errorCode(error) ?? redact(error instanceof Error ? error.message : String(error)) };
  }
}

/** `fetch` itself, for GitHub's client: the same call, so that this stays the one place that calls out. */
export const outboundFetch: typeof fetch = (input, init) =>
  fetch(input, init).catch((error: unknown) => {
    if (error instanceof TypeError) error.message = redact(error.message);
    throw error;
  });

/** Resolves with the answer's head. `way` says, also after a rejection, whether the request has left. */
function exchange(
  { method = 'POST', url, headers = {}, body, departure }: OutboundRequest,
  signal: AbortSignal,
  way: { hasLeft: boolean },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const start = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = start(target, { method, headers: { 'user-agent': 'Tidings', ...headers } });
    const depart = async () => {
      const may = (await departure?.mayLeave()) ?? true;
      if (outgoing.destroyed) return;
      if (!may || signal.aborted) outgoing.destroy(new Error('not sent'));
      else {
        way.hasLeft = true;
        outgoing.end(body);
        departure?.hasLeft();
      }
    };
    giveUpAfter(signal, outgoing);
    outgoing.once('socket', (socket) => onceConnected(socket, () => void depart().catch((e) => outgoing.destroy(e))));
    outgoing.once('response', (answer) => {
      // A server that is tired of waiting may speak first. Its word answers nothing of ours.
      if (way.hasLeft) resolve(answer);
      else outgoing.destroy(new Error('answered before anything was sent'));
    });
    outgoing.on('error', reject);
    // An answer that switches protocols ends the connection, and is neither an answer nor an error.
    outgoing.once('close', () => reject(new Error('closed without an answer')));
  });
}

/**
 * After one more turn at the sockets: when a process was frozen, its timers ring before it has looked at the answer that
 * arrived meanwhile.
 */
function giveUpAfter(signal: AbortSignal, outgoing: ClientRequest): void {
  const giveUp = () => void setImmediate(() => outgoing.destroy(new Error('given up')));
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  outgoing.once('close', () => signal.removeEventListener('abort', giveUp));
}

/** One that is used again stands already; a new one when it is connected, over TLS when the handshake is done. */
function onceConnected(socket: Socket & { readonly secureConnecting?: boolean }, ready: () => void): void {
  const isTls = socket.secureConnecting !== undefined;
  const isPending = isTls ? socket.secureConnecting : socket.connecting;
  if (isPending) socket.once(isTls ? 'secureConnect' : 'connect', ready);
  else ready();
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}

async function readText(answer: IncomingMessage, limit: number, encoding: BufferEncoding): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks).toString(encoding, 0, Math.min(size, limit));
}

function errorCode(error: unknown): string | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return undefined;
}
