import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../../src/shared/clock.ts';
import type { App } from './app.ts';
import { type Method, no, TIER } from './call.ts';
import { ACK_MS, type Attempted, type Retry, type Told, type Transport, within } from './deliveries.ts';
import { acceptUpgrade, type Peer } from './frames.ts';

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
const MOST_CONNECTIONS = 10;
const LIFE_S = 18_060;
const DEBUG_LIFE_S = 360;
/** How long before its end a connection is warned. */
const WARNING_MS = 10_000;
const PING_MS = 10_000;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface Connection {
  /** From 1, in the order of their opening. */
  readonly number: number;
  /** Envelopes it got, newest last. */
  readonly envelopes: readonly string[];
  readonly pongs: number;
  readonly isOpen: boolean;
  /** Says why; `warning` leaves it open. */
  disconnect(reason: DisconnectReason): void;
  /** Breaks without a word. */
  break(): void;
  /** Stays open, and nothing comes any more: no ping, no envelope that would be seen. */
  goSilent(): void;
}

type Ends = (result: Attempted) => void;
interface Live extends Connection {
  readonly peer: Peer;
  readonly envelopes: string[];
  readonly waiting: Map<string, Ends>;
  pongs: number;
  isOpen: boolean;
  isSilent: boolean;
}

export interface SocketModeOptions {
  readonly clock: Clock;
  /** `ws://127.0.0.1:<port>` */
  readonly origin: () => string;
  readonly violation: (why: string) => void;
  /** Which of the open connections gets the next envelope. Default: in turn. */
  readonly pick: ((open: readonly Connection[]) => Connection | undefined) | undefined;
  readonly changed: () => void;
}

/** The server's side of Socket Mode, of one app. */
export class SocketMode implements Transport {
  readonly connections: Live[] = [];
  /** No new ones. */
  isDisabled = false;
  /** Takes connections, and never says hello. */
  isMute = false;
  /** Copies of each envelope that is sent. 2: each comes twice. */
  copies = 1;
  /** So many acks that arrive next are lost on their way inside. */
  lostAcks = 0;
  readonly #options: SocketModeOptions;
  readonly #tickets = new Map<string, { readonly lifeMs: number }>();
  #numbers = 0;
  #turn = 0;

  constructor(options: SocketModeOptions) {
    this.#options = options;
  }

  /** apps.connections.open */
  get method(): Method {
    const run: Method['run'] = ({ app }) => {
      if (!app.appScopes.includes('connections:write')) {
        return no('missing_scope', { needed: 'connections:write', provided: app.appScopes.join(',') });
      }
      return this.isDisabled ? no('access_denied') : { ok: true, url: this.#ticketFor(app) };
    };
    return { perMinute: TIER.three, takesJson: true, isAppLevel: true, run };
  }

  open(): readonly Live[] {
    return this.connections.filter((each) => each.isOpen);
  }

  #ticketFor(app: App): string {
    this.#numbers++;
    const ticket = `ticket-${this.#numbers}`;
    this.#tickets.set(ticket, { lifeMs: LIFE_S * 1000 });
    return `${this.#options.origin()}/link/?ticket=${ticket}&app_id=${app.id}`;
  }

  /** The URL serves once; a second use is refused. */
  upgrade(incoming: IncomingMessage, socket: Duplex): void {
    const { searchParams } = new URL(incoming.url ?? '/', 'http://slack');
    const ticket = searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      this.#options.violation(`Socket Mode: ${ticket} was used before, or never given`);
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const seconds = searchParams.get('debug_reconnects') === 'true' ? DEBUG_LIFE_S : LIFE_S;
    const connection = this.#accept(incoming, socket);
    this.#hello(connection, searchParams.get('app_id') ?? '', seconds);
  }

