import assert from 'node:assert/strict';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { RowDataPacket } from 'mysql2';
import pg from 'pg';
import type { Dialect } from '../../src/destinations/sql/statements.ts';
import { createTable } from '../../src/destinations/sql/statements.ts';
import { tableOf } from '../../src/destinations/sql/table.ts';
import { type DatabaseRelay, startDatabaseRelay } from '../doubles/database-relay.ts';
import { configure, dataDir, drained, expireLeases, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';
import { freshMysql, NO_MYSQL } from '../support/mysql.ts';
import { issueOpened } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';
import { runTidings } from '../support/tidings-process.ts';

const KILLS = FULL ? 5 : 1;
const EACH = 20;
const COUNTED = 'SELECT count(*) AS `rows`, count(DISTINCT event_id) AS events FROM activities';

interface Counted {
  readonly rows: number;
  readonly events: number;
}

/** A table of somebody else's. */
interface Table {
  readonly url: string;
  /** Resolves when half of a load is on its way. */
  halfway(): Promise<void>;
  counted(): Promise<Counted>;
}

const create = (dialect: Dialect) => createTable(tableOf({ table: 'activities', key: 'id' }).table, dialect);

/** `worker`: kill -9 of it while rows are on their way. `server`: of the database, once, beside that. */
async function killed(
  t: TestContext,
  { url, halfway, counted }: Table,
  killServer?: () => Promise<void>,
): Promise<void> {
  await using dir = await dataDir();
  await configure(dir.path, {
    destinations: { table: { type: 'sql', url } },
    rules: [{ on: { issues: { types: ['opened'] } } }],
  });
  await using receiver = await serverInProcess('receive', dir.path);
  await using inbox = await openInbox(dir.path);
  for (let kill = 1; kill <= KILLS; kill++) {
    for (let n = 1; n <= EACH; n++) {
      assert.equal((await deliver(receiver.url, issueOpened(kill * EACH + n))).status, 200);
    }
    const half = halfway();
    await using worker = await runTidings(['work'], dir.path);
    await half;
    if (kill === 1) await killServer?.();
    await worker.kill();
    await expireLeases(inbox);
  }
  await using _last = await beginInProcess(['work'], dir.path);
  await drained(inbox);
  assert.deepEqual(await counted(), { rows: KILLS * EACH, events: KILLS * EACH });
  tried(t, KILLS, 'kills');
}

/** The row of one is written, and its writer never hears of it. */
async function stuckHalfway(relay: DatabaseRelay): Promise<void> {
  const until = relay.inserts + EACH / 2;
  relay.plan('stuck', until);
  await relay.waitFor(until);
}

test('kill -9 of a worker while rows are on their way: exactly one stands for each activity', async (t) => {
  await using database = await freshDatabase({ empty: true });
  await using relay = await startDatabaseRelay(database.url);
  const client = new pg.Client(database.url);
  await client.connect();
  await using stack = new AsyncDisposableStack();
  stack.defer(() => client.end());
  await client.query(create('postgres'));
  await killed(t, {
    url: relay.url,
    halfway: () => stuckHalfway(relay),
    async counted() {
      const { rows } = await client.query<{ rows: string; events: string }>(COUNTED.replaceAll('`', '"'));
      return { rows: Number(rows[0]?.rows), events: Number(rows[0]?.events) };
    },
  });
  // It was asked for more often than there are activities.
  assert.ok(relay.inserts > KILLS * EACH, `${relay.inserts} inserts`);
});

test('the same in MySQL, whose server is killed too', { skip: NO_MYSQL }, async (t) => {
  await using database = await freshMysql();
  await using relay = await startDatabaseRelay(database.url);
  await database.client.query(create('mysql'));
  const killServer = async () => {
    await database.server.kill();
    await database.server.start();
  };
  const table = {
    url: relay.url,
    halfway: () => stuckHalfway(relay),
    async counted() {
      const [rows] = await (await database.again()).query<(RowDataPacket & Counted)[]>(COUNTED);
      return { rows: Number(rows[0]?.rows), events: Number(rows[0]?.events) };
    },
  };
  await killed(t, table, killServer);
  assert.ok(relay.inserts > KILLS * EACH, `${relay.inserts} inserts`);
});

test('the same in a file of SQLite', { skip: FULL ? false : 'with ATTACK=full' }, async (t) => {
  await using dir = await dataDir();
  using database = new DatabaseSync(join(dir.path, 'reports.db'), { timeout: 5_000 });
  database.exec(create('sqlite'));
  const counted = async () => ({ rows: 0, events: 0, ...database.prepare(COUNTED).get() });
  const halfway = async () => {
    const until = (await counted()).rows + EACH / 2;
    for await (const _ of watch(dir.path)) if ((await counted()).rows >= until) return;
  };
  await killed(t, { url: `sqlite:${join(dir.path, 'reports.db')}`, halfway, counted });
});
