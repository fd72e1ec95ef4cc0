import type { ListenContext } from '../../../model/listen/listen-context.ts';
import { bodyOrNull, type Payload } from '../../../shared/payload.ts';
import type { Secret } from '../../../shared/secret.ts';
import { type OpenWebSocket, openWebSocket } from '../../../shared/web-socket/web-socket.ts';
import { envelopeIdOf, heardIn } from './heard.ts';
import { refusalWords } from './open-url.ts';

const OPEN_MS = 10_000;
/** From the open connection to Slack's hello. */
const HELLO_MS = 15_000;

/**
 * Slack pings every few seconds, and its own library holds a connection for dead after 30 s without. Counted in looks, not in time: a
 * process that was frozen, or a clock that was set, makes one look late, and what came meanwhile is read before the next.
 */
const LOOK_MS = 10_000;
const SILENT_LOOKS = 4;

/** A body may have 1 MiB over HTTP. */
const MAX_BYTES = 2 * 1024 * 1024;
/** What is not stored yet. Above it Slack has to wait. */
const MAX_IN_HAND_BYTES = 8 * 1024 * 1024;

/** How long one that is replaced stays: Slack closes it within 10 s of its warning. */
const LINGER_MS = 15_000;
/** How long what is in hand may take to be stored and acked, once it is over. */
const FINISH_MS = 1_500;

/** A flood of nonsense must not fill the disk with logs. */
const LOG_EVERY = 1_000;

/**
 * refresh  Slack will end it soon, and wants another one opened before
 * ended    it is gone
 * stopped  Slack wants none, until somebody does something
 */
export type Leaving = { readonly kind: 'refresh' } | { readonly kind: 'ended' | 'stopped'; readonly reason: string };

/** A connection of Socket Mode, from its hello on. What it brings is kept, and acked once it is. */
export interface Connection {
  /** The first reason to look for another one. */
  readonly leaving: Promise<Leaving>;
  readonly isOpen: boolean;
  /** Another one stands: what still comes here is kept, until Slack closes it or for a while. */
  retire(): void;
  /** Finishes what is in hand. Resolves within two seconds. */
  drop(): Promise<void>;
}

export type Connecting =
  | { readonly kind: 'connected'; readonly connection: Connection }
  | { readonly kind: 'failed' | 'stopped'; readonly reason: string };

/** Opens it and waits for Slack's hello. */
export async function connect(context: ListenContext, url: Secret): Promise<Connecting> {
  const opened = await openWebSocket({ url, timeoutMs: OPEN_MS, maxBytes: MAX_BYTES, signal: context.signal });
  if (opened.kind === 'failed') return { kind: 'failed', reason: `no connection to Slack: ${opened.reason}` };
  const connection = new SocketConnection(context, opened.socket);
  const left = await connection.greeted();
  if (left === null) return { kind: 'connected', connection };
  await connection.drop();
  return left.kind === 'refresh' ? { kind: 'failed', reason: 'Slack ended it at once' } : failed(left);
}

function failed({ kind, reason }: Exclude<Leaving, { kind: 'refresh' }>): Connecting {
  return { kind: kind === 'ended' ? 'failed' : 'stopped', reason };
}

class SocketConnection implements Connection {
  readonly #context: ListenContext;
  readonly #socket: OpenWebSocket;
  readonly #hello = Promise.withResolvers<null>();
  readonly #leaving = Promise.withResolvers<Leaving>();
  readonly #timers = new Set<() => void>();
  #isOpen = true;
  #isHeard = true;
  #silentLooks = 0;
  #inHandBytes = 0;
  #inHand = 0;
  #leftOut = 0;
  #whenFinished: (() => void) | null = null;
  #dropped: Promise<void> | null = null;

