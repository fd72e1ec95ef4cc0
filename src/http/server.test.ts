import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { archive } from '../../tests/support/asked-api.ts';
import { createAccept } from '../accept/accept.ts';
import {
  capturedLog,
  countingTelemetry,
  eventually,
  head,
  mapIntake,
  sign,
  testSource,
  wire,
} from '../accept/kit.test.ts';
import type { Intake } from '../model/inbox/intake.ts';
import { systemClock } from '../shared/clock.ts';
import { createServer, ListenError, type ServerDeps, type ServerOptions } from './server.ts';

const QUICK = { headersMs: 150, requestMs: 150, checkMs: 20, drainMs: 200 };
const SIGNED = `${head(2, sign('{}'))}{}`;

/** `isLate`: the port is taken, and `serveNow` begins to answer. */
type Over = Partial<ServerDeps & ServerOptions> & { intake?: Intake; isLate?: true };

async function serve(t: TestContext, over: Over = {}) {
  const { log, lines } = capturedLog();
  const accept = createAccept({
    sources: new Map([['test', testSource()]]),
    intake: over.intake ?? mapIntake(),
    telemetry: countingTelemetry(),
    clock: systemClock,
    log,
    limits: { maxBodyBytes: 1024 * 1024, maxInFlightBytes: 4 * 1024 * 1024 },
  });
  const server = createServer({ clock: systemClock, log, host: '127.0.0.1', port: 0, ...over });
  const { url, port } = await server.start();
  t.after(() => server.stop());
  const deps: ServerDeps = {
    accept,
    archive: archive({ list: async () => [], show: async () => null }),
    system: null,
    dashboard: null,
    metrics: { text: async () => ({ contentType: 'text/plain', body: '' }) },
    adminToken: () => null,
    worker: () => null,
    schemaVersion: 3,
    configuration: () => 'no rules',
    version: '0.0.0',
    invocation: 'tidings',
    sources: ['test'],
    publicUrl: null,
    loopbackOpen: true,
    clock: systemClock,
    log,
    ...over,
  };
  if (over.isLate !== true) server.serve(deps);
  return { server, url, port, accept, lines, serveNow: () => server.serve(deps) };
}

test('webhooks go to accept and everything else to the API, on one port', async (t) => {
  const { port, url } = await serve(t);
  const sender = await wire(t, port);
  sender.socket.write(SIGNED);
  await sender.until(/^HTTP\/1.1 200[^]*"accepted"/);
  assert.match(url, /^http:\/\/localhost:\d+$/);
  assert.deepEqual(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json(), { status: 'ok' });
  assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
  assert.equal((await fetch(`http://127.0.0.1:${port}/nothing`)).status, 404);
});

test('what comes before there is anything to serve from waits for its answer', async (t) => {
  const { port, serveNow } = await serve(t, { isLate: true });
  const early = await wire(t, port);
  early.socket.write(SIGNED);
  const health = fetch(`http://127.0.0.1:${port}/healthz`);
  serveNow();
  await early.until(/^HTTP\/1.1 200[^]*"accepted"/);
  assert.equal((await health).status, 200);
});

test('a server that never came to serve stops at once, and leaves nobody waiting', async (t) => {
  const { server, port } = await serve(t, { isLate: true });
  const early = await wire(t, port);
  early.socket.write(SIGNED);
  const idle = await wire(t, port);
  await server.stop();
  await Promise.all([early.closed(), idle.closed()]);
});

test('the API sees the address, the Host and the forwarding headers of the real connection', async (t) => {
  const { port } = await serve(t);
  const ask = async (headers: string) => {
    const asker = await wire(t, port);
    asker.socket.write(`GET /readyz HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`);
    await asker.closed();
    return asker.text().slice(9, 12);
  };
  assert.equal(await ask('Host: localhost'), '200');
  assert.equal(await ask('Host: rebound.example'), '401');
  assert.equal(await ask('Host: localhost\r\nX-Forwarded-For: 127.0.0.1'), '401');
});

