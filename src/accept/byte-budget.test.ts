import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ByteBudget, type ByteLimits, type Share } from './byte-budget.ts';
import { handClock } from './kit.test.ts';

const KIB = 1024;

/** A budget whose shares have names, with those that were cut off. */
function opened(limits: ByteLimits) {
  const clock = handClock();
  const budget = new ByteBudget(limits, clock);
  const cutOff: string[] = [];
  const enter = (name: string): Share => budget.open((why) => cutOff.push(`${name} ${why}`));
  /** Comes with `bytes` at once. */
  const come = (name: string, bytes: number): boolean => {
    const share = enter(name);
    share.heard(bytes);
    return share.growTo(bytes);
  };
  return { clock, budget, cutOff, enter, come };
}

test('what does not fit beside others as fast is refused and takes nothing', () => {
  const { budget, come, cutOff } = opened({ maxInFlightBytes: 1_000 * KIB, maxBodyBytes: 500 * KIB });
  assert.ok(come('first', 500 * KIB));
  assert.equal(come('second', 500 * KIB), false);
  assert.equal(budget.usedBytes, 500 * KIB);
  assert.deepEqual(cutOff, []);
});

test('large bodies leave the last sixteenth to small ones', () => {
  const { come } = opened({ maxInFlightBytes: 1_600 * KIB, maxBodyBytes: 800 * KIB });
  assert.ok(come('a', 800 * KIB));
  assert.equal(come('b', 701 * KIB), false);
  assert.ok(come('c', 700 * KIB));
  assert.ok(come('d', 64 * KIB));
  assert.equal(come('e', 64 * KIB), false, 'the budget is full for small ones too');
});

test('one body of the largest size always fits an empty budget', () => {
  assert.ok(opened({ maxInFlightBytes: 500 * KIB, maxBodyBytes: 500 * KIB }).come('only', 500 * KIB));
});

test('who waits gives way to who sends: the slowest first, and no more than needed', () => {
  const { clock, come, cutOff, budget } = opened({ maxInFlightBytes: 1_000 * KIB, maxBodyBytes: 300 * KIB });
  for (const name of ['oldest', 'older', 'old']) {
    assert.ok(come(name, 300 * KIB));
    clock.advance(10);
  }
  assert.ok(come('new', 300 * KIB));
  assert.deepEqual(cutOff, ['oldest over_budget']);
  assert.equal(budget.usedBytes, 900 * KIB);
});

test('all but the last byte at once, and nothing since, is as late as nothing at all', () => {
  const { clock, enter, come, cutOff } = opened({ maxInFlightBytes: 1_000 * KIB, maxBodyBytes: 900 * KIB });
  assert.ok(come('slow', 899 * KIB));
  clock.advance(50);
  const honest = enter('honest');
  clock.advance(40);
  honest.heard(300 * KIB);
  assert.ok(honest.growTo(300 * KIB));
  assert.deepEqual(cutOff, ['slow over_budget']);
});

test('nobody is turned away for one that would not fit even then', () => {
  const { clock, come, enter, cutOff } = opened({ maxInFlightBytes: 1_000 * KIB, maxBodyBytes: 900 * KIB });
  const stored = enter('stored');
  assert.ok(stored.growTo(600 * KIB));
  stored.arrived();
  assert.ok(come('slow', 200 * KIB));
  clock.advance(100);
  assert.equal(come('huge', 900 * KIB), false);
  assert.deepEqual(cutOff, []);
});

test('who is ten seconds late is cut off though bytes are left; who keeps the pace never is', () => {
  const { clock, enter, come, cutOff, budget } = opened({
    maxInFlightBytes: 90_000 * KIB,
    maxBodyBytes: 90_000 * KIB,
  });
  assert.ok(come('silent', 50 * KIB));
  const dripping = enter('dripping');
  const steady = enter('steady');
  for (let second = 0; second < 30; second++) {
    clock.advance(1_000);
    dripping.heard(1);
    steady.heard(256 * KIB);
  }
  assert.deepEqual(cutOff, ['silent too_slow', 'dripping too_slow']);
  assert.equal(budget.usedBytes, 0);
});

test('what has arrived as a whole is not turned away', () => {
  const { clock, enter, come, cutOff } = opened({ maxInFlightBytes: 1_000 * KIB, maxBodyBytes: 900 * KIB });
  const share = enter('stored');
  assert.ok(share.growTo(800 * KIB));
  share.arrived();
  clock.advance(60_000);
  assert.equal(come('next', 300 * KIB), false);
  assert.deepEqual(cutOff, []);
});

test('property: no more than the limit is ever held, and all of it is given back', () => {
  const step = fc.record({ bytes: fc.nat(200_000), grow: fc.nat(300_000), wait: fc.nat(500), leaves: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { clock, budget, enter } = opened({ maxInFlightBytes: 1_000_000, maxBodyBytes: 300_000 });
      const held: Share[] = [];
      for (const { bytes, grow, wait, leaves } of steps) {
        const share = enter('any');
        share.heard(bytes);
        share.growTo(bytes);
        clock.advance(wait);
        share.growTo(grow);
        for (let i = 0; i < leaves; i++) share.giveBack();
        if (leaves === 0) held.push(share);
        assert.ok(budget.usedBytes >= 0 && budget.usedBytes <= 1_000_000);
      }
      for (const share of held) share.giveBack();
      assert.equal(budget.usedBytes, 0);
    }),
  );
});
