import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { inWords } from '../support/account.ts';
import { runScenario, type Scenario } from './scenario.ts';
import { crash } from './scenarios/crash.ts';
import { restart } from './scenarios/restart.ts';
import { serverStops } from './scenarios/server-stops.ts';
import { postgresStore, type Store, sqliteStore } from './store.ts';

const SIZE = { receivers: 1, workers: 2 };
/** A load that leaves the machine time for the starts of processes: what piles up meanwhile is told afterwards. */
const PAUSE_MS = 300;
/** No machine loses its power here. */
const QUICK = { settings: ['fsync=off', 'shared_buffers=16MB'] };
const CASES: readonly (readonly [title: string, open: () => Promise<Store>, scenario: Scenario, chaosMs: number])[] = [
  ['restarts on SQLite: nothing is told twice, order and Slack’s pace hold', sqliteStore, restart, 2_000],
  ['kills on Postgres: nothing is lost, and told twice only what was being sent', quickServer, crash, 0],
  ['Postgres stopped and started: a pause, nothing is lost', quickServer, serverStops, 1_500],
];

// The short form of `npm run chaos`; tests/e2e/crash.test.ts is another part of it.
for (const [title, open, scenario, chaosMs] of CASES) {
  test(`under load: ${title}`, async (t) => {
    await using store = await open();
    const seed = randomInt(1_000_000);
    const { happened, account, faults } = await runScenario(scenario, store, {
      seed,
      chaosMs,
      rounds: 2,
      size: SIZE,
      senders: 3,
      pauseMs: PAUSE_MS,
      timed: false,
    });
    t.diagnostic(`seed ${seed}: ${happened}; ${inWords(account)}`);
    assert.deepEqual(faults, []);
  });
}

function quickServer(): Promise<Store> {
  return postgresStore(QUICK);
}
