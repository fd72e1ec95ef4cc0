import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { INTERMEDIATE, LEAF, ROOT } from '../fixtures/paypal-certificates.ts';
import { BODY, headersOf, SECRET } from '../fixtures/sources/paypal.ts';
import { newWorld, run } from './test-cli.ts';

const VECTORS = fileURLToPath(new URL('../fixtures/github-vectors.json', import.meta.url));

const UNSIGNED = {
  name: 'by hand',
  provider: 'github',
  secret: 'a-secret-of-a-natural-length',
  headers: { 'content-type': 'application/json' },
  body: '{}',
};

function fileOf(t: TestContext, content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-verify-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'requests.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('verify --json is one object a request, in the order of the file', async () => {
  const { code, stdout, stderr } = await run(newWorld(), ['verify', '--file', VECTORS, '--json']);
  const lines = stdout.trim().split('\n');
  assert.deepEqual([code, stderr, lines.length], [0, '', 9]);
  assert.deepEqual(JSON.parse(lines[0] ?? ''), {
    name: 'docs-hello-world',
    provider: 'github',
    source: null,
    verdict: 'accept',
    cause: null,
    why: null,
    delivery_id: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    type: 'ping',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"status":"accepted","id":1}',
  });
  const { verdict, cause, status, delivery_id } = JSON.parse(lines[8] ?? '') as Record<string, unknown>;
  assert.deepEqual([verdict, cause, status, delivery_id], ['reject', 'malformed_signature', 401, null]);
});

test('verify for a person says why, and sums up', async (t) => {
  const { code, stdout, stderr } = await run(newWorld(), ['verify', '--file', fileOf(t, UNSIGNED)]);
  assert.match(stdout, /^✗ by hand {2}github {2}rejected with 401: unsigned\n {4}The request is not signed: [^\n]*\n$/);
  assert.deepEqual(
    [code, stderr],
    [1, '1 request: 0 accepted, 1 rejected.\nError: 1 of 1 request would be refused.\n'],
  );
});

test('a verdict that is not what the file expects is exit code 1; what is optional does not count', async (t) => {
  const file = fileOf(t, [
    { ...UNSIGNED, expect: 'accept' },
    { ...UNSIGNED, expect: 'accept', optional: true },
    { ...UNSIGNED, expect: 'reject' },
  ]);
  const { code, stdout, stderr } = await run(newWorld(), ['verify', '--file', file]);
  assert.equal(stdout.match(/expected: accept/g)?.length, 1);
  assert.equal(code, 1);
  assert.match(stderr, /^Error: 1 of 3 verdicts is not what the file expects\.$/m);
});

test('a file that cannot be used is exit code 2 before anything is judged', async (t) => {
  const cases: readonly (readonly [file: string, says: RegExp])[] = [
    [join(tmpdir(), 'no-such-file.json'), /no-such-file\.json cannot be read: there is no such file/],
    [fileOf(t, '{'), /cannot be used\. This is no JSON/],
    [fileOf(t, [UNSIGNED, { name: 'b' }]), /cannot be used\. Request 2 \(b\) does not say its "provider"/],
  ];
  for (const [file, says] of cases) {
    const { code, stdout, stderr } = await run(newWorld(), ['verify', '--file', file]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, says);
  }
});

test('a provider that nobody knows is an address that leads nowhere: 404, and exit code 2 when all is judged', async (t) => {
  const file = fileOf(t, [{ ...UNSIGNED, provider: 'gitlob' }, UNSIGNED]);
  const { code, stdout, stderr } = await run(newWorld(), ['verify', '--file', file, '--json']);
  const [unknown, known] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual([unknown.verdict, unknown.cause, unknown.status], ['reject', 'unknown_source', 404]);
  assert.equal(known.status, 401);
  assert.equal(code, 2);
  assert.match(stderr, /No provider is named "gitlob", as the request ".+" says\. Did you mean "gitlab"\?/);
});

test('what is stale says by which time it was judged', async (t) => {
  const body = '{"id":"evt_1","object":"event","type":"charge.succeeded"}';
  const v1 = createHmac('sha256', 'a-secret').update(`1767225600.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=1767225600,v1=${v1}` };
  const late = { provider: 'stripe', secret: 'a-secret', headers, body };
  const file = fileOf(t, [late, { ...late, now: 1_767_226_000 }, { ...late, now: 1_767_225_601 }]);
  const { code, stdout } = await run(newWorld(), ['verify', '--file', file]);
  assert.match(stdout, /It was judged at 2026-11-23T17:00:00\.000Z, by the clock here, for it does not say "now"\.$/m);
  assert.match(stdout, /It was judged at 2026-01-01T00:06:40\.000Z, as its "now" says\.$/m);
  assert.deepEqual([code, /clock of this machine/.test(stdout), stdout.match(/rejected with/g)?.length], [1, false, 2]);
});

test('the secrets of the file are masked in what is printed', async (t) => {
  const named = { ...UNSIGNED, name: `with ${UNSIGNED.secret}` };
  for (const json of [[], ['--json']]) {
    const { stdout } = await run(newWorld(), ['verify', '--file', fileOf(t, named), ...json]);
    assert.ok(stdout.includes('with [secret]') && !stdout.includes(UNSIGNED.secret));
  }
});

test('what a request says of its source is what the source is set to', async (t) => {
  const context = { certPem: LEAF, intermediatePem: INTERMEDIATE, trustAnchorPem: ROOT };
  const filed = { provider: 'paypal', secret: SECRET, headers: headersOf(), body: BODY.toString(), now: 1_767_225_600 };
  const file = fileOf(t, [
    { ...filed, context, expect: 'accept' },
    { ...filed, context: { ...context, trustAnchorPem: null }, expect: 'reject' },
  ]);
  const { code, stderr } = await run(newWorld(), ['verify', '--file', file]);
  assert.deepEqual([code, stderr], [0, '2 requests: 1 accepted, 1 rejected.\n']);
});
