import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { MAX_PAUSE_MS } from '../model/destination.ts';
import { backoffMs, isLastTry, pauseMs } from './retry.ts';

const policies = fc.record({
  baseMs: fc.integer({ min: 0, max: 60_000 }),
  capMs: fc.integer({ min: 0, max: 3_600_000 }),
  maxTries: fc.integer({ min: 1, max: 50 }),
});
const failureCounts = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1_000_000 }));
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a backoff is whole milliseconds below both the cap and base × 2^failures', () => {
  fc.assert(
    fc.property(policies, failureCounts, chance, (policy, failures, random) => {
      const ms = backoffMs(policy, failures, () => random);
      assert(Number.isInteger(ms) && ms >= 0 && ms <= policy.capMs);
      assert(ms <= policy.baseMs * 2 ** Math.min(failures, 1_000));
    }),
  );
});

test('jitter is full: chance moves the backoff over the whole span from zero to the ceiling', () => {
  fc.assert(
    fc.property(policies, fc.integer({ min: 0, max: 20 }), (policy, failures) => {
      const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** failures);
      assert.equal(
        backoffMs(policy, failures, () => 0),
        0,
      );
      assert.equal(
        backoffMs(policy, failures, () => 0.5),
        Math.floor(ceiling / 2),
      );
      assert(backoffMs(policy, failures, () => 1 - Number.EPSILON) >= ceiling - 1);
    }),
  );
});

test('Retry-After is obeyed exactly up to an hour, whatever the failures and chance say', () => {
  fc.assert(
    fc.property(
      policies,
      failureCounts,
      chance,
      fc.integer({ min: 1, max: 10 ** 9 }),
      (policy, failures, random, ms) => {
        assert.equal(
          pauseMs(policy, failures, ms, () => random),
          Math.min(ms, MAX_PAUSE_MS),
        );
      },
    ),
  );
});

test('a Retry-After of zero or nonsense falls back to backoff', () => {
  const policy = { baseMs: 1_000, capMs: 60_000, maxTries: 5 };
  for (const nonsense of [0, -5, Number.NaN, undefined])
    assert.equal(
      pauseMs(policy, 2, nonsense, () => 0.5),
      2_000,
    );
});

test('the try that reaches the maximum is the last', () => {
  const policy = { baseMs: 0, capMs: 0, maxTries: 3 };
  assert.deepEqual(
    [0, 1, 2, 3].map((tries) => isLastTry(policy, tries)),
    [false, false, true, true],
  );
});
