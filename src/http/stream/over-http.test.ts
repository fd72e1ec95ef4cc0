import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { apiDeps, archive } from '../../../tests/support/asked-api.ts';
import { heardStream } from '../../../tests/support/heard-stream.ts';
import { heldToSchema } from '../../../tests/support/held-to-schema.ts';
import { storedEvents } from '../../../tests/support/stored-events.ts';
import { systemClock } from '../../shared/clock.ts';
import { createLog } from '../../shared/log.ts';
import { createServer } from '../server.ts';

/** A real server that would wait for an hour for whoever keeps a request open. */
async function serve(t: TestContext) {
  const log = createLog('silent');
  const limits = { drainMs: 3_600_000 };
  const server = createServer({ clock: systemClock, log, host: '127.0.0.1', port: 0, limits });
  const { url, port } = await server.start();
  const store = storedEvents(() => systemClock.now());
  const accept = { handle: () => undefined };
  server.serve({ ...apiDeps({ archive: archive(store.archive) }), accept });
  t.after(() => server.stop());
  return { url, port, server, store };
}

const path = '/events/stream';

async function opened(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/v1${path}`, { headers });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.ok(response.body);
  return heardStream(response.body);
}

/** Asks, and reads only when it is told to. */
async function raw(port: number, request: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(request);
  return socket;
}

async function readAll(socket: Socket, until: RegExp): Promise<string> {
  let text = '';
  for await (const piece of socket) {
    text += String(piece);
    if (until.test(text)) break;
  }
  return text;
}

test('a browser that comes back is told what it missed, and each line is what the description says', async (t) => {
  const { url, store } = await serve(t);
  store.append(3);
  const heard = await opened(url, { 'last-event-id': '1' });
  const ids = (await heard.some(2)).map(({ id }) => id);
  assert.deepEqual(ids, ['2', '3']);
  heldToSchema('GET', path, { status: 200, contentType: 'text/event-stream', text: heard.text });
  await heard.cancel();
});

test('whoever goes away is forgotten, and the last takes the watcher along', async (t) => {
  const { url, store } = await serve(t);
  const streams = await Promise.all(Array.from({ length: 10 }, () => opened(url)));
  assert.equal(store.listeners, 1);
  const gone = Promise.withResolvers<void>();
  store.onUnlisten = gone.resolve;
  for (const each of streams) await each.cancel();
  await gone.promise;
  assert.equal(store.listeners, 0);
});

test('of two hundred a hundred are served, and the others are told when to come back', async (t) => {
  const { url } = await serve(t);
  const answers = await Promise.all(Array.from({ length: 200 }, () => fetch(`${url}/api/v1${path}`)));
  const refused = answers.filter(({ status }) => status === 503);
  assert.equal(refused.length, 100);
  for (const response of refused.slice(0, 3)) {
    assert.equal(response.headers.get('retry-after'), '10');
    const contentType = response.headers.get('content-type');
    heldToSchema('GET', path, { status: 503, contentType, text: await response.text() });
  }
  for (const each of answers.filter(({ status }) => status === 200)) await each.body?.cancel();
});

test('a server that stops waits neither for open pages nor for whoever does not read', async (t) => {
  const { url, port, store, server } = await serve(t);
  const streams = await Promise.all(Array.from({ length: 20 }, () => opened(url)));
  const stalled = await raw(port, `GET /api/v1${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  stalled.pause();
  const [first] = streams;
  store.append(50, { about: 'x'.repeat(300) });
  await first?.some(50);
  await server.stop();
  for (const each of streams) while ((await each.next()) !== null);
  stalled.destroy();
});

test('a body is read no further than it may be long, whatever its header says', async (t) => {
  const { port } = await serve(t);
  const head = 'POST /api/v1/rules/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  const told = await raw(port, `${head}Content-Length: 99999999\r\n\r\n{`);
  const answer = await readAll(told, /\r\n\r\n\{.*\}$/);
  assert.match(answer, /^HTTP\/1.1 413 [^]*"code":"too_large"/);
  told.destroy();
  const chunked = await raw(port, `${head}Transfer-Encoding: chunked\r\n\r\n`);
  const piece = 'a'.repeat(64 * 1024);
  for (let i = 0; i < 40; i++) chunked.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
  assert.match(await readAll(chunked, /\r\n\r\n[^]*too_large[^]*\}/), /^HTTP\/1.1 413 /);
  chunked.destroy();
});

test('who hangs up in the middle of a body leaves no bug in the log', async (t) => {
  const { port, url } = await serve(t);
  const head = 'POST /api/v1/rules/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  const socket = await raw(port, `${head}Content-Length: 1000\r\n\r\n{"te`);
  socket.destroy();
  await once(socket, 'close');
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});
