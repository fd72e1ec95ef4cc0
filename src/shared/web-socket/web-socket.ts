import type { ClientOptions, WebSocket } from 'ws';
import type { Secret } from '../secret.ts';
import { without } from '../secrets/redact.ts';

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
  /** While it is paused nothing more is read than has come, and the sender has to wait. */
  pause(): void;
  resume(): void;
  /** Says so to the other side, and waits no longer than a second for its word. Nothing is read any more. */
  close(): void;
}

/**
 * A WebSocket as a client. Follows no redirect, never throws. By `ws`, not the platform's own: that one cannot be dropped where the other
 * side is silent, nor made to wait, reads up to 128 MiB for one message, and does not say why it could not connect.
 */
export async function openWebSocket({
  url: secret,
  timeoutMs,
  maxBytes,
  signal,
}: WebSocketRequest): Promise<WebSocketResult> {
  const url = URL.parse(secret.reveal());
  const problem = url === null ? 'it is no address' : addressProblem(url);
  if (url === null || problem !== null) return { kind: 'failed', reason: problem ?? '' };
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  // Most have no source that listens: loaded with the first that does.
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(url, optionsFor(maxBytes));
  try {
    await opened(socket, either);
    return { kind: 'open', socket: openOn(socket, maxBytes) };
  } catch (error) {
    if (timeout.aborted) return { kind: 'failed', reason: `no connection within ${timeoutMs / 1000} s` };
    if (either.aborted) return { kind: 'failed', reason: 'stopped' };
    return { kind: 'failed', reason: without(reasonOf(error), url.href) };
  }
}

/** `closeTimeout` is known to `ws` since 8.19, and not yet to its types. */
function optionsFor(maxPayload: number): ClientOptions & { readonly closeTimeout: number } {
  return { maxPayload, closeTimeout: CLOSE_MS, perMessageDeflate: false, headers: { 'user-agent': 'Tidings' } };
}

function addressProblem({ protocol, hostname }: URL): string | null {
  if (protocol === 'wss:') return null;
  if (protocol !== 'ws:') return 'its address is none of a WebSocket';
  return /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname) ? null : 'its address is not encrypted (ws:)';
}

/** Paused, so that nothing comes before somebody reads. */
function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => socket.terminate();
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    socket.once('open', () => {
      signal.removeEventListener('abort', giveUp);
      socket.pause();
      resolve();
    });
    // Stays: an error that nobody hears would end the process.
    socket.on('error', reject);
    socket.once('unexpected-response', (outgoing, { statusCode }) => {
      outgoing.destroy();
      reject(new Error(`answered ${statusCode}, not as a WebSocket does`));
    });
  });
}

function openOn(socket: WebSocket, maxBytes: number): OpenWebSocket {
  let why: string | null = null;
  return {
    read({ onText, onPing, onEnd }) {
      socket.on('message', (data, isBinary) => {
        if (why === null && !isBinary && Buffer.isBuffer(data)) onText(data.toString());
      });
      socket.on('ping', onPing);
      socket.on('error', (error) => (why ??= `the other side sent ${faultOf(error, maxBytes)}`));
      socket.once('close', (code) => onEnd(why ?? ended(code)));
      socket.resume();
    },
    send: (text) => {
      if (why === null && socket.readyState === socket.OPEN) socket.send(text, () => undefined);
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close() {
      if (why !== null) return;
      why = 'closed';
      socket.close(1000);
      // Its word has to be read.
      socket.resume();
    },
  };
}

/** https://github.com/websockets/ws/blob/master/doc/ws.md#error-codes */
function faultOf(error: Error, maxBytes: number): string {
  const code = reasonOf(error);
  return code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
    ? `a message of more than ${maxBytes} bytes`
    : `what it may not (${code})`;
}

/** 1006: without a word, https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5 */
function ended(code: number): string {
  if (code === 1006) return 'the connection broke';
  return code === 1005 ? 'closed by the other side' : `closed by the other side (${code})`;
}

/** Errors of connections repeat addresses; their codes do not. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
