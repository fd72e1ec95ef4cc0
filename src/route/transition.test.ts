import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../tests/fixtures/activities.ts';
import { compared } from './transition.ts';

const ran = (passed: boolean) =>
  anActivity({
    headline: 'As it was',
    result: { key: 'ci', run: '1', passed, headlines: { broke: 'Workflow broke' } },
  });

test('a result is compared with the one before; the first failure broke it, the first success mended nothing', () => {
  const transitions = [true, false].flatMap((passed) =>
    [null, true, false].map((before) => compared(ran(passed), before).transition),
  );
  assert.deepEqual(transitions, ['still_passing', 'still_passing', 'fixed', 'broke', 'broke', 'still_broken']);
});

test('the headline says so where there is one for it', () => {
  assert.equal(compared(ran(false), true).activity.said.headline, 'Workflow broke');
  assert.equal(compared(ran(false), false).activity.said.headline, 'As it was');
});

test('what has no result stays as it is', () => {
  const opened = anActivity();
  assert.deepEqual(compared(opened, true), { activity: opened, transition: null });
});

test('what is fixed says for how long it was broken, in the largest units that say enough', () => {
  const facts = (ms: number | null, passed = true) => compared(ran(passed), false, ms).activity.said.facts;
  const [s, min, h] = [1_000, 60_000, 3_600_000];
  assert.deepEqual(
    [1 * s, 59.9 * s, 12 * min, 2 * h, 2 * h + 10 * min, 47.9 * h, 48 * h, 1_000 * 24 * h].map((ms) => facts(ms)[0]),
    ['1 s', '59 s', '12 min', '2 h', '2 h 10 min', '47 h 54 min', '2 days', '1,000 days'].map((t) => `broken for ${t}`),
  );
  assert.deepEqual([facts(null), facts(0), facts(-5 * min), facts(h, false)], [[], [], [], []]);
  assert.deepEqual(compared(ran(true), true, h).activity.said.facts, []);
  // Its provider knows it better.
  const incident = anActivity({ facts: ['lasted 3 h'], result: { key: 'a', run: '1', passed: true, headlines: {} } });
  assert.deepEqual(compared(incident, false, h).activity.said.facts, ['lasted 3 h']);
});
