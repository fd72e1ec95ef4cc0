import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeLines } from './take-lines.ts';

test('lines are taken whole while they fit', () => {
  assert.deepEqual(takeLines(['ab', 'cd', 'ef'], 5), { text: 'ab\ncd', taken: 2 });
  assert.deepEqual(takeLines(['abcdef'], 5), { text: '', taken: 0 });
});
