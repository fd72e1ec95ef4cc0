import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SECRET, sign, testSource } from '../../accept/kit.test.ts';
import type { Received, Source } from '../../model/source.ts';
import { Secret } from '../../shared/secret.ts';
import { githubSource } from '../../sources/github/github-source.ts';
import { filedRequests } from './filed-request.ts';
import { verifyRequest } from './verify-request.ts';

const VECTORS = new URL('../../../tests/fixtures/github-vectors.json', import.meta.url);

const vectors = filedRequests(readFileSync(VECTORS, 'utf8'));
assert.ok(vectors.length >= 9);
for (const vector of vectors) {
  test(`accept would ${vector.expect} the published vector ${vector.name}`, async () => {
    const source = githubSource({
      name: 'github',
      secrets: (vector.secrets ?? []).map((secret) => new Secret(secret)),
    });
    const { verdict, status, deliveryId, type, cause } = await verifyRequest(source, vector, 0);
    assert.equal(verdict, vector.expect);
    if (verdict === 'accept') {
      const [id, event] = ['x-github-delivery', 'x-github-event'].map((name) => vector.headers.get(name)?.[0]);
      assert.deepEqual([status, deliveryId, type, cause], [200, id, event, null]);
    } else {
      assert.deepEqual([status, deliveryId, type], [401, null, null]);
      assert.ok(['unsigned', 'malformed_signature', 'mismatch'].includes(cause ?? ''), String(cause));
    }
  });
}

const BODY = '{"a":1}';
const RIGHT = {
  provider: 'test',
  secret: SECRET,
  body: BODY,
  headers: { 'Content-Type': 'application/json', 'X-Test-Signature': sign(BODY), 'X-Test-Id': 'one' },
};

async function checked(changes: object, source: Source = testSource(), now = 0) {
  const [request] = filedRequests(JSON.stringify({ ...RIGHT, ...changes }));
  assert.ok(request);
  return verifyRequest(source, request, request.now ?? now);
}

test('what accept would store comes with its id, its type and our answer', async () => {
  assert.deepEqual(await checked({}), {
    verdict: 'accept',
    cause: null,
    why: null,
    deliveryId: 'one',
    type: 'test',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"status":"accepted","id":1}',
  });
});

test('every step of accept can be the one that says no', async () => {
  const cases: readonly (readonly [object, cause: string, status: number])[] = [
    [{ method: 'get' }, 'bad_request', 405],
    [{ headers: { ...RIGHT.headers, 'Content-Type': 'text/html' } }, 'unsupported', 415],
    [{ headers: { ...RIGHT.headers, 'x-test-signature': sign(BODY) } }, 'repeated_header', 401],
    [{ headers: { ...RIGHT.headers, 'X-Test-Id': ['one', 'two'] } }, 'repeated_header', 401],
    [{ headers: { 'Content-Type': 'text/plain' } }, 'unsigned', 401],
    [{ headers: { ...RIGHT.headers, 'X-Test-Id': [] } }, 'unidentified', 400],
    [{ body: '{"a":2}' }, 'mismatch', 401],
  ];
  for (const [changes, cause, status] of cases) {
    const found = await checked(changes);
    assert.deepEqual([found.verdict, found.cause, found.status], ['reject', cause, status]);
    assert.deepEqual([found.deliveryId, found.type], [null, null]);
  }
});

test('of a header that no verdict rests on, the first counts or all do, as in node:http', async () => {
  const seen: unknown[] = [];
  const source: Source = {
    ...testSource(),
    receive({ headers }) {
      seen.push(headers['content-type'], headers['x-note']);
      return { kind: 'refused', cause: 'mismatch' };
    },
  };
  await checked({ headers: { 'Content-Type': ['application/json', 'text/html'], 'X-Note': ['a', 'b'] } }, source);
  assert.deepEqual(seen, ['application/json', 'a, b']);
});

test('a handshake is answered with what the provider wants to hear', async () => {
  const reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'challenge' };
  const found = await checked({}, { ...testSource(), receive: () => ({ kind: 'handshake', secretNo: 1, reply }) });
  assert.deepEqual([found.verdict, found.cause, found.status, found.body], ['handshake', null, 200, 'challenge']);
});

test('a source that must wait, cannot verify now or breaks gives a verdict too', async () => {
  const receiving = (receive: () => Promise<Received>) => checked({}, { ...testSource(), receive });
  const away = await receiving(async () => ({ kind: 'not_now', reason: 'the host is away' }));
  assert.deepEqual([away.verdict, away.cause, away.status], ['reject', 'not_now', 503]);
  const broken = await receiving(() => Promise.reject(new Error('x')));
  assert.deepEqual([broken.verdict, broken.cause, broken.status], ['reject', 'unverifiable', 401]);
});

test('each request is checked at its own time, in seconds, and by the URL that it was sent to', async () => {
  const seen: unknown[] = [];
  const source: Source = {
    ...testSource(),
    receive({ now, url, method }) {
      seen.push([now, url, method]);
      return { kind: 'refused', cause: 'stale' };
    },
  };
  await checked({ now: 1_767_225_600, url: 'https://hooks.example.org/in/x?a=b' }, source);
  await checked({}, source, 7);
  assert.deepEqual(seen, [
    [1_767_225_600_000, 'https://hooks.example.org/in/x?a=b', 'POST'],
    [7, '/webhooks/test', 'POST'],
  ]);
});

test('a file that cannot be used says which request, which field, and what it should be', () => {
  const cases: readonly (readonly [text: string, says: RegExp])[] = [
    ['{', /^This is no JSON: /],
    ['{"provider":"x"}\n{"provider"\n', /^Line 2 is no JSON: /],
    ['{"requests":[]}', /list is empty/],
    ['[]', /list is empty/],
    [' \n', /^It is empty: there is nothing to verify/],
    ['[7]', /^Request 1 is no object/],
    ['[{"provider":"x"},{"name":"b"}]', /^Request 2 \(b\) does not say its "provider"/],
    ['{"provider":"x","headers":"A: b"}', /^Request 1: "headers" must be an object, or a list of names/],
    ['{"provider":"x","headers":["A"]}', /"headers" must be an object, or a list of names/],
    ['{"provider":"x","headers":{"A":{}}}', /"headers\.A" must be a string, or a list/],
    ['{"provider":"x","now":"today"}', /"now" must be a number of seconds since 1970, or a date/],
    ['{"provider":"x","now":"2026-01-01T00:00:00"}', /"now" must be .* with its zone/],
    ['{"provider":"x","now":1e17}', /"now" must be/],
    ['{"provider":"x","body":{}}', /"body" must be a string: what is signed is the text as it came/],
    ['{"provider":"x","bodyBase64":"a%3D"}', /"bodyBase64" must be base64/],
    ['{"provider":"x","body":"abc","bodyEncoding":"hex"}', /"body" must be hex/],
    ['{"provider":"x","secret":7}', /"secret" must be a string, or a list of strings/],
    ['{"provider":"x","secrets":[{}]}', /"secrets" must be a string, or a list of strings/],
    ['{"provider":"x","bodyEncoding":"rot13"}', /"bodyEncoding" must be "utf8", "base64" or "hex"/],
  ];
  for (const [text, says] of cases)
    assert.throws(() => filedRequests(text), { name: 'FiledRequestError', message: says });
});
