import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { ed25519Key, isSignedBy } from './ed25519.ts';

const pair = generateKeyPairSync('ed25519');
const PUBLIC = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
const CONTENT = Buffer.from('1767225600{"type":1}');
const SIGNATURE = sign(null, CONTENT, pair.privateKey);

function* turned(bytes: Buffer): Generator<Buffer> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = Buffer.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield copy;
  }
}

function isRight(key: Buffer, signature: Buffer, content: Buffer): boolean {
  const read = ed25519Key(key);
  return read !== null && isSignedBy(read, signature, content.subarray(0, 10), content.subarray(10));
}

test('what a key signed is right, and nothing that is one bit away: key, signature, content', () => {
  assert.equal(isRight(PUBLIC, SIGNATURE, CONTENT), true);
  for (const key of turned(PUBLIC)) assert.equal(isRight(key, SIGNATURE, CONTENT), false);
  for (const signature of turned(SIGNATURE)) assert.equal(isRight(PUBLIC, signature, CONTENT), false);
  for (const content of turned(CONTENT)) assert.equal(isRight(PUBLIC, SIGNATURE, content), false);
});

test('what is no key and no signature is none', () => {
  for (const length of [0, 31, 33, 64]) assert.equal(ed25519Key(Buffer.alloc(length)), null);
  for (const length of [0, 63, 65]) assert.equal(isRight(PUBLIC, Buffer.alloc(length), CONTENT), false);
});
