import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { InboxUnavailableError } from '../model/inbox.ts';
import { head, SECRET, serve, sign, testSource, wire } from './kit.test.ts';

const BODY = '{"hello":"world"}';

function signed(body: string | Buffer = BODY, id = 'one'): Record<string, string> {
  return { 'content-type': 'application/json', 'x-test-signature': sign(body), 'x-test-id': id };
}

async function post(url: string, headers: Record<string, string>, body: string | Buffer = BODY) {
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

async function refusal(url: string, init: RequestInit) {
  const response = await fetch(url, init);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message, headers: response.headers };
}

test('a signed delivery is stored byte for byte with the allowed headers only, then confirmed', async (t) => {
  const bench = await serve(t);
  const answer = await post(`${bench.url}/webhooks/test`, { ...signed(), 'x-other': 'no' });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { status: 'accepted', id: 1 });

  const event = bench.intake.events.get('one');
  assert.ok(event);
  assert.equal(event.body.toString(), BODY);
  assert.deepEqual(event.headers, { 'content-type': 'application/json', 'x-test-id': 'one' });
  assert.equal(event.secretNo, 1);
  assert.equal(bench.counts.get('received test accepted'), 1);
  assert.equal(bench.counts.get('verified test 1'), 1);
  assert.equal(bench.counts.get('appended'), 1);
});

test('a body owns its whole ArrayBuffer, so that it can be transferred to another thread', async (t) => {
  const bench = await serve(t);
  await post(`${bench.url}/webhooks/test`, signed());
  const body = bench.intake.events.get('one')?.body;
  assert.equal(body?.byteOffset, 0);
  assert.equal(body?.buffer.byteLength, BODY.length);
});

test('the same delivery a second time is a duplicate with the first id', async (t) => {
  const bench = await serve(t);
  await post(`${bench.url}/webhooks/test`, signed());
  const answer = await post(`${bench.url}/webhooks/test`, signed());
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { status: 'duplicate', id: 1 });
});

test('a query and one trailing slash are tolerated', async (t) => {
  const bench = await serve(t);
  for (const path of ['/webhooks/test/', '/webhooks/test?a=b', '/webhooks/test/?a=/']) {
    assert.equal((await post(bench.url + path, signed(BODY, path))).status, 200, path);
  }
});

test('a content type may carry parameters and any case', async (t) => {
  const bench = await serve(t);
  const headers = { ...signed(), 'content-type': 'Application/JSON; charset=utf-8' };
  assert.equal((await post(`${bench.url}/webhooks/test`, headers)).status, 200);
});

test('every other method is answered 405 with Allow', async (t) => {
  const bench = await serve(t);
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await refusal(`${bench.url}/webhooks/test`, { method });
    assert.deepEqual([answer.status, answer.code], [405, 'method_not_allowed'], method);
    assert.equal(answer.headers.get('allow'), 'POST');
  }
  assert.equal((await fetch(`${bench.url}/webhooks/test`, { method: 'HEAD' })).status, 405);
});

test('an unknown source is 404, and the log names the one that was meant', async (t) => {
  const bench = await serve(t);
  const answer = await refusal(`${bench.url}/webhooks/tets`, { method: 'POST', headers: signed(), body: BODY });
  assert.deepEqual([answer.status, answer.code], [404, 'unknown_source']);
  assert.equal(bench.counts.get('received unknown unknown_source'), 1);
  assert.match(bench.lines[0]?.msg ?? '', /"tets", did the sender mean \/webhooks\/test\?/);
});

test('another content type is 415 and says which are taken', async (t) => {
  const bench = await serve(t);
  const headers = { ...signed(), 'content-type': 'text/xml' };
  const answer = await refusal(`${bench.url}/webhooks/test`, { method: 'POST', headers, body: BODY });
  assert.deepEqual([answer.status, answer.code], [415, 'unsupported_media_type']);
  assert.match(answer.message, /application\/json or text\/plain/);
});

test('unsigned and forged deliveries get one and the same 401, and nothing is stored', async (t) => {
  const bench = await serve(t);
  const { 'x-test-signature': _, ...unsigned } = signed();
  const forged = { ...signed(), 'x-test-signature': sign(BODY, 'guess') };
  const answers = [];
  for (const headers of [unsigned, forged]) {
    answers.push(await refusal(`${bench.url}/webhooks/test`, { method: 'POST', headers, body: BODY }));
  }
  assert.deepEqual(
    answers.map(({ status, code }) => [status, code]),
    [
      [401, 'signature_refused'],
      [401, 'signature_refused'],
    ],
  );
  assert.equal(answers[0]?.message, answers[1]?.message);
  assert.equal(bench.intake.events.size, 0);
  assert.equal(bench.counts.get('received test refused'), 2);
  assert.deepEqual(
    bench.lines.map(({ msg }) => msg),
    ['likely cause of unsigned', 'likely cause of mismatch'],
  );
});

test('a signature header sent twice never verifies', async (t) => {
  const bench = await serve(t);
  const socket = await wire(t, bench.port);
  socket.socket.write(head(BODY.length, sign(BODY), [`X-Test-Signature: ${sign(BODY)}`]) + BODY);
  await socket.until(/^HTTP\/1.1 401/);
});

test('a missing id is 400 with the name of the header', async (t) => {
  const bench = await serve(t);
  const { 'x-test-id': _, ...headers } = signed();
  const answer = await refusal(`${bench.url}/webhooks/test`, { method: 'POST', headers, body: BODY });
  assert.deepEqual([answer.status, answer.code], [400, 'missing_header']);
  assert.match(answer.message, /X-Test-Id/);
});

test('an inbox that cannot commit is 503 with Retry-After, logged once with its reason', async (t) => {
  const intake = { append: () => Promise.reject(new InboxUnavailableError('the disk is full')) };
  const bench = await serve(t, { intake });
  for (let i = 0; i < 3; i++) {
    const answer = await refusal(`${bench.url}/webhooks/test`, { method: 'POST', headers: signed(), body: BODY });
    assert.deepEqual([answer.status, answer.code], [503, 'unavailable']);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.doesNotMatch(answer.message, /disk/);
  }
  assert.equal(bench.counts.get('received test unavailable'), 3);
  assert.equal(bench.lines.length, 1);
  assert.match(bench.lines[0]?.msg ?? '', /the disk is full/);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a bug behind the handler is 500 without internals, and the log has the stack', async (t) => {
  const source = testSource();
  source.verify = () => {
    throw new TypeError('secret internals');
  };
  const bench = await serve(t, { sources: new Map([['test', source]]) });
  const answer = await refusal(`${bench.url}/webhooks/test`, { method: 'POST', headers: signed(), body: BODY });
  assert.deepEqual([answer.status, answer.code], [500, 'internal']);
  assert.doesNotMatch(answer.message, /secret/);
  assert.match(JSON.stringify(bench.lines), /secret internals/);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('what is told after the commit names the event and its id', async (t) => {
  const told: unknown[] = [];
  const bench = await serve(t, { onAccepted: (event, appended) => told.push([event.type, appended]) });
  await post(`${bench.url}/webhooks/test`, signed());
  assert.deepEqual(told, [['test', { status: 'accepted', id: 1 }]]);
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

test('any of several secrets verifies, and which one is counted', async (t) => {
  const bench = await serve(t, { sources: new Map([['test', testSource(['new', SECRET])]]) });
  await post(`${bench.url}/webhooks/test`, signed());
  assert.equal(bench.intake.events.get('one')?.secretNo, 2);
  assert.equal(bench.counts.get('verified test 2'), 1);
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
