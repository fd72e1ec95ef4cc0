import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { agesOf } from './ages.ts';

const NOW = 1_000;

test('in order, each is as old as it says', () => assert.deepEqual(agesOf([1, 2, 2, 900], 0, NOW), [1, 2, 2, 900]));

test('what a clock behind stamped is as old as what came before it', () => {
  assert.deepEqual(agesOf([500, 3, 4, 501], 0, NOW), [500, 500, 500, 501]);
  assert.deepEqual(agesOf([3, 4], 500, NOW), [500, 500]);
});

test('what a clock ahead stamped came before what follows; where nothing does, nobody knows', () => {
  assert.deepEqual(agesOf([500, 9_000, 9_001, 600, 9_000], 0, NOW), [500, 600, 600, 600, null]);
  assert.deepEqual(agesOf([500], 9_000, NOW), [500]);
});

test('whatever clocks did, nothing seems older than it is, as long as some clock before or at it was right', () => {
  const happening = fc.record({ gap: fc.nat({ max: 50 }), off: fc.constantFrom(0, 0, 0, -400, 300, 5_000) });
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 30 }), (happenings) => {
      let at = 0;
      const real = happenings.map(({ gap }) => (at += gap));
      const now = at;
      const ages = agesOf(
        happenings.map(({ off }, index) => (real[index] ?? 0) + off),
        0,
        now,
      );
      ages.forEach((age, index) => {
        // The last before it, itself included, whose clock was right or ahead.
        const trusted = happenings.findLastIndex(
          ({ off }, at) => at <= index && off >= 0 && (real[at] ?? 0) + off <= now,
        );
        const least = trusted === -1 ? 0 : (real[trusted] ?? 0);
        if (age !== null) assert.ok(age >= least || happenings[index]?.off === 5_000, `${age} ${least}`);
      });
    }),
  );
});
