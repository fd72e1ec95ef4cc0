import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import type { Headers } from '../../model/headers.ts';
import { isVerified, type RefusalCause } from '../../model/source.ts';
import { keysOf } from '../../shared/hmac.ts';
import { Secret } from '../../shared/secret.ts';
import { githubSource } from './github-source.ts';
import { signatureOf, verify } from './verify.ts';

const numRuns = FULL ? 10_000 : 100;

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expect: 'accept' | 'reject';
  readonly why: string;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/github-vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[];

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

assert.ok(vectors.length >= 9);
for (const vector of vectors) {
  test(`the published vector ${vector.name} is ${vector.expect}ed`, async () => {
    const source = githubSource({ name: 'github', secrets: [new Secret(vector.secret)] });
    const result = await source.receive({
      method: 'POST',
      url: '/webhooks/github',
      headers: lowerCase(vector.headers),
      body: Buffer.from(vector.body),
      now: 0,
    });
    assert.equal(isVerified(result), vector.expect === 'accept', vector.why);
  });
}

const secretText = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const body = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const signed = (signature: string) => ({ 'x-hub-signature-256': signature });
const check = (secrets: readonly Secret[], headers: Headers, bytes: Buffer) =>
  verify(keysOf(secrets), { headers, body: bytes });
const refused = (cause: RefusalCause) => ({ kind: 'refused', cause });

test('a right signature names the first of the secrets that made it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(secretText, { minLength: 1, maxLength: 5 }), fc.nat(), body, (texts, index, bytes) => {
      const secrets = texts.map((text) => new Secret(text));
      const which = index % secrets.length;
      const signature = signatureOf(secrets[which] as Secret, bytes);
      assert.equal(check(secrets, signed(signature), bytes), which + 1);
    }),
  );
});

test('any flipped byte of the body is refused', (t) => {
  tried(t, numRuns, 'bodies');
  const secret = new Secret('one');
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bytes, at, flip) => {
        const original = Buffer.from(bytes);
        const changed = Buffer.from(bytes);
        changed[at % changed.length] = (changed[at % changed.length] as number) ^ flip;
        const result = check([secret], signed(signatureOf(secret, original)), changed);
        assert.deepEqual(result, refused('mismatch'));
      },
    ),
    { numRuns },
  );
});

test('another secret is refused', (t) => {
  tried(t, numRuns, 'secrets');
  fc.assert(
    fc.property(secretText, secretText, body, (mine, theirs, bytes) => {
      // HMAC pads keys with zeros (RFC 2104), so keys that differ only in trailing zeros are the same key.
      fc.pre(mine.replace(/\0+$/, '') !== theirs.replace(/\0+$/, ''));
      const signature = signatureOf(new Secret(theirs), bytes);
      assert.deepEqual(check([new Secret(mine)], signed(signature), bytes), refused('mismatch'));
    }),
    { numRuns },
  );
});

test('a signature cut short, lengthened, doubled or in another case is malformed, never an exception', (t) => {
  const secret = new Secret('one');
  const bytes = Buffer.from('{}');
  const right = signatureOf(secret, bytes);
  const wrong = [
    ...Array.from({ length: right.length - 1 }, (_, length) => right.slice(0, length + 1)),
    `${right}0`,
    `${right}, ${right}`,
    ` ${right}`,
    `${right}\n`,
    right.toUpperCase(),
    right.replace('sha256=', 'sha1='),
  ];
  tried(t, wrong.length, 'signatures');
  for (const signature of wrong) {
    assert.deepEqual(check([secret], signed(signature), bytes), refused('malformed_signature'));
  }
});

test('without the header, or with SHA-1 alone, the request is unsigned', () => {
  const secrets = [new Secret('one')];
  assert.deepEqual(check(secrets, {}, Buffer.from('{}')), refused('unsigned'));
  assert.deepEqual(check(secrets, signed(''), Buffer.from('{}')), refused('unsigned'));
  const sha1 = { 'x-hub-signature': 'sha1=53c81964bbc0dc03de8e4e83eba2324401d0c5c2' };
  assert.deepEqual(check(secrets, sha1, Buffer.from('{}')), refused('unsigned'));
});

test('no secrets, or an empty one, verify nothing', () => {
  const bytes = Buffer.from('{}');
  const signature = signatureOf(new Secret(''), bytes);
  assert.deepEqual(check([], signed(signature), bytes), refused('mismatch'));
  assert.deepEqual(check([new Secret('')], signed(signature), bytes), refused('mismatch'));
  const second = [new Secret(''), new Secret('two')];
  const bySecond = signed(signatureOf(new Secret('two'), bytes));
  assert.equal(check(second, bySecond, bytes), 2);
});
