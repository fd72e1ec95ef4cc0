import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createTable } from '../../src/destinations/sql/statements.ts';
import { tableOf } from '../../src/destinations/sql/table.ts';
import { startPostgresRelay } from '../doubles/postgres-relay.ts';
import { configure, dataDir, drained, expireLeases, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';
import { issueOpened } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';
import { runTidings } from '../support/tidings-process.ts';

const KILLS = FULL ? 5 : 1;
const EACH = 20;

test('kill -9 of a worker while rows are on their way: exactly one stands for each activity', async (t) => {
  await using dir = await dataDir();
  await using database = await freshDatabase({ empty: true });
  await using relay = await startPostgresRelay(database.url);
  const client = new pg.Client(database.url);
  await client.connect();
  await using stack = new AsyncDisposableStack();
  stack.defer(() => client.end());
  await client.query(createTable(tableOf({ table: 'activities', key: 'id' }).table, 'postgres'));
  await configure(dir.path, {
    destinations: { table: { type: 'sql', url: relay.url } },
    rules: [{ on: { issues: { types: ['opened'] } } }],
  });
  await using receiver = await serverInProcess('receive', dir.path);
  await using inbox = await openInbox(dir.path);

  for (let kill = 1; kill <= KILLS; kill++) {
    for (let n = 1; n <= EACH; n++) {
      assert.equal((await deliver(receiver.url, issueOpened(kill * EACH + n))).status, 200);
    }
    // The row of one is written, and its writer never hears of it.
    const until = relay.inserts + EACH / 2;
    relay.plan('stuck', until);
    await using worker = await runTidings(['work'], dir.path);
    await relay.waitFor(until);
    await worker.kill();
    await expireLeases(inbox);
  }
  await using _last = await beginInProcess(['work'], dir.path);
  await drained(inbox);

  const { rows } = await client.query<{ rows: number; events: number }>(
    'SELECT count(*)::int AS rows, count(DISTINCT event_id)::int AS events FROM activities',
  );
  assert.deepEqual(rows, [{ rows: KILLS * EACH, events: KILLS * EACH }]);
  // It was asked for more often than there are activities.
  assert.ok(relay.inserts > KILLS * EACH, `${relay.inserts} inserts`);
  tried(t, KILLS, 'kills');
});
