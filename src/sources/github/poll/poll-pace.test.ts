import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceOf, retryMs, unstatedMs } from './poll-pace.ts';

const rate = (remaining: number) => ({ limit: 60, remaining, resetAt: 3_600_000 });

test('the longer of what was asked for and what GitHub asks for', () => {
  assert.deepEqual(paceOf(30_000, 60_000, rate(60), 0), { ms: 60_000, isSlowed: false });
  assert.deepEqual(paceOf(90_000, 60_000, null, 0), { ms: 90_000, isSlowed: false });
});

test('below a fifth of the limit, half of what is left is spread until it is renewed', () => {
  assert.deepEqual(paceOf(60_000, null, rate(13), 0), { ms: 60_000, isSlowed: false });
  assert.deepEqual(paceOf(60_000, null, rate(12), 0), { ms: 600_000, isSlowed: true });
  assert.deepEqual(paceOf(60_000, null, rate(1), 0), { ms: 3_600_000, isSlowed: true });
  assert.deepEqual(paceOf(60_000, null, rate(12), 3_599_000), { ms: 60_000, isSlowed: false });
  assert.deepEqual(paceOf(60_000, null, rate(1), 3_600_000), { ms: 60_000, isSlowed: false });
});

test('after failures it waits longer each time, and never forever', () => {
  assert.deepEqual([0, 1, 5, 99].map(retryMs), [1_000, 2_000, 32_000, 300_000]);
  assert.deepEqual([0, 1, 99].map(unstatedMs), [60_000, 120_000, 3_600_000]);
});
