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
