import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../src/inbox/postgres/database.ts';
import { placeOf } from '../../src/inbox/postgres/errors.ts';
import { migrate, schemaVersion } from '../../src/inbox/postgres/migrate.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase } from '../support/postgres.ts';

const open = (url: string) => openDatabase(new Secret(url), placeOf(url));

test('several processes may migrate an empty database at the same moment', async () => {
  await using fresh = await freshDatabase({ empty: true });
  const databases = Array.from({ length: 4 }, () => open(fresh.url));
  const versions = await Promise.all(databases.map(migrate));
  assert.equal(new Set(versions).size, 1);
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
  url.password = 'hunter2';
  const db = open(url.href);
  await assert.rejects(db.rows('SELECT 1'), (error) => {
    assert(error instanceof InboxUnavailableError);
    assert.match(error.message, /^The database .*\/nowhere cannot be used: .*no such database.*\(3D000\)\.$/);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
  await db.close();
});
