import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../shared/clock.ts';
import { release } from '../shared/release.ts';
import type { Connections } from './connections.ts';
import { answerText, type WholeAnswer, type WholeRequest, wholeRequest } from './whole-request.ts';

/** Null: nobody is to be told anything. Never rejects. */
export type WholeHandler = (request: WholeRequest) => Promise<WholeAnswer | null>;

export interface WholeRequests {
  /** `prefix`: before the path of webhooks, or not, see `prefixOf`. */
  use(handler: WholeHandler, prefix?: string): void;
  /** From now on each answer ends its connection. */
  stop(): void;
}

/**
 * Most deliveries come in one piece, over a connection that is kept. These are read here, by one expression that accepts nothing with
 * two readings; everything else, and the first request of each connection, is node:http's, which also sees to every time limit.
 * It has never seen a part of a request before a piece that is read here, so both always agree where a request begins. A fifth less CPU
 * time an event.
 */
export function takeWholeRequests(
  server: Server,
  connections: Connections,
  clock: Clock,
  keepAliveMs: number,
): WholeRequests {
  let handler: WholeHandler | undefined;
  let prefix = '';
  let isStopping = false;
  let owed = 0;
  const date = dates(clock);

  async function answer(socket: Socket, request: WholeRequest, handle: WholeHandler): Promise<void> {
    connections.owes(socket, true);
    owed += 1;
    const answered = await handle(request);
    owed -= 1;
    connections.owes(socket, false);
    if (socket.destroyed) return;
    if (answered !== null) socket.write(answerText(answered, date(), isStopping ? null : keepAliveMs));
    // As node:http does: what comes behind it is not read.
    if (answered === null || isStopping) socket.destroySoon();
    else socket.resume();
  }

  function watch(socket: Socket): void {
    const [toHttp, ...others] = socket.listeners('data') as ((piece: Buffer) => void)[];
    if (toHttp === undefined || others.length > 0) return;
    let isLeftToNode = false;
    let isFirst = true;
    const isFinished = () => connections.lastOn(socket)?.response.writableFinished === true;

    function onPiece(piece: Buffer): void {
      const request = isLeftToNode ? null : wholeRequest(piece, prefix);
      if (request === null || handler === undefined || isFirst || !isFinished()) {
        isLeftToNode = request === null || !(isFirst || isFinished());
        isFirst = false;
        toHttp?.(piece);
        return;
      }
      // What follows, the end too, waits until this is answered.
      socket.pause();
      void answer(socket, { ...request, from: socket.remoteAddress }, handler).then(() => release(piece));
    }

    socket.removeListener('data', toHttp);
    socket.on('data', onPiece);
  }

  closeIdleOnlyWhile(server, () => owed === 0);
  server.on('connection', (socket) => {
    if (!socket.destroyed) watch(socket);
  });
  return {
    use: (given, before = '') => void ([handler, prefix] = [given, before]),
    stop: () => void (isStopping = true),
  };
}

/** node:http does not know of answers that are owed here, and takes their connections for idle. */
function closeIdleOnlyWhile(server: Server, isNothingOwed: () => boolean): void {
  const closeIdle = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    if (isNothingOwed()) closeIdle();
  };
}

/** The `Date` of answers, made once a second. */
function dates(clock: Clock): () => string {
  let second = 0;
  let text = '';
  return () => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) {
      second = now;
      text = new Date(now * 1000).toUTCString();
    }
    return text;
  };
}
