import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewEvent } from '../model/event.ts';
import { InboxUnavailableError } from '../model/inbox.ts';
import { EDGES, type Mounted, SECRET, sign, testSource } from './kit.test.ts';

// What holds at every edge of accept.

const BODY = '{"hello":"world"}';

function signed(body: string | Buffer = BODY, id = 'one'): Record<string, string> {
  return { 'content-type': 'application/json', 'x-test-signature': sign(body), 'x-test-id': id };
}

async function post(bench: Mounted, path: string, headers: Record<string, string>, body: string | Buffer = BODY) {
  const response = await bench.send(path, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

async function refusal(bench: Mounted, path: string, init: RequestInit) {
  const response = await bench.send(path, init);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message, headers: response.headers };
}

for (const { name, open } of EDGES) {
  test(`${name}: a signed delivery is stored byte for byte with the allowed headers only, then confirmed`, async (t) => {
    const bench = await open(t);
    const answer = await post(bench, '/webhooks/test', { ...signed(), 'x-other': 'no' });
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

  test(`${name}: a body owns its whole ArrayBuffer, which is freed once it is stored`, async (t) => {
    const bodies: Buffer[] = [];
    const append = async ({ body }: NewEvent) => {
      bodies.push(body);
      assert.deepEqual([body.byteOffset, body.buffer.byteLength], [0, BODY.length]);
      return { status: 'accepted', id: 1 } as const;
    };
    const bench = await open(t, { intake: { append } });
    assert.equal((await post(bench, '/webhooks/test', signed())).status, 200);
    assert.deepEqual(
      bodies.map(({ length }) => length),
      [0],
    );
  });

  test(`${name}: the same delivery a second time is a duplicate with the first id`, async (t) => {
    const bench = await open(t);
    await post(bench, '/webhooks/test', signed());
    const answer = await post(bench, '/webhooks/test', signed());
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json, { status: 'duplicate', id: 1 });
  });

  test(`${name}: a query and one trailing slash are tolerated`, async (t) => {
    const bench = await open(t);
    for (const path of ['/webhooks/test/', '/webhooks/test?a=b', '/webhooks/test/?a=/']) {
      assert.equal((await post(bench, path, signed(BODY, path))).status, 200, path);
    }
  });

  test(`${name}: a content type may carry parameters and any case`, async (t) => {
    const bench = await open(t);
    const headers = { ...signed(), 'content-type': 'Application/JSON; charset=utf-8' };
    assert.equal((await post(bench, '/webhooks/test', headers)).status, 200);
  });

  test(`${name}: every other method is answered 405 with Allow`, async (t) => {
    const bench = await open(t);
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await refusal(bench, '/webhooks/test', { method });
      assert.deepEqual([answer.status, answer.code], [405, 'method_not_allowed'], method);
      assert.equal(answer.headers.get('allow'), 'POST');
    }
    assert.equal((await bench.send('/webhooks/test', { method: 'HEAD' })).status, 405);
  });

  test(`${name}: an unknown source is 404, and the log names the one that was meant`, async (t) => {
    const bench = await open(t);
    const answer = await refusal(bench, '/webhooks/tets', { method: 'POST', headers: signed(), body: BODY });
    assert.deepEqual([answer.status, answer.code], [404, 'unknown_source']);
    assert.equal(bench.counts.get('received unknown unknown_source'), 1);
    assert.match(bench.lines[0]?.msg ?? '', /"tets", did the sender mean \/webhooks\/test\?/);
  });

  test(`${name}: another content type is 415 and says which are taken`, async (t) => {
    const bench = await open(t);
    const headers = { ...signed(), 'content-type': 'text/xml' };
    const answer = await refusal(bench, '/webhooks/test', { method: 'POST', headers, body: BODY });
    assert.deepEqual([answer.status, answer.code], [415, 'unsupported_media_type']);
    assert.match(answer.message, /application\/json or text\/plain/);
  });

  test(`${name}: unsigned and forged deliveries get one and the same 401, and nothing is stored`, async (t) => {
    const bench = await open(t);
    const { 'x-test-signature': _, ...unsigned } = signed();
    const forged = { ...signed(), 'x-test-signature': sign(BODY, 'guess') };
    const answers = [];
    for (const headers of [unsigned, forged]) {
      answers.push(await refusal(bench, '/webhooks/test', { method: 'POST', headers, body: BODY }));
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

  test(`${name}: a missing id is 400 with the name of the header`, async (t) => {
    const bench = await open(t);
    const { 'x-test-id': _, ...headers } = signed();
    const answer = await refusal(bench, '/webhooks/test', { method: 'POST', headers, body: BODY });
    assert.deepEqual([answer.status, answer.code], [400, 'unidentified']);
    assert.match(answer.message, /X-Test-Id/);
  });

  test(`${name}: an inbox that cannot commit is 503 with Retry-After, logged once with its reason`, async (t) => {
    const intake = { append: () => Promise.reject(new InboxUnavailableError('the disk is full')) };
    const bench = await open(t, { intake });
    for (let i = 0; i < 3; i++) {
      const answer = await refusal(bench, '/webhooks/test', { method: 'POST', headers: signed(), body: BODY });
      assert.deepEqual([answer.status, answer.code], [503, 'unavailable']);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
      assert.doesNotMatch(answer.message, /disk/);
    }
    assert.equal(bench.counts.get('received test unavailable'), 3);
    assert.equal(bench.lines.length, 1);
    assert.match(bench.lines[0]?.msg ?? '', /the disk is full/);
    assert.equal(bench.accept.inFlightBytes(), 0);
  });

  test(`${name}: a bug behind the handler is 500 without internals, and the log has the stack`, async (t) => {
    const intake = { append: () => Promise.reject(new TypeError('secret internals')) };
    const bench = await open(t, { intake });
    const answer = await refusal(bench, '/webhooks/test', { method: 'POST', headers: signed(), body: BODY });
    assert.deepEqual([answer.status, answer.code], [500, 'internal']);
    assert.doesNotMatch(answer.message, /secret/);
    assert.match(JSON.stringify(bench.lines), /secret internals/);
    assert.equal(bench.accept.inFlightBytes(), 0);
  });

  test(`${name}: what goes wrong before the signature is verified is the sender's: 401, and no alarm`, async (t) => {
    const fail = (): never => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    for (const broken of [{ receive: fail }, { receive: async () => fail() }, { glance: fail }, { diagnose: fail }]) {
      const bench = await open(t, { sources: new Map([['test', { ...testSource(['other']), ...broken }]]) });
      const answer = await refusal(bench, '/webhooks/test', { method: 'POST', headers: signed(), body: BODY });
      assert.deepEqual([answer.status, answer.code], [401, 'signature_refused']);
      assert.deepEqual([...bench.counts], [['received test refused', 1]]);
      assert.deepEqual(
        bench.lines.map(({ level }) => level),
        [40],
      );
      assert.match(bench.lines[0]?.msg ?? '', /could not be (?:checked|told): RangeError/);
      assert.equal(bench.accept.inFlightBytes(), 0);
    }
  });

  test(`${name}: what is told after the commit names the event and its id`, async (t) => {
    const told: unknown[] = [];
    const bench = await open(t, { onAccepted: (event, appended) => told.push([event.type, appended]) });
    await post(bench, '/webhooks/test', signed());
    assert.deepEqual(told, [['test', { status: 'accepted', id: 1 }]]);
  });

  test(`${name}: any of several secrets verifies, and which one is counted`, async (t) => {
    const bench = await open(t, { sources: new Map([['test', testSource(['new', SECRET])]]) });
    await post(bench, '/webhooks/test', signed());
    assert.equal(bench.intake.events.get('one')?.secretNo, 2);
    assert.equal(bench.counts.get('verified test 2'), 1);
  });
}
