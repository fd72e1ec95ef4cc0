import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { type Clock, systemClock } from '../../../shared/clock.ts';
import { createTrials } from './trials.ts';

const FILE = 'destinations: { team: { type: console } }\nrules:\n  - on: push\n';
const SEEN = { text: FILE, shown: FILE };

async function given(t: TestContext) {
  const dir = await dataDir();
  t.after(() => dir[Symbol.asyncDispose]());
  writeFileSync(join(dir.path, 'tidings.yaml'), FILE);
  return {
    env: { DATA_DIR: dir.path, GITHUB_WEBHOOK_SECRET: 'k3J9sQ2mWx8ZpL4v' },
    cwd: dir.path,
    purpose: 'both' as const,
  };
}

/** Whole files of rules, each asking for patterns: it takes long, and much memory. */
const HUGE = FILE + '  - { on: { push: { branches: ["a*b*", "!c"] } }, repos: ["x*/y*"] }\n'.repeat(14_000);

test('a text that takes too long is given up, and the next is answered', async (t) => {
  let isFirst = true;
  const clock: Clock = {
    ...systemClock,
    after(ms, fire) {
      const isOver = ms === 7_000 && isFirst;
      if (isOver) isFirst = false;
      return systemClock.after(isOver ? 0 : ms === 7_000 ? 600_000 : ms, fire);
    },
  };
  const trials = createTrials(await given(t), clock, { answerMs: 7_000, idleMs: 50 });
  const late = await trials.check(FILE, SEEN);
  assert.equal(late.ok, false);
  assert.match(late.problems[0]?.message ?? '', /more than 7 s/);
  assert.equal((await trials.check(FILE, SEEN)).ok, true);
});

test('a text that takes too much memory ends its own thread', async (t) => {
  const trials = createTrials(await given(t), systemClock, { memoryMb: 40, idleMs: 50 });
  const full = await trials.check(HUGE, SEEN);
  assert.equal(full.ok, false);
  assert.match(full.problems[0]?.message ?? '', /more memory than a text of settings should/);
});

test('more questions than wait are turned away in words', async (t) => {
  const trials = createTrials(await given(t), systemClock, { waiting: 2, idleMs: 50 });
  const answers = await Promise.all(Array.from({ length: 6 }, () => trials.check(FILE, SEEN)));
  assert.deepEqual(
    answers.map(({ ok }) => ok),
    [true, true, true, false, false, false],
  );
  assert.match(answers.at(-1)?.problems[0]?.message ?? '', /too many ask at once/);
});

test('a backtest that nobody reads makes room when it is hung up on', async (t) => {
  const trials = createTrials(await given(t), systemClock, { idleMs: 50 });
  const gone = new AbortController();
  assert.notEqual(trials.backtest(FILE, SEEN, 10, gone.signal), null);
  assert.equal(trials.backtest(FILE, SEEN, 10, new AbortController().signal), null);
  gone.abort();
  const isFree = () => trials.backtest(FILE, SEEN, 10, AbortSignal.abort()) !== null;
  while (!isFree()) await new Promise((resolve) => setImmediate(resolve));
});
