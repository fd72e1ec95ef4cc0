import { Socket } from 'node:net';
import pg from 'pg';

/** A connection, and the socket to cut: a server that hangs answers no goodbye. */
export interface Line {
  readonly client: pg.Client;
  readonly socket: Socket;
}

/** Connections to one server: each is used by one at a time, and idle ones wait for the next. */
export interface Lines {
  /** @throws Error of `pg` */
  take(signal: AbortSignal): Promise<Line>;
  giveBack(line: Line): void;
  /** Within 2 s, also when the server hangs. */
  close(): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 1_500;

export function openLines(connectionString: string, timeoutMs: number): Lines {
  const idle = new Set<Line>();
  const open = new Set<Line>();

  async function connect(signal: AbortSignal): Promise<Line> {
    const socket = new Socket();
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: timeoutMs,
      keepAlive: true,
      fallback_application_name: 'tidings',
      stream: () => socket,
    });
    const line = { client, socket };
    open.add(line);
    const forget = () => {
      idle.delete(line);
      open.delete(line);
    };
    client.on('error', forget);
    socket.once('close', forget);
    await until(signal, socket, () => client.connect());
    return line;
  }

  return {
    async take(signal) {
      const [line] = idle;
      if (line === undefined) return connect(signal);
      idle.delete(line);
      return line;
    },
    giveBack: (line) => void (open.has(line) && idle.add(line)),
    async close() {
      const lines = [...open];
      const timer = setTimeout(() => {
        for (const { socket } of lines) socket.destroy();
      }, CLOSE_TIMEOUT_MS);
      await Promise.all(lines.map(({ client }) => client.end().catch(() => undefined)));
      clearTimeout(timer);
    },
  };
}

/** Given up, the socket is cut: then the server rolls back, or has committed. */
export async function until<T>(signal: AbortSignal, socket: Socket, work: () => Promise<T>): Promise<T> {
  const givenUp = Promise.withResolvers<never>();
  const cut = () => {
    socket.destroy();
    givenUp.reject(new Error('given up'));
  };
  signal.addEventListener('abort', cut, { once: true });
  if (signal.aborted) cut();
  const working = work();
  working.catch(() => undefined);
  try {
    return await Promise.race([working, givenUp.promise]);
  } finally {
    signal.removeEventListener('abort', cut);
  }
}
