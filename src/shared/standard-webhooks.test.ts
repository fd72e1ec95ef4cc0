import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { Secret } from './secret.ts';
import { standardKeysOf, standardSecretProblem, standardSigned, verifyStandard } from './standard-webhooks.ts';

const NOW = 1_767_225_600;
const KEY = Buffer.from('twenty-four bytes of a key');
const SECRET = `whsec_${KEY.toString('base64')}`;
const PAIR = generateKeyPairSync('ed25519');
const PUBLIC = `whpk_${Buffer.from(PAIR.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`;
const BODY = Buffer.from('{"type":"thing.made"}');
const CONTENT = `msg_1.${NOW}.${BODY.toString()}`;
const V1 = `v1,${createHmac('sha256', KEY).update(CONTENT).digest('base64')}`;
const V1A = `v1a,${sign(null, Buffer.from(CONTENT), PAIR.privateKey).toString('base64')}`;

interface Given {
  readonly secrets?: readonly string[];
  readonly id?: string;
  readonly time?: string;
  readonly signature?: string;
  readonly body?: Buffer;
  readonly seconds?: number;
}

function verified({ secrets = [SECRET], id = 'msg_1', time = String(NOW), signature = V1, ...rest }: Given) {
  const headers = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature };
  const { body = BODY, seconds = NOW } = rest;
  const found = verifyStandard(
    standardKeysOf(secrets.map((secret) => new Secret(secret))),
    { headers, body, now: seconds * 1000 },
    'webhook',
  );
  return typeof found === 'number' ? found : found.cause;
}

const CASES: readonly (readonly [what: string, given: Given, verdict: number | string])[] = [
  ['a shared key', {}, 1],
  ['a public key', { secrets: [PUBLIC], signature: V1A }, 1],
  ['the second of two secrets', { secrets: ['whsec_b3RoZXI=', SECRET] }, 2],
  ['both kinds of secret', { secrets: [SECRET, PUBLIC], signature: V1A }, 2],
  ['one of several signatures', { signature: `v1,${'A'.repeat(43)}= v2,x ${V1}` }, 1],
  ['300 s ago', { seconds: NOW + 300 }, 1],
  ['301 s ago', { seconds: NOW + 301 }, 'stale'],
  ['301 s from now', { seconds: NOW - 301 }, 'stale'],
  ['another key', { secrets: ['whsec_b3RoZXI='] }, 'mismatch'],
  ['the key as text', { secrets: [KEY.toString('base64')] }, 'mismatch'],
  ['an empty key', { secrets: ['whsec_'] }, 'mismatch'],
  ['no key', { secrets: [''] }, 'mismatch'],
  ['no secret at all', { secrets: [] }, 'mismatch'],
  ['a public key for a shared one', { secrets: [PUBLIC] }, 'mismatch'],
  ['a shared key for a public one', { signature: V1A }, 'mismatch'],
  ['an altered body', { body: Buffer.from('{"type":"thing.made"} ') }, 'mismatch'],
  ['an altered id', { id: 'msg_2' }, 'mismatch'],
  ['an altered time', { time: String(NOW + 1) }, 'mismatch'],
  ['no id', { id: '' }, 'malformed_signature'],
  ['an endless id', { id: 'x'.repeat(1000) }, 'malformed_signature'],
  ['no time', { time: '' }, 'malformed_signature'],
  ['a time that is no number', { time: `${NOW}.0` }, 'malformed_signature'],
  ['a signature without its padding', { signature: V1.replace(/=+$/, '') }, 'malformed_signature'],
  ['half a signature', { signature: V1.slice(0, 20) }, 'malformed_signature'],
  ['hex', { signature: `v1,${Buffer.from(V1.slice(3), 'base64').toString('hex')}` }, 'malformed_signature'],
  ['more signatures than anybody sends', { signature: Array(17).fill(V1).join(' ') }, 'malformed_signature'],
  ['no signature', { signature: '' }, 'unsigned'],
  ['an unknown scheme', { signature: V1.replace('v1', 'v2') }, 'unsigned'],
];
for (const [what, given, verdict] of CASES) {
  test(`Standard Webhooks: ${what} gives ${verdict}`, () => assert.equal(verified(given), verdict));
}

test('no bit of a signature, the body, the id or the time may differ', () => {
  for (const [signature, secrets] of [[V1, [SECRET]] as const, [V1A, [PUBLIC]] as const]) {
    const bytes = Buffer.from(signature);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      assert.notEqual(verified({ secrets, signature: flipped(bytes, bit).toString('latin1') }), 1, `bit ${bit}`);
    }
    for (let bit = 0; bit < BODY.length * 8; bit++) {
      assert.equal(verified({ secrets, signature, body: flipped(BODY, bit) }), 'mismatch');
    }
  }
  for (let bit = 0; bit < String(NOW).length * 8; bit++) {
    assert.notEqual(verified({ time: flipped(Buffer.from(String(NOW)), bit).toString('latin1') }), 1);
  }
});

test('what is signed here is accepted, under either name of the headers', () => {
  for (const prefix of ['webhook', 'svix'] as const) {
    const headers = standardSigned(new Secret(SECRET), { id: 'msg_1', now: NOW * 1000, body: BODY }, prefix);
    const keys = standardKeysOf([new Secret(SECRET)]);
    assert.equal(verifyStandard(keys, { headers, body: BODY, now: NOW * 1000 }, prefix), 1);
    const other = prefix === 'svix' ? 'webhook' : 'svix';
    assert.notEqual(verifyStandard(keys, { headers, body: BODY, now: NOW * 1000 }, other), 1);
  }
  assert.throws(() => standardSigned(new Secret(PUBLIC), { id: 'a', now: 0, body: BODY }, 'webhook'), /can sign/);
});

test('no piece of a captured body is moved into the id, whatever time somebody wrote there', () => {
  const [body, later] = [`{"name":"x.${NOW + 9_999}.{}"}`, NOW + 9_999];
  const headers = standardSigned(
    new Secret(SECRET),
    { id: 'msg_1', now: NOW * 1000, body: Buffer.from(body) },
    'webhook',
  );
  const moved = { ...headers, 'webhook-id': `msg_1.${NOW}.{"name":"x`, 'webhook-timestamp': `${later}` };
  const request = { headers: moved, body: Buffer.from('{}"}'), now: later * 1000 };
  const refused = verifyStandard(standardKeysOf([new Secret(SECRET)]), request, 'webhook');
  assert.deepEqual(refused, { kind: 'refused', cause: 'malformed_signature' });
});

test('a secret without its prefix is a problem, and is not repeated', () => {
  assert.equal(standardSecretProblem(SECRET), undefined);
  assert.equal(standardSecretProblem(PUBLIC), undefined);
  for (const text of ['', 'whsec_', 'whsec_%%', 'whpk_AAAA', 'sk_live_abc', KEY.toString('base64')]) {
    const problem = standardSecretProblem(text) ?? '';
    assert.match(problem, /base64/);
    assert.ok(text.length < 8 || !problem.includes(text));
  }
});

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
