import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { Secret } from '../../shared/secret.ts';
import { githubSource } from './github-source.ts';
import { keysOf, signatureOf, verify } from './verify.ts';

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
  test(`the published vector ${vector.name} is ${vector.expect}ed`, () => {
    const source = githubSource({ name: 'github', secrets: [new Secret(vector.secret)] });
    const result = source.verify(lowerCase(vector.headers), Buffer.from(vector.body));
    assert.equal(result.ok, vector.expect === 'accept', vector.why);
  });
}

const secretText = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const body = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const signed = (signature: string) => ({ 'x-hub-signature-256': signature });

test('a right signature names the first of the secrets that made it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(secretText, { minLength: 1, maxLength: 5 }), fc.nat(), body, (texts, index, bytes) => {
      const secrets = texts.map((text) => new Secret(text));
      const which = index % secrets.length;
      const signature = signatureOf(secrets[which] as Secret, bytes);
      assert.deepEqual(verify(keysOf(secrets), signed(signature), bytes), { ok: true, secretNo: which + 1 });
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
        const result = verify(keysOf([secret]), signed(signatureOf(secret, original)), changed);
        assert.deepEqual(result, { ok: false, cause: 'mismatch' });
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
      assert.equal(verify(keysOf([new Secret(mine)]), signed(signature), bytes).ok, false);
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
    assert.deepEqual(verify(keysOf([secret]), signed(signature), bytes), { ok: false, cause: 'malformed_signature' });
  }
});

test('without the header, or with SHA-1 alone, the request is unsigned', () => {
  const keys = keysOf([new Secret('one')]);
  assert.deepEqual(verify(keys, {}, Buffer.from('{}')), { ok: false, cause: 'unsigned' });
  assert.deepEqual(verify(keys, signed(''), Buffer.from('{}')), { ok: false, cause: 'unsigned' });
  const sha1 = { 'x-hub-signature': 'sha1=53c81964bbc0dc03de8e4e83eba2324401d0c5c2' };
  assert.deepEqual(verify(keys, sha1, Buffer.from('{}')), { ok: false, cause: 'unsigned' });
});

test('no secrets, or an empty one, verify nothing', () => {
  const bytes = Buffer.from('{}');
  const signature = signatureOf(new Secret(''), bytes);
  assert.equal(verify(keysOf([]), signed(signature), bytes).ok, false);
  assert.equal(verify(keysOf([new Secret('')]), signed(signature), bytes).ok, false);
  const second = [new Secret(''), new Secret('two')];
  const bySecond = signed(signatureOf(new Secret('two'), bytes));
  assert.deepEqual(verify(keysOf(second), bySecond, bytes), { ok: true, secretNo: 2 });
});
