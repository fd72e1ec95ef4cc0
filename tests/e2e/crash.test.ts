import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { runScenario } from '../chaos/scenario.ts';
import { crash } from '../chaos/scenarios/crash.ts';
import { sqliteStore } from '../chaos/store.ts';
import { inWords } from '../support/account.ts';
import { FULL, tried } from '../support/long-form.ts';

const ROUNDS = FULL ? 10 : 2;

// `npm run chaos` does this twenty times, and other things.
for (const [name, size] of [
  ['receiver and worker in one process', { together: 1, receivers: 0, workers: 0 }],
  ['receiver, worker, or both', { receivers: 1, workers: 1 }],
] as const) {
  test(`kill -9 of ${name} in the middle of a load: what was acknowledged is stored once and told in order`, async (t) => {
    await using store = await sqliteStore();
    const seed = randomInt(1_000_000);
    const { account, faults } = await runScenario(crash, store, {
      seed,
      chaosMs: 0,
      rounds: ROUNDS,
      size,
      senders: 3,
      pauseMs: 300,
      timed: false,
    });
    tried(t, ROUNDS, 'kills');
    t.diagnostic(`seed ${seed}: ${inWords(account)}`);
    assert.deepEqual(faults, []);
  });
}
