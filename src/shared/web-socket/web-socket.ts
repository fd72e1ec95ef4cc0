import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Secret } from '../secret.ts';
import { without } from '../secrets/redact.ts';
import { FrameError, FrameReader, frameOf, OPCODE, type WireMessage } from './frames.ts';

/** https://www.rfc-editor.org/rfc/rfc6455#section-1.3 */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** How long the other side may take to close what we have closed. */
const CLOSE_MS = 1_000;

export interface WebSocketRequest {
  /** `wss:`; `ws:` only at this machine. A secret: such addresses hold tickets. */
  readonly url: Secret;
  /** Until the connection stands. */
  readonly timeoutMs: number;
  /** Of one message. What is larger ends the connection. */
  readonly maxBytes: number;
  /** Ends the opening, not what has been opened. */
  readonly signal?: AbortSignal | undefined;
}

/** Reasons hold no secrets. */
export type WebSocketResult =
  | { readonly kind: 'open'; readonly socket: OpenWebSocket }
  | { readonly kind: 'failed'; readonly reason: string };

export interface WebSocketEvents {
  onText(text: string): void;
  /** The other side lives. It is answered already. */
  onPing(): void;
  /** Once, however it ended; nothing comes after it. */
  onEnd(reason: string): void;
}

export interface OpenWebSocket {
  /** Begins to read. Once only. */
  read(events: WebSocketEvents): void;
  /** What is sent to one that has ended is lost. */
  send(text: string): void;
  /** While it is paused nothing is read, and the sender has to wait. */
  pause(): void;
  resume(): void;
  /** Says so to the other side, and waits no longer than a second for its word. Nothing is read any more. */
  close(): void;
}

/**
 * A WebSocket as a client, https://www.rfc-editor.org/rfc/rfc6455, without extensions and subprotocols. Follows no redirect, never
 * throws. Not the platform's own: that one cannot be dropped where the other side is silent, nor made to wait, reads up to 128 MiB
 * for one message, and does not say why it could not connect.
 */
export async function openWebSocket(wanted: WebSocketRequest): Promise<WebSocketResult> {
  const timeout = AbortSignal.timeout(wanted.timeoutMs);
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, timeout]) : timeout;
  const url = URL.parse(wanted.url.reveal());
  const problem = url === null ? 'it is no address' : addressProblem(url);
  if (url === null || problem !== null) return { kind: 'failed', reason: problem ?? '' };
  try {
    const { socket, head } = await upgraded(url, signal);
    return { kind: 'open', socket: openOn(socket, head, wanted.maxBytes) };
  } catch (error) {
    if (timeout.aborted) return { kind: 'failed', reason: `no connection within ${wanted.timeoutMs / 1000} s` };
    if (signal.aborted) return { kind: 'failed', reason: 'stopped' };
    return { kind: 'failed', reason: without(reasonOf(error), url.href) };
  }
}

function addressProblem({ protocol, hostname }: URL): string | null {
  if (protocol === 'wss:') return null;
  if (protocol !== 'ws:') return 'its address is none of a WebSocket';
  return /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname) ? null : 'its address is not encrypted (ws:)';
}

interface Upgraded {
  readonly socket: Duplex;
  /** What came with the answer. */
  readonly head: Buffer;
}

function upgraded(url: URL, signal: AbortSignal): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    const key = randomBytes(16).toString('base64');
    const start = url.protocol === 'wss:' ? httpsRequest : httpRequest;
    const headers = {
      'user-agent': 'Tidings',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
    };
    // A connection of its own: it is nobody's to be used again.
    const outgoing = start(targetOf(url), { headers, agent: false, signal });
    outgoing.once('upgrade', (answer, socket, head) => {
      if (isAccepted(answer, key)) return resolve({ socket, head });
      socket.destroy();
      reject(new Error('answered, but not as a WebSocket does'));
    });
    outgoing.once('response', (answer) => {
      outgoing.destroy();
      reject(new Error(`answered ${answer.statusCode}, not as a WebSocket does`));
    });
    outgoing.on('error', reject);
    outgoing.once('close', () => reject(new Error('closed without an answer')));
    outgoing.end();
  });
}

function targetOf(url: URL): string {
  return url.href.replace(/^ws/, 'http');
}

function isAccepted({ headers }: IncomingMessage, key: string): boolean {
  const wanted = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  const isExtended =
    headers['sec-websocket-extensions'] !== undefined || headers['sec-websocket-protocol'] !== undefined;
  return headers['sec-websocket-accept'] === wanted && headers.upgrade?.toLowerCase() === 'websocket' && !isExtended;
}

function openOn(socket: Duplex, head: Buffer, maxBytes: number): OpenWebSocket {
  const reader = new FrameReader(maxBytes);
  let events: WebSocketEvents | null = null;
  let why: string | null = null;
  let isPaused = false;

  function send(opcode: number, data: Buffer): void {
    if (socket.writable) socket.write(frameOf(opcode, data));
  }

  /** Our last word; the other side's is not waited for long. */
  function leave(code: number, reason: string): void {
    if (why !== null) return;
    why = reason;
    const data = Buffer.alloc(2);
    data.writeUInt16BE(code);
    send(OPCODE.close, data);
    socket.end();
    setTimeout(() => socket.destroy(), CLOSE_MS).unref();
    // What still comes is not read, but must not hold up the end.
    socket.resume();
  }

  function take({ opcode, data }: WireMessage): void {
    if (opcode === OPCODE.text) events?.onText(data.toString('utf8'));
    else if (opcode === OPCODE.ping) {
      send(OPCODE.pong, data);
      events?.onPing();
    } else if (opcode === OPCODE.close) {
      const code = data.length >= 2 ? data.readUInt16BE(0) : null;
      leave(1000, code === null ? 'closed by the other side' : `closed by the other side (${code})`);
    }
  }

  /** As far as it may: whoever takes one message may ask for a pause before the next. */
  function readOn(): void {
    try {
      for (let message = nextOf(); message !== null; message = nextOf()) take(message);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      leave(error.code, `the other side sent ${error.message}`);
    }
  }

  function nextOf(): WireMessage | null {
    return why === null && !isPaused ? reader.next() : null;
  }

  return {
    read(given) {
      events = given;
      socket.on('data', (chunk: Buffer) => {
        if (why !== null) return;
        reader.push(chunk);
        readOn();
      });
      socket.on('end', () => socket.end());
      socket.on('error', (error) => (why ??= reasonOf(error)));
      socket.once('close', () => given.onEnd(why ?? 'the connection broke'));
      reader.push(head);
      setImmediate(readOn);
    },
    send: (text) => {
      if (why === null) send(OPCODE.text, Buffer.from(text));
    },
    pause() {
      isPaused = true;
      socket.pause();
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      readOn();
      if (!isPaused) socket.resume();
    },
    close: () => leave(1000, 'closed'),
  };
}

/** Errors of connections repeat addresses; their codes do not. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
