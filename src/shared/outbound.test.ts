import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createPlainServer, type Server as NetServer } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { CERTIFICATE, PRIVATE_KEY } from '../../tests/fixtures/localhost-certificate.ts';
import { type Departure, request } from './outbound.ts';

async function listen<S extends NetServer>(server: S) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    if ('closeAllConnections' in server) (server as unknown as Server).closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { server, port, url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: close };
}

const leaving = (mayLeave: () => Promise<boolean>): Departure => ({ mayLeave, hasLeft: () => undefined });

const answering = (listener: RequestListener) => listen(createServer(listener));

test('sends what it was given and reads status, headers and text', async () => {
  await using server = await answering((incoming, response) => {
    void readText(incoming).then((body) => {
      const said = [incoming.method, incoming.headers['x-key'], body].join(' ');
      response.writeHead(201, { 'x-said': said }).end('välkommen');
    });
  });
  const { url } = server;
  const result = await request({ url, headers: { 'x-key': 'k' }, body: 'ü', timeoutMs: 9_000 });
  assert(result.kind === 'answered');
  assert.deepEqual([result.status, result.headers.get('x-said'), result.text], [201, 'POST k ü', 'välkommen']);
  const asked = await request({ method: 'GET', url, timeoutMs: 9_000 });
  assert(asked.kind === 'answered');
  assert.equal(asked.headers.get('x-said'), 'GET');
});

test('follows no redirect and reads no more than asked for', async () => {
  await using server = await answering(
    (_, response) => void response.writeHead(302, { location: '/on' }).end('x'.repeat(99_999)),
  );
  const result = await request({ url: server.url, timeoutMs: 9_000, answerLimit: 10 });
  assert(result.kind === 'answered');
  assert.deepEqual([result.status, result.text], [302, 'xxxxxxxxxx']);
});

test('bytes that are no text come whole where they are asked for as such', async () => {
  const bytes = Buffer.from([0x30, 0x82, 0xff, 0xfe, 0x00, 0x80]);
  await using server = await answering((_, response) => void response.end(bytes));
  const result = await request({ method: 'GET', url: server.url, timeoutMs: 9_000, answerEncoding: 'latin1' });
  assert(result.kind === 'answered');
  assert.deepEqual(Buffer.from(result.text, 'latin1'), bytes);
});

test('an answer that switches protocols is none', async () => {
  await using server = await listen(
    createPlainServer((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
      ),
    ),
  );
  const result = await request({ url: server.url, timeoutMs: 9_000 });
  assert.deepEqual(result, { kind: 'lost', reason: 'closed without an answer' });
});

test('is asked when the connection stands; after a no not one byte has left', async () => {
  await using server = await listen(createPlainServer((socket) => socket.resume()));
  const { url } = server;
  const connected = once(server.server, 'connection');
  const result = await request({
    url,
    body: 'hello',
    timeoutMs: 9_000,
    departure: leaving(async () => {
      await connected;
      return false;
    }),
  });
  assert.deepEqual(result, { kind: 'unreachable', reason: 'not sent' });
  const [socket] = await connected;
  if (!socket.closed) await once(socket, 'close');
  assert.equal(socket.bytesRead, 0);
});

test('a connection that is used again is asked for, too', async () => {
  await using server = await answering((_, response) => void response.end('ok'));
  const { url } = server;
  let asked = 0;
  for (const answer of [true, true, false]) {
    const mayLeave = async () => {
      asked++;
      return answer;
    };
    const { kind } = await request({ url, timeoutMs: 9_000, departure: leaving(mayLeave) });
    assert.equal(kind, answer ? 'answered' : 'unreachable');
  }
  assert.equal(asked, 3);
});

test('between the last look and the bytes nothing else runs', async () => {
  await using server = await answering((_, response) => void response.end('ok'));
  const { url } = server;
  const order: string[] = [];
  const body = Buffer.from('ok');
  // The body is read when it is written.
  Object.defineProperty(body, 'length', { get: () => order.push('written') && 2 });
  const mayLeave = async () => {
    await Promise.resolve();
    setImmediate(() => order.push('next turn'));
    order.push('looked');
    return true;
  };
  const departure = { mayLeave, hasLeft: () => order.push('left') };
  await request({ url, body, timeoutMs: 9_000, departure });
  assert.deepEqual([...new Set(order)], ['looked', 'written', 'left', 'next turn']);
});

test('whoever gives up while it is asked sends nothing', async () => {
  await using server = await listen(createPlainServer((socket) => socket.resume()));
  const connected = once(server.server, 'connection');
  const stop = new AbortController();
  const result = await request({
    url: server.url,
    timeoutMs: 9_000,
    signal: stop.signal,
    departure: leaving(async () => {
      stop.abort();
      return true;
    }),
  });
  assert.deepEqual(result, { kind: 'unreachable', reason: 'stopped before anything was sent' });
  const [socket] = await connected;
  if (!socket.closed) await once(socket, 'close');
  assert.equal(socket.bytesRead, 0);
});

