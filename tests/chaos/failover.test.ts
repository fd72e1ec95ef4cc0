import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { newEvent } from '../fixtures/stored.ts';
import { inWords } from '../support/account.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { query } from '../support/postgres.ts';
import type { PostgresPair } from './postgres-pair.ts';
import { runScenario } from './scenario.ts';
import { failover } from './scenarios/failover.ts';
import { pairOf, pairStore } from './store.ts';

/** No machine loses its power here. */
const QUICK = ['fsync=off', 'shared_buffers=16MB'];

// The short form of `npm run chaos -- --only failover`, on one pair of servers.
test('a primary and its synchronous standby: what is acknowledged is on both, and after a failover nothing is lost', async (t) => {
  await using store = await pairStore(QUICK);
  await waitsForTheStandby(pairOf(store));
  const seed = randomInt(1_000_000);
  const size = { receivers: 1, workers: 1 };
  const terms = { seed, chaosMs: 0, rounds: 1, size, senders: 3, timed: false };
  const { happened, account, faults } = await runScenario(failover, store, terms);
  t.diagnostic(`seed ${seed}: ${happened}; ${inWords(account)}`);
  assert.deepEqual(faults, []);
});

/** Also the record of an attempt that may be lost elsewhere: a message told before it would be told again without a word. */
async function waitsForTheStandby(pair: PostgresPair): Promise<void> {
  await query(pair.primary.url, 'CREATE DATABASE other');
  const url = pair.url.replace('/postgres?', '/other?');
  await using inbox = await openPostgresInbox({ url: new Secret(url), clock: systemClock });
  const [lease] = await inbox.acquire('somebody', ['team'], 60_000);
  assert(lease !== undefined);
  await pair.standby.stop('immediate');
  const answered = [
    inbox.append(newEvent()),
    inbox.begin(lease, [{ request: 'hello', notifications: [] }], { mayBeLost: true }),
  ];
  const settled = Promise.allSettled(answered);
  await bothWait(pair);
  await pair.standby.start();
  await settled;
}

async function bothWait({ primary }: PostgresPair): Promise<void> {
  const client = await primary.connect();
  assert(client !== undefined);
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = 'other' AND wait_event = 'SyncRep'";
  try {
    for (const deadline = performance.now() + PATIENCE_MS; (await client.query(waiting)).rowCount !== 2; ) {
      assert(performance.now() < deadline, 'something was answered without its standby');
      await setTimeout(10);
    }
  } finally {
    await client.end();
  }
}
