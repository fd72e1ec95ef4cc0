import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a server does to whoever has asked it something. */
export type Lie = (socket: Socket) => void;

export interface Liar extends AsyncDisposable {
  readonly origin: string;
  /** Bytes that were answered. */
  readonly said: number;
  /** Resolves when it was asked. */
  readonly asked: Promise<void>;
  /** Resolves when whoever asked has hung up. */
  readonly left: Promise<void>;
}

/** A server that keeps no rule, and lies when it is asked something; `speaksFirst`: at once. That a room is not encrypted it says as it should, or nothing would be posted to it. */
export async function startLiar(lie: Lie, { speaksFirst = false } = {}): Promise<Liar> {
  const sockets = new Set<Socket>();
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  let said = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .once('close', () => {
        sockets.delete(socket);
        said += socket.bytesWritten;
        left.resolve();
      });
    let hasLied = speaksFirst;
    if (speaksFirst) lie(socket);
    socket.on('data', (bytes) => {
      if (/^GET \S+m\.room\.encryption/.test(bytes.toString('latin1')))
        return void socket.write(answer('404 Not Found', { body: '{"errcode":"M_NOT_FOUND","error":"no"}' }));
      if (!hasLied) lie(socket);
      hasLied = true;
      asked.resolve();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get said() {
      return said + [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
    },
    asked: asked.promise,
    left: left.promise,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answer(
  status: string,
  {
    body = '',
    headers = {},
    version = '1.1',
  }: { body?: string | Buffer; headers?: Readonly<Record<string, string>>; version?: string },
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/${version} ${status}\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}

/** Says it and goes on listening. */
const says =
  (bytes: Buffer | string): Lie =>
  (socket) =>
    void socket.write(bytes);
/** Says it and hangs up. */
const ends =
  (bytes: Buffer | string): Lie =>
  (socket) =>
    void socket.end(bytes);

function endless(head: string, piece: string): Lie {
  return (socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.write(head);
    socket.on('drain', more);
    more();
  };
}

const ok = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
  says(answer('200 OK', { body, headers }));
const REFUSED = JSON.stringify({
  ok: false,
  success: false,
  result: 'error',
  error: { code: 403, status: 'PERMISSION_DENIED', message: 'no' },
  errcode: 'M_NEW_AND_UNHEARD_OF',
  code: 40333,
  message: 'no',
});

/** A yes is said by the status and by nothing else: only who goes by the status believes it. */
export const HALF_YES: Readonly<Record<string, Lie>> = {
  'a yes that is no JSON': ok('{"ok":tru'),
  'a yes with nothing in it': ok(''),
  'a yes that says no': ok(REFUSED, { 'content-type': 'application/json' }),
  'a yes as a list': ok('[{"ok":true,"id":"1"}]'),
  'a yes as null': ok('null'),
  'a yes of HTTP/1.0': ends('HTTP/1.0 200 OK\r\n\r\nwelcome'),
  'a yes behind others': says(
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${answer('200 OK', { body: 'x' }).toString()}`,
  ),
  'a yes that is packed': ok(gzipSync(Buffer.alloc(8 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
  'a yes without end': endless('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"a":"', 'x'.repeat(65_536)),
  'a yes that is nested without end': ok('['.repeat(60_000)),
};

/** It stands for one from who was not to wait for the other side. */
export const NO_CONTENT: Lie = says('HTTP/1.1 204 No Content\r\n\r\n');

/** It may have taken it, or not: nobody can know. */
export const NO_ANSWER: Readonly<Record<string, Lie>> = {
  'another protocol': says('SSH-2.0-OpenSSH_9.2p1\r\n'),
  'a line break within a header': says('HTTP/1.1 200 OK\r\nx-a: b\rset-cookie: c\r\ncontent-length: 0\r\n\r\n'),
  'a NUL within a header': says('HTTP/1.1 200 OK\r\nx-a: b\0c\r\ncontent-length: 0\r\n\r\n'),
  'headers without end': endless('HTTP/1.1 200 OK\r\n', `x-a: ${'x'.repeat(1_000)}\r\n`),
  'a status without end': endless('HTTP/1.1 200 ', 'x'.repeat(1_000)),
  'a connection that breaks within the headers': (socket) =>
    void socket.write('HTTP/1.1 200 OK\r\nx-a', () => socket.resetAndDestroy()),
  'less than it announced': ends('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"ok":true}'),
  'two lengths': says('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\nok'),
  'a length and chunks': says('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\nok'),
  'a chunk without end': says('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nok'),
  'another protocol, politely': says('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
};

const WAITS = [
  '-5',
  'NaN',
  'Infinity',
  '1e99',
  '9'.repeat(40),
  '0x10',
  '3, 4',
  '1.5',
  '5; x',
  'tomorrow',
  'Wed, 21 Oct 1999 07:28:00 GMT',
  'Fri, 01 Jan 2100 00:00:00 GMT',
];
const NUMBERS = ['-1', '1e308', '"NaN"', 'null', '{}', '0'];

/** Asked to wait, by words that are no time. */
export const ODD_WAITS: Readonly<Record<string, Lie>> = Object.fromEntries([
  ...WAITS.map((wait) => [
    `Retry-After: ${wait}`,
    says(answer('429 Too Many Requests', { body: '{}', headers: { 'retry-after': wait } })),
  ]),
  ...NUMBERS.map((wait) => {
    const body = `{"ok":false,"errcode":"M_LIMIT_EXCEEDED","retry_after":${wait},"retry_after_ms":${wait},"retry-after":${wait},"parameters":{"retry_after":${wait}}}`;
    return [`to wait for ${wait}`, says(answer('429 Too Many Requests', { body }))];
  }),
]);

/** Somewhere else, where it may not go. */
export function redirects(to: string): Readonly<Record<string, Lie>> {
  return Object.fromEntries(
    ['301', '302', '303', '307', '308'].flatMap((status) =>
      [to, 'file:///etc/passwd', '//127.0.0.1/', 'javascript:alert(1)', ''].map((location) => [
        `${status} to ${location.slice(0, 10)}`,
        says(answer(`${status} Moved`, { body: '<html>moved</html>', headers: { location } })),
      ]),
    ),
  );
}

/** A refusal in words that would turn over whoever reads them. */
export function refusal(words: string): Lie {
  const body = JSON.stringify({
    ok: false,
    error: words,
    message: words,
    description: words,
    msg: words,
    errorDescription: words,
  });
  return says(answer('400 Bad Request', { body }));
}
