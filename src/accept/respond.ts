import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../shared/clock.ts';
import { release } from '../shared/release.ts';
import { type Answer, TINY_PIECES, TOO_SLOW } from './answers.ts';
import { areTiny } from './tiny-pieces.ts';

/** A refused body up to this size is read and dropped, which keeps the connection; a larger one closes it. */
const DROPPABLE_BYTES = 64 * 1024;
/** How long, and for how many bytes, a sender that is still sending is listened to after its answer. */
const LINGER_MS = 1_000;
const LINGER_BYTES = 256 * 1024;

/** Writes the answer in one piece, with the whole of the request read or not. */
export function respond(request: IncomingMessage, response: ServerResponse, answer: Answer, clock: Clock): void {
  // The sender left while its event was being stored: nobody is there to be told.
  if (response.destroyed) return;
  if (request.complete || (answer !== TOO_SLOW && isDroppable(request))) {
    response.writeHead(answer.status, answer.headers as string[]);
    response.end(answer.body);
    return;
  }
  // To listen on would cost more than that answer is worth.
  if (answer === TINY_PIECES) cutOff(request, response, answer);
  else respondAndClose(request, response, answer, clock);
}

function cutOff(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, [...answer.headers, 'Connection', 'close']);
  response.end(answer.body, () => request.socket.destroy());
}

/** node:http itself drops what is left of a body once the answer is out; that is right only for a small one. */
function isDroppable(request: IncomingMessage): boolean {
  if (request.headers.expect !== undefined || request.headers['transfer-encoding'] !== undefined) return false;
  return Number(request.headers['content-length'] ?? 0) <= DROPPABLE_BYTES;
}

/**
 * Answers a sender that is still sending. Closing a socket with unread bytes resets it, which can destroy the answer
 * before it is read (RFC 9112 §9.6), so the whole answer goes out at once and the close waits a little: until the
 * sender stops, a second has passed, or so many bytes came that we stop reading altogether.
 */
function respondAndClose(request: IncomingMessage, response: ServerResponse, answer: Answer, clock: Clock): void {
  response.writeHead(answer.status, [...answer.headers, 'Connection', 'close']);
  response.write(answer.body);

  let dropped = 0;
  let pieces = 0;
  const close = (): void => {
    cancel();
    request.off('close', close).off('end', close).off('data', drop);
    response.end(() => request.socket.destroy());
  };
  const drop = (chunk: Buffer): void => {
    dropped += chunk.length;
    pieces += 1;
    release(chunk);
    if (areTiny(pieces, dropped)) close();
    else if (dropped > LINGER_BYTES) request.pause();
  };
  const cancel = clock.after(LINGER_MS, close);
  request.on('close', close).on('end', close).on('data', drop).resume();
}
