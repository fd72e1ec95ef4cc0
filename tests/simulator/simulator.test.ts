import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Simulator } from './simulate.ts';

// The short form of `npm run simulate`.

const SEEDS = 100;

test(`nothing that was promised is broken by the first ${SEEDS} seeds`, async () => {
  using simulator = await Simulator.open();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violations } = await simulator.simulate({ seed });
    assert.deepEqual(violations, [], `npm run simulate -- --seed ${seed}`);
  }
});

test('the same seed is the same run, whatever ran before; another is another', async () => {
  using simulator = await Simulator.open();
  using other = await Simulator.open();
  const first = await simulator.simulate({ seed: 34 });
  await simulator.simulate({ seed: 7 });
  const again = await simulator.simulate({ seed: 34 });
  assert.deepEqual(again, first);
  assert.deepEqual(await other.simulate({ seed: 34 }), first);
  assert.notEqual((await simulator.simulate({ seed: 35 })).digest, first.digest);
});

test('what is left out does not happen, and all the rest is planned as it was', async () => {
  using simulator = await Simulator.open();
  const { happenings, digest } = await simulator.simulate({ seed: 34 });
  const faults = happenings.filter(({ kind }) => kind === 'fault').map(({ index }) => index);
  const calm = await simulator.simulate({ seed: 34, without: new Set(faults) });
  assert.deepEqual(calm.happenings, happenings);
  assert.notEqual(calm.digest, digest);
  assert.equal(calm.story.filter((line) => /killed|frozen|stands still/.test(line)).length, 0);
});
