import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { head, serve, sign, wire } from './kit.test.ts';

const BODY = '{"hello":"world"}';

function signed(body: string | Buffer = BODY, id = 'one'): Record<string, string> {
  return { 'content-type': 'application/json', 'x-test-signature': sign(body), 'x-test-id': id };
}

test('a signature header sent twice never verifies', async (t) => {
  const bench = await serve(t);
  const socket = await wire(t, bench.port);
  socket.socket.write(head(BODY.length, sign(BODY), [`X-Test-Signature: ${sign(BODY)}`]) + BODY);
  await socket.until(/^HTTP\/1.1 401/);
});

test('deliveries pipelined on one connection are answered in order', async (t) => {
  const bench = await serve(t);
  const socket = await wire(t, bench.port);
  const one = head(BODY.length, sign(BODY)) + BODY;
  socket.socket.write(one + one.replace('X-Test-Id: one', 'X-Test-Id: two') + one);
  await socket.until(/accepted","id":1}[^]*accepted","id":2}[^]*duplicate","id":1}/);
});

test('a sender that asks first is told to go on, or refused before it sends anything', async (t) => {
  const bench = await serve(t);
  const asking = await wire(t, bench.port);
  asking.socket.write(head(BODY.length, sign(BODY), ['Expect: 100-continue']));
  await asking.until(/^HTTP\/1.1 100 Continue\r\n\r\n/);
  asking.socket.write(BODY);
  await asking.until(/\r\n\r\nHTTP\/1.1 200 OK/);

  const huge = await wire(t, bench.port);
  huge.socket.write(head(9_000_000, 'aa', ['Expect: 100-continue']));
  await huge.until(/^HTTP\/1.1 413/);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('hostile paths are 404 and never throw', async (t) => {
  const bench = await serve(t);
  const paths = ['/webhooks/', '/webhooks//test', '/webhooks/%74est', '/webhooks/test%00', '/webhooks/__proto__'];
  const more = ['/webhooks/test/test', '/webhooks/%', '/webhooks/../test', '/webhooks/?test', '/webhooks/TEST'];
  for (const path of [...paths, ...more]) {
    assert.equal(await rawStatus(bench.port, path), 404, path);
  }
});

test('property: no path and no header value brings anything but an answer', async (t) => {
  const bench = await serve(t);
  const visible = fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)) });
  await fc.assert(
    fc.asyncProperty(visible, visible, async (path, value) => {
      const status = await rawStatus(bench.port, `/webhooks/${path}`, {
        'content-type': value,
        'x-test-signature': value,
      });
      assert.ok([400, 401, 404, 415].includes(status), String(status));
    }),
    { numRuns: 100 },
  );
  assert.equal(bench.lines.filter(({ level }) => level >= 50).length, 0);
});

test('every chunking of a body gives the same event', async (t) => {
  const bench = await serve(t);
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { maxLength: 8 }), async (chunks) => {
      const body = Buffer.concat(chunks);
      const id = `chunked-${n++}`;
      const status = await new Promise((resolve, reject) => {
        const headers = { ...signed(body, id), 'transfer-encoding': 'chunked' };
        const request = httpRequest(`${bench.url}/webhooks/test`, { method: 'POST', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on('error', reject);
        for (const chunk of chunks) request.write(chunk);
        request.end();
      });
      assert.equal(status, 200);
      const stored = bench.intake.events.get(id)?.body;
      assert.ok(stored);
      assert.deepEqual(stored, body);
    }),
    { numRuns: 40 },
  );
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a body that a parser has read before is 500 at once, and the log says where Tidings belongs', async (t) => {
  const bench = await serve(t);
  const server = createServer((request, response) => {
    request.resume().on('end', () => void bench.accept.handle(request, response));
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/webhooks/test`, {
    method: 'POST',
    headers: signed(),
    body: BODY,
  });
  assert.equal(answer.status, 500);
  assert.match(bench.lines[0]?.msg ?? '', /before any body parser/);
  server.closeAllConnections();
});

/** Sends the path as it stands: fetch would normalise it. */
function rawStatus(port: number, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { port, path, method: 'POST', headers: { 'content-length': 0, ...headers }, agent: false } as const;
    const request = httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end();
  });
}