test('headers that come too slowly are answered 408 and cut off', async (t) => {
  const { port } = await serve(t, { limits: QUICK });
  const loris = await wire(t, port);
  loris.socket.write('POST /webhooks/test HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  await loris.until(/^HTTP\/1.1 408/);
  await loris.closed();
});

test('a body that comes too slowly is answered 408, cut off, and gives its bytes back', async (t) => {
  const { port, accept } = await serve(t, { limits: QUICK });
  const slow = await wire(t, port);
  slow.socket.write(`${head(100_000)}{`);
  await slow.until(/^HTTP\/1.1 408/);
  await slow.closed();
  assert.equal(accept.inFlightBytes(), 0);
});

test('headers over 16 KiB are 431', async (t) => {
  const { port } = await serve(t);
  const wide = await wire(t, port);
  wide.socket.write(head(2, 'aa', [`X-Wide: ${'w'.repeat(17_000)}`]));
  await wide.until(/^HTTP\/1.1 431/);
});

test('paths that no URL can hold are answered, not thrown', async (t) => {
  const { port, lines } = await serve(t);
  for (const path of [
    '//',
    '/%',
    '/%E0%A4%A',
    '/../../etc/passwd',
    '/webhooks',
    '*',
    'http://evil.example/readyz',
    '/\\x',
  ]) {
    const asker = await wire(t, port);
    asker.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    await asker.closed();
    assert.match(asker.text(), /^HTTP\/1.1 (?:200|4\d\d)/, path);
  }
  for (const host of ['', 'a b', '[', 'localhost:99999']) {
    const asker = await wire(t, port);
    asker.socket.write(`GET /readyz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    await asker.closed();
    assert.match(asker.text(), /^HTTP\/1.1 4\d\d/, host);
  }
  assert.deepEqual(lines, []);
});

test('a connection too many takes the place of the one that kept us waiting longest, and the log says so once', async (t) => {
  const { port, lines } = await serve(t, { limits: { connections: 4 } });
  const silent = await wire(t, port);
  const idle = await wire(t, port);
  idle.socket.write(SIGNED);
  await idle.until(/200 OK/);
  const declares = await wire(t, port);
  declares.socket.write(head(1_000_000));
  const headless = await wire(t, port);
  headless.socket.write('POST /webhooks/test HTTP/1.1\r\nX-Slow: ');
  for (let i = 0; i < 4; i++) {
    const real = await wire(t, port);
    real.socket.write(SIGNED);
    await real.until(/200 OK/);
  }
  await Promise.all([silent, idle, declares, headless].map((waiting) => waiting.closed()));
  assert.equal(lines.filter(({ msg }) => msg.includes('connections')).length, 1);
});

test('a connection on which we owe an answer, or that sends fast, keeps its place', async (t) => {
  const commits: (() => void)[] = [];
  const append: Intake['append'] = () =>
    new Promise((resolve) => commits.push(() => resolve({ status: 'accepted', id: 1 })));
  const { port, accept } = await serve(t, { limits: { connections: 2 }, intake: { append } });
  const stored = await wire(t, port);
  stored.socket.write(SIGNED);
  await eventually(() => commits.length === 1, 'being stored');
  const large = await wire(t, port);
  const body = Buffer.alloc(1_000_000);
  large.socket.write(head(body.length, sign(body)));
  large.socket.write(body.subarray(1));
  await eventually(() => accept.inFlightBytes() >= 999_999, 'all but one byte');
  // Nobody waits but the newcomers themselves.
  for (let i = 0; i < 3; i++) await (await wire(t, port)).closed();
  large.socket.write(body.subarray(0, 1));
  await eventually(() => commits.length === 2, 'being stored as well');
  for (const commit of commits) commit();
  for (const sender of [stored, large]) await sender.until(/"accepted"/);
});

test('bytes after the body of a delivery do not become its answer: it is told what became of it, then closed', async (t) => {
  const { port } = await serve(t);
  for (const rubbish of ['\r\n\r\nrubbish', '{}', '\0\0\0', 'GET / HTTP/9.9\r\n\r\n']) {
    const sender = await wire(t, port);
    sender.socket.write(SIGNED + SIGNED + rubbish);
    await sender.closed();
    assert.match(
      sender.text(),
      /^HTTP\/1.1 200[^]*"(?:accepted|duplicate)"[^]*HTTP\/1.1 200[^]*"duplicate"[^}]*}$/,
      rubbish,
    );
  }
  const sender = await wire(t, port);
  sender.socket.write('rubbish\r\n\r\n');
  await sender.until(/^HTTP\/1.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
});

test('a sender that closes its half right after its request reads its answer', async (t) => {
  const { port } = await serve(t);
  const sender = await wire(t, port);
  sender.socket.end(SIGNED);
  await sender.closed();
  assert.match(sender.text(), /^HTTP\/1.1 200[^]*"accepted"/);
  const half = await wire(t, port);
  half.socket.end(`${head(100)}{`);
  await half.until(/^HTTP\/1.1 400/);
  await half.closed();
});

test('a port in use is an error that names the port and the way out', async (t) => {
  const other = createHttpServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  await assert.rejects(serve(t, { port }), (error) => {
    assert.ok(error instanceof ListenError);
    assert.match(error.message, new RegExp(`port ${port} is in use.*PORT=\\d+`));
    return true;
  });
});

test('a host that is not ours is an error that says what to set', async (t) => {
  await assert.rejects(serve(t, { host: '203.0.113.1' }), /203\.0\.113\.1 is no address of this machine: set HOST=/);
});

test('stop finishes the request in hand, closes idle connections and takes no new ones', async (t) => {
  const commits: (() => void)[] = [];
  const append: Intake['append'] = () =>
    new Promise((resolve) => commits.push(() => resolve({ status: 'accepted', id: 1 })));
  const { server, port } = await serve(t, { intake: { append }, limits: { drainMs: 600_000 } });
  const idle = await wire(t, port);
  idle.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await idle.until(/"ok"/);
  const busy = await wire(t, port);
  const later = await wire(t, port);
  for (const sender of [busy, later]) sender.socket.write(SIGNED);
  await eventually(() => commits.length === 2, 'two in hand');

  const stopped = server.stop();
  await idle.closed();
  await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`));
  // A connection that never falls idle must be told to go.
  later.socket.write(SIGNED);
  await eventually(() => commits.length === 3, 'a third on a kept connection');
  for (const commit of commits) commit();
  await stopped;
  await Promise.all([busy.closed(), later.closed()]);
  assert.match(busy.text(), /^HTTP\/1.1 200[^]*"accepted"/);
  assert.match(later.text(), /"accepted"[^]*HTTP\/1.1 200[^]*Connection: close[^]*"accepted"/);
});

test('stop cuts off what does not end by itself, and may be called again', async (t) => {
  const accept = { handle: (_request: IncomingMessage, _response: ServerResponse) => undefined };
  const { server, port } = await serve(t, { accept, limits: QUICK });
  const stuck = await wire(t, port);
  stuck.socket.write(SIGNED);
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  await stuck.closed();
});

test('requests that expect something are counted as all are', async (t) => {
  const { port } = await serve(t);
  const sender = await wire(t, port);
  sender.socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\n\r\n'.repeat(500));
  await sender.closed();
  assert.ok((sender.text().match(/HTTP\/1\.1/g)?.length ?? 0) <= 64);
});

test('below the path of PUBLIC_URL webhooks and the API are where they are without it, read here or by node', async (t) => {
  const { port } = await serve(t, { publicUrl: 'https://ops.example.org/tidings' });
  const sender = await wire(t, port);
  const below = SIGNED.replace('/webhooks/', '/tidings/webhooks/');
  // The first of a connection is node's to read, and those after it are read in one piece.
  for (const [index, request] of [below, below, SIGNED].entries()) {
    sender.socket.write(request);
    await sender.until(new RegExp(`^(?:HTTP/1.1 200[^]*?"(?:accepted|duplicate)"[^]*?){${index + 1}}$`));
  }
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  assert.equal(await ask('/tidings/healthz'), 200);
  assert.equal(await ask('/tidings/api/v1/events'), 401);
  assert.equal(await ask('/tidingswebhooks/test'), 401);
  assert.equal(await ask('/tidings/tidings/healthz'), 401);
});
