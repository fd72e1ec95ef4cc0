import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { minimal, shrink } from './shrink.ts';
import type { Simulated, Verdict } from './types.ts';

const NUMBERS = Array.from({ length: 60 }, (_, index) => index);

describe('a run that fails', () => {
  test('keeps what it fails by, wherever it stands, and nothing else', async () => {
    for (const culprits of [[0], [59], [3, 4], [0, 30, 59], [7, 8, 9, 40]]) {
      const fails = async (items: readonly number[]) => culprits.every((each) => items.includes(each));
      assert.deepEqual(await minimal(NUMBERS, fails), culprits);
    }
  });

  test('that fails whatever happens is left with nothing', async () => {
    assert.deepEqual(await minimal(NUMBERS, async () => true), []);
  });

  test('has no part left that can go by itself, also where parts need each other', async () => {
    const fails = async (items: readonly number[]) => items.includes(5) && items.length % 3 === 1;
    const kept = await minimal(NUMBERS.slice(0, 10), fails);
    for (const each of kept) assert.equal(await fails(kept.filter((other) => other !== each)), false);
  });

  test('is shortened, shrinks by the same check only, and shrinks to the same each time', async () => {
    const simulate = async (simulated: Simulated) => verdictOf(simulated);
    const [one, other] = [await shrink(simulate, { seed: 1 }, 'pace'), await shrink(simulate, { seed: 1 }, 'pace')];
    assert.deepEqual(one, other);
    assert.deepEqual(
      one.verdict.happenings.map(({ index }) => index),
      [2, 21],
    );
    await assert.rejects(shrink(simulate, { seed: 1 }, 'order'), /does not fail by order/);
  });
});

/** Twenty deliveries, ten faults: delivery 2 and fault 21 are too fast, and without fault 25 something else is wrong. */
function verdictOf({ seed, steps = 20, without = new Set<number>() }: Simulated): Verdict {
  const happenings = NUMBERS.slice(0, 30)
    .filter((index) => (index >= 20 || index < steps) && !without.has(index))
    .map((index) => ({ index, kind: index < 20 ? 'delivery' : 'fault', says: String(index) }) as const);
  const has = (index: number) => happenings.some((each) => each.index === index);
  const violations = [
    ...(has(2) && has(21) ? [{ check: 'pace', says: 'too fast' } as const] : []),
    ...(has(25) ? [] : [{ check: 'lost', says: 'gone' } as const]),
  ];
  return { seed, ok: violations.length === 0, violations, story: [], digest: '', happenings, wakeUps: 0, lasted: 0 };
}
