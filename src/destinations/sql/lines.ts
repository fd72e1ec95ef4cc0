import { Socket } from 'node:net';

/** A connection, and the socket to cut: a server that hangs answers no goodbye. `C`: the driver's. */
export interface Line<C> {
  readonly client: C;
  readonly socket: Socket;
}

export interface Driver<C> {
  /** Over this socket, which it opens. `lost`: called when the connection is of no more use. @throws Error of the driver */
  connect(socket: Socket, lost: () => void): Promise<C>;
  end(client: C): Promise<unknown>;
}

/** Connections to one server: each is used by one at a time, and idle ones wait for the next. */
export interface Lines<C> {
  /** @throws Error of the driver */
  take(signal: AbortSignal): Promise<Line<C>>;
  giveBack(line: Line<C>): void;
  /** Within 2 s, also when the server hangs. */
  close(): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 1_500;

export function openLines<C>(driver: Driver<C>): Lines<C> {
  const idle = new Set<Line<C>>();
  const open = new Set<Line<C>>();

  async function connect(signal: AbortSignal): Promise<Line<C>> {
    const socket = new Socket();
    let line: Line<C> | undefined;
    let isLost = false;
    const forget = () => {
      isLost = true;
      if (line === undefined) return;
      idle.delete(line);
      open.delete(line);
    };
    socket.once('close', forget);
    try {
      line = { client: await until(signal, socket, () => driver.connect(socket, forget)), socket };
    } catch (error) {
      socket.destroy();
      throw error;
    }
    if (!isLost) open.add(line);
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
      await Promise.all(lines.map(({ client }) => driver.end(client).catch(() => undefined)));
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
