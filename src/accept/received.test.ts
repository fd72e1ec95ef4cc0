import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import type { Received, Reply, Source, SourceRequest } from '../model/source.ts';
import { EDGES, type Mounted, serve, sign, testSource } from './kit.test.ts';

// What a source may answer, and what becomes of it at every edge.

const BODY = '{"hello":"world"}';
const HEADERS = { 'content-type': 'application/json', 'x-test-signature': sign(BODY), 'x-test-id': 'one' };
const EVENT = { kind: 'event', deliveryId: 'one', guid: 'g', type: 't', secretNo: 1 } as const;
const OK: Reply = { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'ok' };

const answering = (received: Received | Promise<Received>, changes: Partial<Source> = {}) => ({
  sources: new Map<string, Source>([['test', { ...testSource(), receive: () => received, ...changes }]]),
});

async function post(bench: Mounted, init: RequestInit = {}) {
  const response = await bench.send('/webhooks/test?a=b', { method: 'POST', headers: HEADERS, body: BODY, ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

for (const { name, open } of EDGES) {
  test(`${name}: an event with a reply of its own is confirmed with it, and so is its duplicate`, async (t) => {
    const bench = await open(t, answering({ ...EVENT, reply: OK }));
    for (const result of ['accepted', 'duplicate']) {
      const { status, headers, text } = await post(bench);
      assert.deepEqual([status, headers.get('content-type'), text], [200, 'text/plain', 'ok']);
      assert.equal(bench.counts.get(`received test ${result}`), 1);
    }
    assert.equal(bench.intake.events.size, 1);
  });

  test(`${name}: a handshake is answered as the provider wants and counted; nothing is stored`, async (t) => {
    for (const reply of [OK, { status: 204, body: '' }]) {
      const bench = await open(t, answering({ kind: 'handshake', secretNo: 1, reply }));
      const { status, text } = await post(bench);
      assert.deepEqual([status, text, bench.intake.events.size], [reply.status, reply.body, 0]);
      assert.deepEqual(
        [...bench.counts],
        [
          ['verified test 1', 1],
          ['received test handshake', 1],
        ],
      );
      assert.equal(bench.accept.inFlightBytes(), 0);
    }
  });

  test(`${name}: a handshake that nobody signs counts for no secret`, async (t) => {
    const bench = await open(t, answering({ kind: 'handshake', reply: OK }));
    assert.equal((await post(bench)).status, 200);
    assert.deepEqual([...bench.counts], [['received test handshake', 1]]);
  });

  test(`${name}: stale is the same 401, and the log points at the clock`, async (t) => {
    const bench = await open(t, answering({ kind: 'refused', cause: 'stale' }));
    const { status, text } = await post(bench);
    assert.equal(status, 401);
    assert.match(text, /signature_refused/);
    assert.doesNotMatch(text, /stale|clock|time/);
    assert.equal(bench.counts.get('received test refused'), 1);
    assert.match(bench.lines[0]?.msg ?? '', /^likely cause of stale The clock of this machine says 20\d\d-.*set it\.$/);
  });

  test(`${name}: what cannot be verified now is told 503 with Retry-After, and why stands in the log alone`, async (t) => {
    const bench = await open(t, answering({ kind: 'not_now', reason: 'certs.example.org is away' }));
    const { status, headers, text } = await post(bench);
    assert.equal(status, 503);
    assert.ok(Number(headers.get('retry-after')) > 0);
    assert.doesNotMatch(text, /certs/);
    assert.equal(bench.counts.get('received test not_now'), 1);
    assert.deepEqual([bench.lines.length, bench.lines[0]?.level], [1, 40]);
    assert.match(bench.lines[0]?.msg ?? '', /certs\.example\.org is away/);
    assert.equal(bench.intake.events.size, 0);
  });

  test(`${name}: a source may take its time; the bytes stay counted until it is done`, async (t) => {
    const { promise, resolve } = Promise.withResolvers<Received>();
    const asked = Promise.withResolvers<void>();
    const receive = () => {
      asked.resolve();
      return promise;
    };
    const bench = await open(t, answering(promise, { receive }));
    const answer = post(bench);
    await asked.promise;
    assert.ok(bench.accept.inFlightBytes() >= BODY.length);
    resolve(EVENT);
    assert.equal((await answer).status, 200);
    assert.equal(bench.intake.events.get('one')?.body.toString(), BODY);
    assert.equal(bench.accept.inFlightBytes(), 0);
  });

  test(`${name}: a source sees the method, the address it was called by, the bytes and the time`, async (t) => {
    const seen: SourceRequest[] = [];
    const receive = (request: SourceRequest) => {
      seen.push({ ...request, body: Buffer.from(request.body) });
      return EVENT;
    };
    const publicUrl = 'https://tidings.example.org';
    const bench = await open(t, { ...answering(EVENT, { receive }), publicUrl });
    await post(bench);
    assert.deepEqual([seen[0]?.method, seen[0]?.url], ['POST', `${publicUrl}/webhooks/test?a=b`]);
    assert.equal(seen[0]?.body.toString(), BODY);
    assert.ok(Math.abs((seen[0]?.now ?? 0) - Date.now()) < 60_000);
  });

  test(`${name}: a header that the verdict rests on and that came twice is refused unseen`, async (t) => {
    const bench = await open(t, answering(EVENT));
    const headers = new Headers(HEADERS);
    headers.append('x-test-id', 'two');
    const status = name === 'fetch' ? (await post(bench, { headers })).status : await postTwice(bench, 'X-Test-Id');
    assert.equal(status, 401);
    assert.match(bench.lines[0]?.msg ?? '', /header x-test-id came more than once/);
    assert.equal(bench.intake.events.size, 0);
  });

  test(`${name}: a provider's own methods are taken, its others are 405 with what is allowed`, async (t) => {
    const bench = await open(t, answering({ kind: 'handshake', reply: OK }, { methods: ['POST', 'GET'] }));
    assert.equal((await bench.send('/webhooks/test', { method: 'GET' })).status, 200);
    const other = await bench.send('/webhooks/test', { method: 'PUT', body: BODY });
    assert.deepEqual([other.status, other.headers.get('allow')], [405, 'POST, GET']);
  });

  test(`${name}: a provider's own cap holds below the one of the configuration`, async (t) => {
    const bench = await open(t, answering(EVENT, { maxBodyBytes: 10 }));
    const { status, text } = await post(bench);
    assert.equal(status, 413);
    assert.match(text, /at most 10 bytes/);
    const wider = await open(t, { ...answering(EVENT, { maxBodyBytes: 2 ** 30 }), limits: LIMITS });
    assert.match((await post(wider)).text, /at most 10 bytes/);
  });
}

const LIMITS = { maxBodyBytes: 10, maxInFlightBytes: 100 };

/** `fetch` would join them. `url` is there at the edge of node:http. */
async function postTwice(bench: Mounted & { readonly url?: string }, name: string): Promise<number | undefined> {
  const { url } = bench;
  assert.ok(url !== undefined);
  const headers = ['Host', new URL(url).host, ...Object.entries(HEADERS).flat(), name, 'one', name, 'two'];
  const sent = request(`${url}/webhooks/test`, { method: 'POST', headers });
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
  sent.end(BODY);
  return promise;
}

test('node:http: of a header that node keeps only the first of, the second is not overlooked', async (t) => {
  const source = { ...testSource(), onceHeaders: ['authorization'], receive: () => EVENT };
  const bench = await serve(t, { sources: new Map([['test', source]]) });
  assert.equal(await postTwice(bench, 'Authorization'), 401);
});
