import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { inWords } from '../support/account.ts';
import { stage } from './arena.ts';
import { restart } from './scenarios/restart.ts';
import { sqliteStore } from './store.ts';

// The short form of `npm run chaos`; crash.test.ts is another part of it.
const SHORT = { chaosMs: 3_000, rounds: 3, size: { receivers: 2, workers: 2 } };

test('restarts under load on SQLite: lanes move, nothing is told twice, order and Slack’s pace hold', async (t) => {
  await using store = await sqliteStore();
  const seed = randomInt(1_000_000);
  const { account, faults } = await stage(restart, store, { ...SHORT, seed });
  t.diagnostic(`seed ${seed}: ${inWords(account)}`);
  assert.deepEqual(faults, []);
});
