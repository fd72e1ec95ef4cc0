import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTally, TALLY, turnedAway } from '../model/turned-away.ts';
import { capturedLog, handClock } from './kit.test.ts';
import { createTallyKeeper } from './tally-keeper.ts';

const HOUR = 3_600_000;

/** What keeps cursors, and how often it was written. */
function bench() {
  const clock = handClock();
  const { log } = capturedLog();
  const written: string[] = [];
  const cursors = {
    isAway: false,
    recall: async () => written.at(-1) ?? null,
    async remember(name: string, value: string) {
      if (cursors.isAway) throw new Error('disk full');
      assert.equal(name, TALLY);
      written.push(value);
    },
  };
  const keeper = () => createTallyKeeper(cursors, clock, log);
  const found = () =>
    turnedAway(parseTally(written.at(-1) ?? null), clock.now()).map(
      ({ source, cause, count, why }) => `${count} ${source} ${cause}: ${why}`,
    );
  return { clock, cursors, written, keeper, found };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a flood is written soon, and then at most every ten seconds', async () => {
  const { clock, written, keeper, found } = bench();
  const tally = keeper();
  tally.count('github', 'mismatch', 'The secret differs.');
  clock.advance(500);
  await settled();
  assert.deepEqual([written.length, found()], [1, ['1 github mismatch: The secret differs.']]);
  for (let second = 0; second < 30; second++) {
    for (let no = 0; no < 1_000; no++) tally.count('github', 'mismatch', null);
    clock.advance(1_000);
    await settled();
  }
  assert.equal(written.length, 4);
  await tally.stop();
  assert.deepEqual(found(), ['30001 github mismatch: The secret differs.']);
});

test('it goes on after a restart, and forgets what is older than a day', async () => {
  const { clock, keeper, found } = bench();
  const first = keeper();
  first.count('github', 'unsigned', 'No header.');
  first.count('shop', 'stale', null);
  await first.stop();
  clock.advance(20 * HOUR);
  const second = keeper();
  second.count('github', 'unsigned', null);
  await second.stop();
  assert.deepEqual(found(), ['2 github unsigned: No header.', '1 shop stale: null']);
  clock.advance(5 * HOUR);
  assert.deepEqual(found(), ['1 github unsigned: No header.']);
  const third = keeper();
  third.count('shop', 'mismatch', null);
  await third.stop();
  clock.advance(25 * HOUR);
  assert.deepEqual(found(), []);
});

test('what cannot be written is written later; what is stored and cannot be read counts as nothing', async () => {
  const { clock, cursors, written, keeper, found } = bench();
  written.push('{"no": "list"}', '[null, 7, {"source": "a", "cause": "b", "at": "soon", "why": 1, "hours": [[1]]}]');
  cursors.isAway = true;
  const tally = keeper();
  tally.count('github', 'mismatch', 'x'.repeat(2_000));
  clock.advance(500);
  await settled();
  cursors.isAway = false;
  tally.count('github', 'mismatch', null);
  await tally.stop();
  assert.deepEqual(found(), [`2 github mismatch: ${'x'.repeat(500)}`]);
});

test('nothing is written where nothing is turned away', async () => {
  const { written, keeper } = bench();
  await keeper().stop();
  assert.deepEqual(written, []);
});
