import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excessOf } from './excess.ts';

const GB = 1e9;

test('below the limit nothing must go; above it, so much that it is not a handful each time', () => {
  assert.equal(excessOf({ bytes: 9 * GB, freeBytes: 0 }, 10 * GB, 0), 0);
  assert.equal(excessOf({ bytes: 10 * GB, freeBytes: 0 }, 10 * GB, 0), 0.5 * GB);
});

test('what is free in the file is filled again, and does not count', () => {
  assert.equal(excessOf({ bytes: 12 * GB, freeBytes: 2.5 * GB }, 10 * GB, 0), 0);
});

test('what went and is not given back is not taken twice', () => {
  assert.equal(excessOf({ bytes: 12 * GB, freeBytes: 0 }, 10 * GB, 2.5 * GB), 0);
});
