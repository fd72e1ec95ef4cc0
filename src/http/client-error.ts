import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.ts';

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * Answers what is no HTTP as node:http would by itself, but for one thing: bytes that follow a whole request are not
 * answered in its place. It may be stored already, and its sender is told so before the connection is closed.
 */
export function answerClientErrors(server: Server, connections: Connections): void {
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    const last = connections.lastOn(socket);
    if (socket.writable && last?.request.complete && !last.response.writableFinished) {
      if (!last.response.headersSent) last.response.shouldKeepAlive = false;
      last.response.once('finish', () => socket.destroySoon());
      return;
    }
    // In the middle of an answer another one would be taken for its rest.
    const isAnswering = last?.response.headersSent && !last.response.writableFinished;
    if (socket.writable && !isAnswering) socket.write(refusal(error.code));
    socket.destroy(error);
  });
}

function refusal(code = ''): string {
  return `HTTP/1.1 ${STATUS[code] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`;
}