  constructor(context: ListenContext, socket: OpenWebSocket) {
    this.#context = context;
    this.#socket = socket;
    this.#after(LOOK_MS, () => this.#look());
    socket.read({
      onText: (text) => this.#take(text),
      onPing: () => void (this.#isHeard = true),
      onEnd: (reason) => this.#end(reason),
    });
  }

  get leaving(): Promise<Leaving> {
    return this.#leaving.promise;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Null: Slack has said hello. */
  async greeted(): Promise<Leaving | null> {
    const cancel = this.#after(HELLO_MS, () => this.#leave({ kind: 'ended', reason: 'Slack did not say hello' }));
    const stop = () => this.#leave({ kind: 'ended', reason: 'stopped' });
    this.#context.signal.addEventListener('abort', stop, { once: true });
    if (this.#context.signal.aborted) stop();
    const found = await Promise.race([this.#hello.promise, this.leaving]);
    this.#context.signal.removeEventListener('abort', stop);
    cancel();
    return found;
  }

  retire(): void {
    this.#after(LINGER_MS, () => void this.drop());
  }

  drop(): Promise<void> {
    return (this.#dropped ??= this.#finish());
  }

  async #finish(): Promise<void> {
    // What is not read is not acked, and comes again on another one.
    this.#socket.pause();
    if (this.#inHand > 0 && this.#isOpen) {
      const finished = Promise.withResolvers<void>();
      this.#whenFinished = finished.resolve;
      const cancel = this.#after(FINISH_MS, finished.resolve);
      await finished.promise;
      cancel();
    }
    this.#socket.close();
    this.#end('closed');
  }

  #take(text: string): void {
    this.#isHeard = true;
    const message = bodyOrNull(Buffer.from(text));
    if (message === null) return this.#leaveOut('what is no JSON object');
    switch (message['type']) {
      case 'hello':
        return this.#hello.resolve(null);
      case 'disconnect':
        return this.#leave(leavingFor(message['reason']));
      default:
        void this.#keep(message, text.length);
    }
  }

  /** Stored, then acked. */
  async #keep(envelope: Payload, bytes: number): Promise<void> {
    const id = envelopeIdOf(envelope);
    const event = heardIn(envelope);
    if (id === null || event === null) return this.#leaveOut('an envelope that does not say what it is');
    this.#inHand++;
    this.#inHandBytes += bytes;
    if (this.#inHandBytes > MAX_IN_HAND_BYTES) this.#socket.pause();
    const kept = await this.#context.keep(event);
    if (kept !== 'unavailable') this.#socket.send(JSON.stringify({ envelope_id: id }));
    this.#inHand--;
    this.#inHandBytes -= bytes;
    if (this.#whenFinished === null && this.#inHandBytes <= MAX_IN_HAND_BYTES / 2) this.#socket.resume();
    else if (this.#inHand === 0) this.#whenFinished?.();
  }

  /** As over HTTP, where it is answered 400. */
  #leaveOut(what: string): void {
    if (this.#leftOut++ % LOG_EVERY === 0) this.#context.log.warn(`Slack sent ${what}: it is left out, and not acked`);
  }

  #look(): void {
    // Who does not read cannot hear.
    const isHeard = this.#isHeard || this.#inHandBytes > MAX_IN_HAND_BYTES / 2;
    this.#silentLooks = isHeard ? 0 : this.#silentLooks + 1;
    this.#isHeard = false;
    if (this.#silentLooks >= SILENT_LOOKS) {
      this.#leave({ kind: 'ended', reason: 'Slack fell silent' });
      void this.drop();
    } else this.#after(LOOK_MS, () => this.#look());
  }

  #leave(leaving: Leaving): void {
    this.#leaving.resolve(leaving);
  }

  #end(reason: string): void {
    this.#isOpen = false;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#whenFinished?.();
    this.#leave({ kind: 'ended', reason: `the connection ended: ${reason}` });
  }

  #after(ms: number, fire: () => void): () => void {
    if (!this.#isOpen) return () => undefined;
    const cancel = this.#context.clock.after(ms, () => {
      this.#timers.delete(cancel);
      fire();
    });
    this.#timers.add(cancel);
    return cancel;
  }
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
function leavingFor(reason: unknown): Leaving {
  if (reason === 'warning' || reason === 'refresh_requested') return { kind: 'refresh' };
  if (reason === 'link_disabled' || reason === 'too_many_websockets') {
    return { kind: 'stopped', reason: refusalWords(reason) };
  }
  return { kind: 'ended', reason: 'Slack ended the connection' };
}
