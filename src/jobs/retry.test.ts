import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { MAX_PAUSE_MS, type RetryPolicy } from '../model/destination.ts';
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

test('the jitter of a backoff is full: chance moves the backoff over the whole span from zero to the ceiling', () => {
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

test('a Retry-After of zero or nonsense counts as none', () => {
  const policy = { baseMs: 1_000, capMs: 60_000, maxTries: 5 };
  for (const nonsense of [0, -5, Number.NaN, undefined])
    assert.equal(
      pauseMs(policy, 2, nonsense, () => 0.5),
      2_660,
    );
});

test('the try that reaches the maximum is the last', () => {
  const policy = { baseMs: 0, capMs: 0, maxTries: 3 };
  assert.deepEqual(
    [0, 1, 2, 3].map((tries) => isLastTry(policy, tries)),
    [false, false, true, true],
  );
});

const DAY: RetryPolicy = { baseMs: 1_000, capMs: 600_000, maxTries: 260 };

/** The longest and the shortest that the pause after so many failures before can be. */
const longestMs = (failures: number) => pauseMs(DAY, failures, undefined, () => 0);
const shortestMs = (failures: number) => pauseMs(DAY, failures, undefined, () => 1);

/** What an outage of that age may cost after the return. */
function barMs(outageMs: number): number {
  if (outageMs <= 10_000) return 3_000;
  if (outageMs <= 60_000) return 10_000;
  return outageMs <= 600_000 ? 30_000 : Math.min(600_000, outageMs / 20);
}

test('back soon: the longest pause that can be running when an outage ends is under its bar, whatever its length, chance and phase', () => {
  let earliest = 0;
  for (let failures = 0; failures < DAY.maxTries; failures++) {
    // A first try that came later, or tries that took long, only make it another one.
    assert(longestMs(failures) <= barMs(earliest + 1), `${longestMs(failures)} ms after ${earliest} ms`);
    earliest += shortestMs(failures);
  }
  assert(earliest > 22 * 3_600_000);
});

/** When a lane tries while its destination is away from 0 to `outageMs`: the last is the one that tells. */
function tries(outageMs: number, phaseMs: number, tryMs: number, random: () => number): readonly number[] {
  const starts = [phaseMs];
  for (let failures = 0; (starts.at(-1) ?? 0) < outageMs; failures++) {
    starts.push((starts.at(-1) ?? 0) + tryMs + pauseMs(DAY, failures, undefined, random));
  }
  return starts;
}

test('back soon, by a clock: told within the bar, with at most eleven probes in the first minute and seven in any later one', () => {
  const scenes = fc.record({
    outageMs: fc.oneof(fc.constantFrom(10_000, 60_000, 600_000), fc.integer({ min: 1, max: 90_000_000 })),
    phase: chance,
    tryMs: fc.integer({ min: 0, max: 150 }),
    draws: fc.array(chance, { minLength: 1, maxLength: 40 }),
  });
  fc.assert(
    fc.property(scenes, ({ outageMs, phase, tryMs, draws }) => {
      let drawn = 0;
      const starts = tries(outageMs, phase * outageMs, tryMs, () => draws[drawn++ % draws.length] ?? 0);
      assert((starts.at(-1) ?? 0) + tryMs - outageMs <= barMs(outageMs));
      const first = starts[0] ?? 0;
      const within = (from: number) => starts.filter((at) => at >= from && at < from + 60_000).length;
      assert(within(first) <= 11, `${within(first)} in the first minute`);
      for (const at of starts) if (at - first >= 60_000) assert(within(at) <= 7, `${within(at)} in a later minute`);
    }),
  );
});

test('the pauses of any policy are whole milliseconds, at most a tenth shorter than chance could make them, and end at the cap', () => {
  fc.assert(
    fc.property(policies, failureCounts, chance, (policy, failures, random) => {
      const ms = pauseMs(policy, failures, undefined, () => random);
      const longest = pauseMs(policy, failures, undefined, () => 0);
      assert(Number.isInteger(ms) && ms <= longest && longest <= policy.capMs);
      assert(ms >= Math.floor(longest * 0.9) - 1);
      assert(longest <= pauseMs(policy, failures + 1, undefined, () => 0));
    }),
  );
});
