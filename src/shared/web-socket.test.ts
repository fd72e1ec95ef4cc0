import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { Secret } from './secret.ts';
import { type OpenWebSocket, openWebSocket, type WebSocketEvents } from './web-socket.ts';

type OnUpgrade = (socket: Duplex, request: IncomingMessage) => void;

async function server(onUpgrade: OnUpgrade) {
  const sockets: Duplex[] = [];
  const listening = createServer((_, response) => response.writeHead(200).end('hello'));
  listening.on('upgrade', (request, socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
    onUpgrade(socket, request);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(listening.address() as AddressInfo).port}/link?ticket=a-secret-ticket`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const each of sockets) each.destroy();
      listening.closeAllConnections();
      await new Promise((resolve) => listening.close(resolve));
    },
  };
}

function accept(socket: Duplex, { headers }: IncomingMessage, more = ''): void {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accepted = createHash('sha1').update(key).digest('base64');
  socket.write(
    `HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n${more}\r\n`,
  );
}

function text(said: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, said.length]), Buffer.from(said)]);
}

async function open(url: string, signal?: AbortSignal) {
  return openWebSocket({ url: new Secret(url), timeoutMs: 5_000, maxBytes: 1_000, signal });
}

async function opened(url: string): Promise<OpenWebSocket> {
  const result = await open(url);
  assert(result.kind === 'open', JSON.stringify(result));
  return result.socket;
}

/** What came until it ended. */
function heard(socket: OpenWebSocket, more: Partial<WebSocketEvents> = {}) {
  const texts: string[] = [];
  let pings = 0;
  const ended = Promise.withResolvers<string>();
  socket.read({
    onText: (said) => texts.push(said),
    onPing: () => pings++,
    onEnd: ended.resolve,
    ...more,
  });
  return { texts, ended: ended.promise, pings: () => pings };
}

test('what came with the answer is read too, a ping is answered, and the end is told once', async () => {
  const answered = Promise.withResolvers<Buffer>();
  await using there = await server((socket, request) => {
    accept(socket, request);
    socket.write(Buffer.concat([text('one'), Buffer.from([0x89, 1, 97]), text('two')]));
    socket.once('data', (frame: Buffer) => {
      answered.resolve(frame);
      socket.end(Buffer.from([0x88, 2, 0x03, 0xe9]));
    });
  });
  const { texts, ended, pings } = heard(await opened(there.url));
  assert.equal((await answered.promise)[0], 0x8a);
  assert.equal(await ended, 'closed by the other side (1001)');
  assert.deepEqual([texts, pings()], [['one', 'two'], 1]);
});

test('one that is closed is gone within a second, also where the other side says nothing', async () => {
  await using there = await server(accept);
  const socket = await opened(there.url);
  const { ended } = heard(socket);
  socket.close();
  assert.equal(await ended, 'closed');
});

test('while it is paused no more is read than has come', async () => {
  const sent = Promise.withResolvers<void>();
  const standing = Promise.withResolvers<Duplex>();
  await using there = await server((socket, request) => {
    accept(socket, request);
    socket.write(text('one'));
    standing.resolve(socket);
  });
  const socket = await opened(there.url);
  const first = Promise.withResolvers<void>();
  const texts: string[] = [];
  const { ended } = heard(socket, {
    onText(said) {
      texts.push(said);
      if (texts.length > 1) return;
      socket.pause();
      first.resolve();
    },
  });
  await first.promise;
  const other = await standing.promise;
  other.end(Buffer.concat([text('two'), text('three'), Buffer.from([0x88, 0])]), () => sent.resolve());
  await sent.promise;
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(texts, ['one']);
  socket.resume();
  await ended;
  assert.deepEqual(texts, ['one', 'two', 'three']);
});

test('a message without end ends the connection before it is in memory', async () => {
  await using there = await server((socket, request) => {
    accept(socket, request);
    socket.write(Buffer.from([0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0]));
    const pour = () => {
      while (socket.writable && socket.write(Buffer.alloc(65_536)));
      socket.once('drain', pour);
    };
    pour();
  });
  const { ended, texts } = heard(await opened(there.url));
  assert.equal(await ended, 'the other side sent a message of more than 1000 bytes');
  assert.deepEqual(texts, []);
});

test('a connection that breaks says so', async () => {
  await using there = await server((socket, request) => {
    accept(socket, request);
    socket.destroy();
  });
  const { ended } = heard(await opened(there.url));
  assert.match(await ended, /ECONNRESET|the connection broke/);
});

const REFUSED: readonly (readonly [string, OnUpgrade, RegExp])[] = [
  ['a redirect', (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n'), /answered 302/],
  ['a no', (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'), /answered 403/],
  [
    'a wrong answer to our key',
    (socket) => socket.write('HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    /Sec-WebSocket-Accept/,
  ],
  [
    'an extension that nobody asked for',
    (socket, request) => accept(socket, request, 'Sec-WebSocket-Extensions: permessage-deflate\r\n'),
    /Sec-WebSocket-Extensions/,
  ],
  ['nonsense', (socket) => socket.end('hello, who are you?\r\n\r\n'), /^HPE_/],
  ['a connection that is closed', (socket) => socket.destroy(), /./],
];

for (const [name, onUpgrade, reason] of REFUSED) {
  test(`${name} opens nothing, and what is said of it holds no secret`, async () => {
    await using there = await server(onUpgrade);
    const result = await open(there.url);
    assert(result.kind === 'failed');
    assert.match(result.reason, reason);
    assert.doesNotMatch(result.reason, /ticket/);
  });
}

test('a server that says nothing is waited for no longer than it was said, or until it is over', async () => {
  await using there = await server(() => {});
  const late = await openWebSocket({ url: new Secret(there.url), timeoutMs: 20, maxBytes: 1 });
  assert.deepEqual(late, { kind: 'failed', reason: 'no connection within 0.02 s' });
  assert.deepEqual(await open(there.url, AbortSignal.abort()), { kind: 'failed', reason: 'stopped' });
});

for (const url of [
  'ws://example.com/?ticket=a',
  'http://127.0.0.1/?ticket=a',
  'ws://127.0.0.1.example.com/',
  'ticket',
  'ws://10.0.0.1/',
]) {
  test(`${url} is not called`, async () => {
    const result = await open(url);
    assert.match(JSON.stringify(result), /"failed".*(?:not encrypted|none of a WebSocket|no address)/);
    assert.doesNotMatch(JSON.stringify(result), /ticket/);
  });
}
