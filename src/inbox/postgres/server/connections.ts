import { Socket } from 'node:net';
import pg from 'pg';
import type { Secret } from '../../../shared/secret.ts';
import { hasLostServer } from './errors.ts';
import { configsOf, firstThatWrites } from './hosts.ts';

/** One process needs few: an append at a time, the expander, a statement for each lane that begins or ends an attempt. */
const POOL_SIZE = 10;
const IDLE_MS = 30_000;
const CLOSE_TIMEOUT_MS = 1_500;
/** After all hosts were asked in vain, whoever asks meanwhile gets that answer. */
const CALM_MS = 200;

/** Known to errors.ts. */
const CLOSED = 'Client was closed';

/** The server in use. */
export interface Server {
  readonly pool: pg.Pool;
  /** A connection of its own, not of the pool. */
  readonly connect: () => Promise<pg.Client>;
}

/** Connections to the one server of an address that takes writes. */
export interface Connections {
  /** The hosts are asked when there is none in use. @throws InboxUnavailableError; Error of `pg` */
  readonly server: () => Promise<Server>;
  /** Told what went wrong on `server`. If it is away, or takes no writes any more, it is left with all its connections. */
  failed(server: Server, error: unknown): void;
  /** Called whenever a server was left: the next one may know less than it did. */
  onLeft(listener: () => void): void;
  /** Within 2 s, also when the server hangs. */
  close(): Promise<void>;
}

/** Connects when it is first asked. */
export function openConnections(url: Secret, place: string): Connections {
  const open = keeper();
  const listeners = new Set<() => void>();
  let chosen: Promise<Server> | undefined;
  let inUse: { readonly server: Server; readonly dedicated: Set<pg.Client> } | undefined;

  async function choose(): Promise<Server> {
    const config = await firstThatWrites(configsOf(url, open.socket), place);
    const pool = open.pool(config);
    const dedicated = new Set<pg.Client>();
    const server: Server = { pool, connect: () => connectAlone(config, dedicated) };
    inUse = { server, dedicated };
    // Nobody asked anything of this connection: who is asked next may be another server, or the same after a crash.
    pool.on('error', () => server === inUse?.server && leave());
    return server;
  }

  function leave(): void {
    const left = inUse;
    chosen = inUse = undefined;
    if (left === undefined) return;
    // Who is in the middle of something there may finish it.
    void open.end(left.server.pool);
    for (const client of left.dedicated) client.end().catch(() => undefined);
    for (const listener of listeners) listener();
  }

  return {
    server() {
      if (chosen !== undefined) return chosen;
      const choice = choose();
      chosen = choice;
      choice.catch(() => setTimeout(() => chosen === choice && leave(), CALM_MS).unref());
      return choice;
    },
    failed(server, error) {
      if (server === inUse?.server && hasLostServer(error)) leave();
    },
    onLeft: (listener) => void listeners.add(listener),
    close: open.close,
  };
}

/**
 * What is open, and ends with it. Every socket is kept while it is open, to be cut: a server that hangs does not answer a
 * goodbye.
 */
function keeper() {
  const sockets = new Set<Socket>();
  /** Each pool that has not ended, and its end once it was asked to. */
  const pools = new Map<pg.Pool, Promise<void> | null>();
  let closed = false;

  async function end(pool: pg.Pool): Promise<void> {
    // Who closed it may hear only afterwards that the server was lost.
    if (!pools.has(pool)) return;
    const ended = pools.get(pool) ?? pool.end();
    pools.set(pool, ended);
    await ended;
    pools.delete(pool);
  }

  return {
    end,
    socket(): Socket {
      if (closed) throw new Error(CLOSED);
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
    pool(config: pg.ClientConfig): pg.Pool {
      if (closed) throw new Error(CLOSED);
      const pool = new pg.Pool({ ...config, max: POOL_SIZE, idleTimeoutMillis: IDLE_MS, allowExitOnIdle: true });
      // What happens to a connection is told by the query on it, or matters to nobody.
      pool.on('connect', (client) => client.on('error', () => undefined));
      pools.set(pool, null);
      return pool;
    },
    async close(): Promise<void> {
      closed = true;
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, CLOSE_TIMEOUT_MS);
      await Promise.all([...pools.keys()].map(end));
      clearTimeout(timer);
    },
  };
}

async function connectAlone(config: pg.ClientConfig, dedicated: Set<pg.Client>): Promise<pg.Client> {
  const client = new pg.Client(config);
  dedicated.add(client);
  client.once('end', () => dedicated.delete(client));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
