import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';

/** Bytes a millisecond: what a body that is under way makes up for. The pace at which accept finds nobody slow. */
const PACE = 256;
/** Requests that come in one piece of up to 64 KiB without waiting for an answer. Hardly anybody sends two. */
const MOST_AT_ONCE = 64;
/** At most one line in this time says that connections are closed for others. */
const QUIET_MS = 10_000;

interface Connection {
  /** When it was opened, or its last request's headers were here. */
  since: number;
  /** What had been read by then, and how many requests' headers were in the last piece. */
  read: number;
  atOnce: number;
  last: Exchange | null;
  /** An answer to what came in one piece. */
  isOwed: boolean;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export interface Connections {
  /** A request's headers are here. False: it is not to be answered, its connection is closed. */
  heard(request: IncomingMessage, response: ServerResponse): boolean;
  /** A request that came in one piece is here, or is answered. */
  owes(socket: Socket, isOwed: boolean): void;
  /** The latest whose headers are here. */
  lastOn(socket: Socket): Exchange | null;
}

/**
 * Keeps at most `most` connections open. One more takes the place of the one that has kept us waiting longest for a whole
 * request: strangers who say nothing, or a byte a second, hold a place only until somebody needs it.
 */
export function boundConnections(server: Server, most: number, clock: Clock, log: Logger): Connections {
  const open = new Map<Socket, Connection>();
  let saidAt = Number.NEGATIVE_INFINITY;

  server.on('connection', (socket) => {
    if (open.size >= most) makePlace(socket);
    if (socket.destroyed) return;
    open.set(socket, { since: clock.monotonic(), read: 0, atOnce: 0, last: null, isOwed: false });
    socket.once('close', () => open.delete(socket));
  });

  function makePlace(newcomer: Socket): void {
    const leaving = longestWaiting(open, clock.monotonic()) ?? newcomer;
    open.delete(leaving);
    leaving.destroy();
    if (clock.now() - saidAt < QUIET_MS) return;
    saidAt = clock.now();
    log.warn(`${most} connections are open: each new one closes the one that has kept us waiting longest`);
  }

  return {
    heard(request, response) {
      const { socket } = request;
      const connection = open.get(socket);
      if (connection === undefined || socket.destroyed) return false;
      const read = socket.bytesRead;
      connection.atOnce = read === connection.read ? connection.atOnce + 1 : 1;
      connection.read = read;
      connection.since = clock.monotonic();
      connection.last = { request, response };
      if (connection.atOnce > MOST_AT_ONCE) socket.destroy();
      return !socket.destroyed;
    },
    owes(socket, isOwed) {
      const connection = open.get(socket);
      if (connection === undefined) return;
      connection.since = clock.monotonic();
      connection.read = socket.bytesRead;
      connection.isOwed = isOwed;
    },
    lastOn: (socket) => open.get(socket)?.last ?? null,
  };
}

/** Null: we owe everybody an answer, or they send as fast as can be asked. */
function longestWaiting(open: ReadonlyMap<Socket, Connection>, now: number): Socket | null {
  let found: Socket | null = null;
  let longest = 0;
  for (const [socket, connection] of open) {
    const waited = waitedFor(socket, connection, now);
    if (waited <= longest) continue;
    found = socket;
    longest = waited;
  }
  return found;
}

/** How long it has kept us waiting, in ms. */
function waitedFor(socket: Socket, { since, read, last, isOwed }: Connection, now: number): number {
  const waited = now - since;
  if (isOwed) return 0;
  if (last === null) return waited;
  if (!last.request.complete) return waited - (socket.bytesRead - read) / PACE;
  // Before that it is we who keep the other side waiting.
  return last.response.writableEnded ? waited : 0;
}
