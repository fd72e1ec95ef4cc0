import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Simulator } from './simulate.ts';

// The short form of `npm run simulate`.

const run = promisify(execFile);
const SEEDS = 200;

test(`nothing that was promised is broken by the first ${SEEDS} seeds`, async (t) => {
  const node = [
    '--import',
    './scripts/keep-compiled.js',
    'tests/simulator/cli.ts',
    '--seeds',
    String(SEEDS),
    '--processes',
    '2',
  ];
  const { stdout } = await run(process.execPath, node, { env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
  t.diagnostic(stdout.trim());
  assert.match(stdout, new RegExp(`^${SEEDS} seeds, 0 failed`, 'm'));
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
