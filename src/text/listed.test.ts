import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed } from './listed.ts';

test('items are named whole while they fit, the others counted', () => {
  assert.equal(listed(['ab', 'cd', 'ef'], 3, 66, true), 'ab, cd and 1 more');
  assert.equal(listed(['ab', 'cd', 'ef'], 1003, 100, false), 'ab\ncd\nef\nand 1,000 more');
  assert.equal(listed(['ab', 'cd'], 2, 100, true), 'ab, cd');
  assert.equal(listed(['abcdef'], 1, 65, false), '1 in all');
});
