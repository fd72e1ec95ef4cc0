import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrationsIn, type Upgrade } from '../../src/inbox/migrations.ts';
import { migrate, schemaVersion } from '../../src/inbox/postgres/migrate.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openDatabase } from '../../src/inbox/postgres/server/database.ts';
import { placeOf } from '../../src/inbox/postgres/server/errors.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { newEvent } from '../fixtures/stored.ts';
import { freshDatabase, query } from '../support/postgres.ts';

const open = (url: string) => openDatabase(new Secret(url), placeOf(url));

test('several processes may migrate an empty database at the same moment', async () => {
  await using fresh = await freshDatabase({ empty: true });
  const databases = Array.from({ length: 4 }, () => open(fresh.url));
  const upgrades = await Promise.all(databases.map(migrate));
  assert.equal(upgrades.filter((upgrade) => upgrade !== null).length, 1);
  for (const db of databases) await db.close();
});

test('a database newer than the program is refused, and left as it is', async () => {
  await using fresh = await freshDatabase();
  const db = open(fresh.url);
  await db.rows('INSERT INTO tidings.schema_version (version) VALUES (4711)');
  await assert.rejects(migrate(db), { name: 'DatabaseTooNewError', message: /version 4711;.*Nothing was changed/s });
  assert.equal(await schemaVersion(db), 4711);
  await db.close();
});

test('a transaction that throws leaves nothing, and no setting stays behind', async () => {
  await using fresh = await freshDatabase();
  const db = open(fresh.url);
  const failing = db.transaction(async (tx) => {
    await tx.rows("INSERT INTO tidings.cursors VALUES ('a', 'b')");
    throw new Error('no');
  });
  await assert.rejects(failing, /^Error: no$/);
  await db.transaction(() => Promise.resolve(), { recomputable: true });
  const after = "SELECT current_setting('synchronous_commit') AS s, (SELECT count(*) FROM tidings.cursors) AS n";
  assert.deepEqual(await db.rows(after), [{ s: 'on', n: 0 }]);
  await db.close();
});

test('a wrong database name is one sentence that names the place and not the password', async () => {
  await using fresh = await freshDatabase();
  const url = new URL(fresh.url);
  url.pathname = 'nowhere';
  url.password ||= 'hunter2';
  const db = open(url.href);
  await assert.rejects(db.rows('SELECT 1'), (error) => {
    assert(error instanceof InboxUnavailableError);
    assert.match(error.message, /^The database .*\/nowhere cannot be used: .*no such database.*\(3D000\)\.$/);
    assert.doesNotMatch(error.message, /@|hunter2/);
    return true;
  });
  await db.close();
});

test('tables that are dropped while in use are a pause, with what to do', async () => {
  await using fresh = await freshDatabase();
  await using inbox = await openPostgresInbox({ url: new Secret(fresh.url), clock: systemClock });
  await inbox.append(newEvent());
  await query(fresh.url, 'DROP SCHEMA tidings CASCADE');
  for (const call of [
    () => inbox.append(newEvent()),
    () => inbox.check(),
    () => inbox.acquire('a', ['expand'], 1_000),
  ]) {
    await assert.rejects(call, {
      name: 'InboxUnavailableError',
      message: /Tidings' tables, or some of them, are not there/,
    });
  }
});

test('opened for reading it changes nothing, and refuses where it is asked to; what it answers is the same', async () => {
  await using fresh = await freshDatabase();
  const url = new Secret(fresh.url);
  await using writing = await openPostgresInbox({ url, clock: systemClock });
  await writing.append(newEvent());
  await using reading = await openPostgresInbox({ url, clock: systemClock, access: 'read' });
  const lanes = () => writing.depths();
  const before = await lanes();
  assert.deepEqual(await reading.list({ limit: 9 }), await writing.list({ limit: 9 }));
  assert.deepEqual(await reading.show(1), await writing.show(1));
  assert.deepEqual(await reading.replay({ state: 'dead' }, { dryRun: true }), []);
  assert.equal((await reading.check()).lastEventId, 1);
  assert.deepEqual(await lanes(), before);
  for (const call of [
    () => reading.append(newEvent()),
    () => reading.remember('a', 'b'),
    () => reading.acquire('a', ['expand'], 1_000),
  ]) {
    await assert.rejects(call, { name: 'InboxUnavailableError', message: /25006/ });
  }
});

test('a database of an older schema is upgraded by who may, and left alone by the others', async () => {
  await using fresh = await freshDatabase({ empty: true });
  const url = new Secret(fresh.url);
  const db = open(fresh.url);
  const [first] = migrationsIn(new URL('../../src/inbox/postgres/migrations/', import.meta.url));
  await db.rows(`
    CREATE SCHEMA tidings;
    CREATE TABLE tidings.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
    ${first?.sql()};
    INSERT INTO tidings.schema_version (version) VALUES (1)`);
  for (const access of ['read', 'write'] as const) {
    await assert.rejects(openPostgresInbox({ url, clock: systemClock, access }), {
      name: 'DatabaseTooOldError',
      message: /schema version 1; this Tidings works with version \d+\. `migrate` upgrades it/,
    });
  }
  assert.equal(await schemaVersion(db), 1);
  const upgrades: Upgrade[] = [];
  const onUpgrade = (upgrade: Upgrade) => void upgrades.push(upgrade);
  await using inbox = await openPostgresInbox({ url, clock: systemClock, onUpgrade });
  assert.deepEqual(upgrades, [{ from: 1, to: inbox.schemaVersion, copy: null }]);
  await db.close();
});

test('on a server that takes no writes, a look says so without trying', async () => {
  await using fresh = await freshDatabase();
  const closed = `ALTER DATABASE ${new URL(fresh.url).pathname.slice(1)} SET default_transaction_read_only = on`;
  await query(fresh.url, closed);
  await using reading = await openPostgresInbox({ url: new Secret(fresh.url), clock: systemClock, access: 'read' });
  assert.deepEqual(await reading.list({ limit: 9 }), []);
  await assert.rejects(reading.check(), /the server is read-only: a standby, or one that its host has closed/);
});