  #accept(incoming: IncomingMessage, socket: Duplex): Live {
    const waiting = new Map<string, Ends>();
    const peer = acceptUpgrade(incoming, socket, {
      onText: (text) => {
        this.#acked(connection, text);
        this.#options.changed();
      },
      onPong: () => {
        connection.pongs++;
        this.#options.changed();
      },
      onEnd: () => {
        connection.isOpen = false;
        for (const end of waiting.values()) end({ kind: 'failed', reason: 'timeout' });
        waiting.clear();
        this.#options.changed();
      },
    });
    const connection: Live = {
      number: this.connections.length + 1,
      peer,
      waiting,
      envelopes: [],
      pongs: 0,
      isOpen: true,
      isSilent: false,
      disconnect: (reason) => {
        peer.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-of-tests' } }));
        if (reason === 'warning') return;
        connection.isOpen = false;
        peer.close(1000);
      },
      break: () => {
        connection.isOpen = false;
        peer.destroy();
      },
      goSilent: () => {
        connection.isSilent = true;
      },
    };
    this.connections.push(connection);
    return connection;
  }

  #hello(connection: Live, appId: string, seconds: number): void {
    const { clock, changed } = this.#options;
    const { length } = this.open();
    if (this.isMute) return changed();
    if (length > MOST_CONNECTIONS) return connection.disconnect('too_many_websockets');
    const debug_info = { host: 'applink-of-tests', build_number: 1, approximate_connection_time: seconds };
    const hello = { type: 'hello', num_connections: length, debug_info, connection_info: { app_id: appId } };
    connection.peer.send(JSON.stringify(hello));
    const ifOpen = (run: () => void) => () => connection.isOpen && !connection.isSilent && run();
    clock.after(
      seconds * 1000 - WARNING_MS,
      ifOpen(() => connection.disconnect('warning')),
    );
    clock.after(
      seconds * 1000,
      ifOpen(() => connection.disconnect('refresh_requested')),
    );
    const ping = ifOpen(() => {
      connection.peer.ping(`Ping from applink-of-tests ${connection.number}`);
      clock.after(PING_MS, ping);
    });
    clock.after(PING_MS, ping);
    changed();
  }

  #acked(connection: Live, text: string): void {
    const { violation } = this.#options;
    let ack: { readonly envelope_id?: unknown; readonly payload?: unknown };
    try {
      ack = JSON.parse(text) as typeof ack;
    } catch {
      return violation(`Socket Mode: an ack that is no JSON: ${text.slice(0, 80)}`);
    }
    const id = String(ack.envelope_id);
    if (!connection.envelopes.includes(id)) return violation(`Socket Mode: an ack of ${id}, which was not sent here`);
    if (this.lostAcks > 0) return void this.lostAcks--;
    connection.waiting.get(id)?.({ kind: 'acked', payload: ack.payload });
    connection.waiting.delete(id);
  }

  /** Any one of the open connections gets it. */
  attempt({ kind, payload }: Told, retry: Retry | null): Promise<Attempted> {
    const open = this.open();
    const { clock, pick, changed } = this.#options;
    const connection = pick ? this.connections.find((each) => each === pick(open)) : open[this.#turn++ % open.length];
    if (connection === undefined) return Promise.resolve({ kind: 'failed', reason: 'timeout' });
    this.#numbers++;
    const id = `envelope-${this.#numbers}`;
    const envelope = {
      envelope_id: id,
      type: kind,
      payload,
      accepts_response_payload: kind !== 'events_api',
      ...(retry && { retry_attempt: retry.number, retry_reason: retry.reason }),
    };
    const ended = Promise.withResolvers<Attempted>();
    connection.waiting.set(id, ended.resolve);
    connection.envelopes.push(id);
    if (!connection.isSilent) {
      for (let i = 0; i < this.copies; i++) connection.peer.send(JSON.stringify(envelope));
    }
    changed();
    return within(clock, ACK_MS, ended.promise, { kind: 'failed', reason: 'timeout' });
  }

  /** Somebody switches Socket Mode off. */
  disable(): void {
    this.isDisabled = true;
    for (const each of this.open()) each.disconnect('link_disabled');
  }
}