test('a server that speaks before it was asked has answered nothing, and nothing is sent to it', async () => {
  const tired = createPlainServer((socket) =>
    socket.resume().write('HTTP/1.1 408 Too Late\r\ncontent-length: 0\r\n\r\n'),
  );
  await using server = await listen(tired);
  const connected = once(tired, 'connection');
  const { promise: permission, resolve: permit } = Promise.withResolvers<boolean>();
  const departure = leaving(() => permission);
  const result = await request({ url: server.url, body: 'hello', timeoutMs: 9_000, departure });
  assert.deepEqual(result, { kind: 'unreachable', reason: 'answered before anything was sent' });
  permit(true);
  const [socket] = await connected;
  if (!socket.closed) await once(socket, 'close');
  assert.equal(socket.bytesRead, 0);
});

test('what cannot have left is unreachable: refused, an address that is none, a handshake that does not end', async () => {
  const server = await listen(createPlainServer((socket) => socket.resume()));
  const { port, url } = server;
  const slow = await request({ url: `https://127.0.0.1:${port}/`, timeoutMs: 50 });
  assert.deepEqual(slow, { kind: 'unreachable', reason: 'no connection within 0.05 s' });
  await server[Symbol.asyncDispose]();
  assert.deepEqual(await request({ url, timeoutMs: 9_000 }), { kind: 'unreachable', reason: 'ECONNREFUSED' });
  assert.equal((await request({ url: 'nowhere', timeoutMs: 9_000 })).kind, 'unreachable');
});

test('what has left and is not answered is lost: too late, too slow, broken off, given up', async () => {
  const stop = new AbortController();
  await using server = await answering((incoming, response) => {
    if (incoming.url === '/broken') response.destroy();
    if (incoming.url === '/slow') response.write('h');
    if (incoming.url === '/half') response.write('ha', () => response.destroy());
    if (incoming.url === '/stop') stop.abort();
  });
  const ask = (path: string, more = {}) => request({ url: server.url + path, timeoutMs: 9_000, ...more });
  assert.deepEqual(await ask('late', { timeoutMs: 50 }), { kind: 'lost', reason: 'no answer within 0.05 s' });
  assert.equal((await ask('slow', { timeoutMs: 50 })).kind, 'lost');
  assert.equal((await ask('broken')).kind, 'lost');
  assert.equal((await ask('half')).kind, 'lost');
  assert.deepEqual(await ask('stop', { signal: stop.signal }), {
    kind: 'lost',
    reason: 'stopped before the answer came',
  });
});

test('an answer that came while the process was frozen is read, although its time is over', async () => {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const server = new Worker(ANSWERING, { eval: true, workerData: answered });
  const [port] = await once(server, 'message');
  const freeze = () => {
    Atomics.wait(answered, 0, 0, 5_000);
    // Nobody wakes it: the time that the request had runs out.
    Atomics.wait(answered, 0, 1, 60);
  };
  const result = await request({
    url: `http://127.0.0.1:${port}/`,
    timeoutMs: 50,
    departure: leaving(async () => {
      setImmediate(freeze);
      return true;
    }),
  });
  await server.terminate();
  assert(result.kind === 'answered');
  assert.equal(result.text, 'ok');
});

const ANSWERING = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:http').createServer((_, response) => {
    response.end('ok');
    setImmediate(() => {
      Atomics.store(workerData, 0, 1);
      Atomics.notify(workerData, 0);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

test('over TLS it is asked after the handshake, and a certificate that nobody trusts sends nothing', async () => {
  let requests = 0;
  const secure = createSecureServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_, response) => {
    requests++;
    response.end('ok');
  });
  await using server = await listen(secure);
  let isSecure = false;
  secure.on('secureConnection', () => (isSecure = true));
  const ask = (mayLeave = async () => true) =>
    request({ url: `https://localhost:${server.port}/`, timeoutMs: 9_000, departure: leaving(mayLeave) });
  assert.deepEqual(await ask(), { kind: 'unreachable', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const usual = getCACertificates();
  setDefaultCACertificates([...usual, CERTIFICATE]);
  try {
    const shaken = once(secure, 'secureConnection');
    const refused = await ask(async () => {
      await shaken;
      return false;
    });
    assert.deepEqual([refused.kind, isSecure, requests], ['unreachable', true, 0]);
    assert.equal((await ask()).kind, 'answered');
    assert.equal((await ask()).kind, 'answered');
    assert.equal(requests, 2);
  } finally {
    setDefaultCACertificates(usual);
  }
});
