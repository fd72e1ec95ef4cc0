import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { DIGEST_BYTES, type Hash, hmac, keysOf, matching, matchingBy, tokenIs, tokensOf } from './hmac.ts';
import { Secret } from './secret.ts';
import { signatureBytes } from './signature-text.ts';

const secrets = (...texts: readonly string[]) => texts.map((text) => new Secret(text));

for (const hash of ['sha1', 'sha256', 'sha512'] as const satisfies readonly Hash[]) {
  test(`${hash}: the first key that made one of the signatures is named, an empty one never`, () => {
    const made = createHmac(hash, 'right').update('a.b').digest();
    assert.deepEqual(hmac(hash, new Secret('right'), 'a.', Buffer.from('b')), made);
    assert.equal(made.length, DIGEST_BYTES[hash]);
    assert.equal(matchingBy(hash, keysOf(secrets('', 'wrong', 'right')), [made], 'a.', 'b'), 3);
    assert.equal(matchingBy(hash, keysOf(secrets('wrong')), [made], 'a.b'), null);
    const empty = createHmac(hash, '').update('a.b').digest();
    assert.equal(matchingBy(hash, keysOf(secrets('')), [empty], 'a.b'), null);
  });
}

test('a digest of another hash or of another length matches nothing', () => {
  const keys = keysOf(secrets('right'));
  assert.equal(matching(keys, [createHmac('sha1', 'right').update('x').digest(), Buffer.alloc(0)], 'x'), null);
});

test('tokens are told apart by every letter, and an empty one is none', () => {
  const tokens = tokensOf(secrets('', 'tok_9f2c', 'tok_9f2d'));
  assert.equal(tokenIs(tokens, 'tok_9f2d'), 3);
  for (const given of ['', 'tok_9f2', 'tok_9f2cc', 'Tok_9f2c', ' tok_9f2c']) assert.equal(tokenIs(tokens, given), null);
});

test('a signature has one spelling', () => {
  const bytes = Buffer.from('00ff10ab', 'hex');
  assert.deepEqual(signatureBytes('00ff10ab', 'hex', 4), bytes);
  assert.deepEqual(signatureBytes('AP8Qqw==', 'base64', 4), bytes);
  assert.deepEqual(signatureBytes('AP8Qqw', 'base64url', 4), bytes);
  for (const [text, encoding] of [
    ['00FF10AB', 'hex'],
    ['00ff10a', 'hex'],
    ['00ff10abzz', 'hex'],
    ['00ff10ab00', 'hex'],
    ['AP8Qqw', 'base64'],
    ['AP8Qqx==', 'base64'],
    ['AP8Qqw==\n', 'base64'],
    ['AP8Qqw==', 'base64url'],
    ['', 'hex'],
  ] as const) {
    assert.equal(signatureBytes(text, encoding, 4), null, `${encoding} ${text}`);
  }
  assert.deepEqual(signatureBytes('_-8=', 'base64', 2), null);
});
