import type { Socket } from 'node:net';
import { FULL } from '../support/long-form.ts';
import { forgedHead } from './strangers.ts';

/** What a stranger does with a connection. */
export type Kind = (socket: Socket) => void;

const MIB = 1024 * 1024;
const LARGE = forgedHead(`Content-Length: ${25 * MIB}`);
const CHUNKED = forgedHead('Transfer-Encoding: chunked');

/** One byte a second, as long as anybody listens. */
function drip(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 1_000);
  socket.once('close', () => clearInterval(timer));
}

function chunk(bytes: number): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.toString(16)}\r\n`), Buffer.alloc(bytes, 'x'), Buffer.from('\r\n')]);
}

/** Those who never come to an end. */
export const ENDLESS: Readonly<Record<string, Kind>> = {
  'says nothing': () => {},
  'half a header': (socket) => socket.write('POST /webhooks/github HTTP/1.1\r\nX-Slow: '),
  'a header a second': (socket) => {
    socket.write('POST /webhooks/github HTTP/1.1\r\n');
    drip(socket, 'A: b\r\n');
  },
  'declares 25 MiB': (socket) => socket.write(LARGE),
  'declares chunks': (socket) => socket.write(CHUNKED),
  'declares one large chunk': (socket) => socket.write(`${CHUNKED}1900000\r\n`),
  'a byte a second of 25 MiB': (socket) => {
    socket.write(LARGE);
    drip(socket, 'x');
  },
  'a chunk a second': (socket) => {
    socket.write(CHUNKED);
    drip(socket, '1\r\nx\r\n');
  },
  'all but the end of 60 kB': (socket) => socket.write(forgedHead('Content-Length: 60001') + 'x'.repeat(60_000)),
  'asks first': (socket) => socket.write(forgedHead('Content-Length: 1000', ['Expect: 100-continue'])),
  'asks first, HTTP/1.0': (socket) => {
    socket.write(forgedHead('Content-Length: 1000', ['Expect: 100-continue']).replace('HTTP/1.1', 'HTTP/1.0'));
  },
  'wide headers': (socket) => socket.write(forgedHead('Content-Length: 1000', [`X-Wide: ${'w'.repeat(15_000)}`])),
  'many headers': (socket) => {
    socket.write(
      forgedHead(
        'Content-Length: 1000',
        Array.from({ length: 900 }, (_, n) => `X-${n}: 1`),
      ),
    );
  },
  'long chunk extensions': (socket) => socket.write(`${CHUNKED}5;${'e'.repeat(15_000)}\r\n`),
  'keeps its connection': (socket) => socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  'refused, and stays': (socket) => socket.write(`${forgedHead('Content-Length: 2')}{}`),
  'an unknown source': (socket) => socket.write(LARGE.replace('/webhooks/github', '/webhooks/nobody')),
  'a body for the API': (socket) => socket.write(`${LARGE.replace('/webhooks/github', '/api/v1/events')}xxx`),
  'does not read its answers': (socket) => {
    socket.pause();
    socket.write('GET /readyz HTTP/1.1\r\nHost: elsewhere\r\n\r\n'.repeat(5));
  },
  'closes its half': (socket) => socket.end(`${LARGE}xxx`),
  resets: (socket) => socket.write(`${LARGE}xxx`, () => socket.resetAndDestroy()),
};

/** Of what costs the machine more than the bytes that it is. */
const MANY = FULL ? 10_000 : 2_000;

/** Those who send as much as they can at once. */
export const AT_ONCE: Readonly<Record<string, { readonly count: number; readonly kind: Kind }>> = {
  '16 MiB in chunks': {
    count: 28,
    kind: (socket) => {
      socket.write(CHUNKED);
      for (let i = 0; i < 256; i++) socket.write(chunk(64 * 1024));
    },
  },
  'all but the end of 25 MiB': {
    count: 12,
    kind: (socket) => {
      socket.write(LARGE);
      socket.write(Buffer.alloc(25 * MIB - 1));
    },
  },
  'requests by the thousand in one piece': {
    count: 4,
    kind: (socket) => socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(MANY / 2)),
  },
  'chunks of one byte': { count: 20, kind: (socket) => socket.write(CHUNKED + '1\r\nx\r\n'.repeat(MANY)) },
};
