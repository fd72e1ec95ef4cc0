import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidOf } from './uuid.ts';

test('a name has one UUID, as RFC 9562 makes it', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  assert.equal(uuidOf(dns, 'www.example.com'), '2ed6657d-e927-568b-95e1-2665a8aea6a2');
  assert.notEqual(uuidOf(dns, 'www.example.org'), uuidOf(dns, 'www.example.com'));
});
