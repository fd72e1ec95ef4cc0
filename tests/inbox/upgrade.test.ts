import assert from 'node:assert/strict';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openExisting, openInbox } from '../../src/inbox/open-inbox.ts';
import { openDatabase } from '../../src/inbox/sqlite/file/open-database.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { NEWEST, oldDatabase, picture } from '../fixtures/old-databases.ts';
import { dataDir } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';
import { onThreads } from '../support/without-threads.ts';

const COPY = `tidings.db.before-schema-${NEWEST}`;

async function start(path: string): Promise<void> {
  await (await openInbox({ kind: 'sqlite', path }, systemClock, {}))[Symbol.asyncDispose]();
}

function copiesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.includes('before-schema'));
}

test('the copy can be read by its owner alone, and put in place it is upgraded again, over no earlier copy', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1, 2);
  await start(path);
  assert.equal(statSync(join(dir.path, COPY)).mode & 0o777, 0o600);
  const first = readFileSync(join(dir.path, COPY));

  // What the page on operations says about going back.
  writeFileSync(path, first);
  await start(path);
  assert.deepEqual(copiesIn(dir.path).toSorted(), [COPY, `${COPY}.2`]);
  assert.ok(readFileSync(join(dir.path, COPY)).equals(first));
  await using inbox = await openExisting({ kind: 'sqlite', path }, systemClock, 'read');
  assert.equal((await inbox.list({ limit: 9 })).length, 2);
});

test('what others wrote up to the upgrade is in the copy, also when it is only in the log', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1);
  const other = new DatabaseSync(path);
  other.exec("PRAGMA wal_autocheckpoint = 0; UPDATE events SET type = 'star'");
  await start(path);
  other.close();
  const copy = new DatabaseSync(join(dir.path, COPY), { readOnly: true });
  assert.deepEqual({ ...copy.prepare('SELECT type FROM events').get() }, { type: 'star' });
  copy.close();
});

test('several starts at once upgrade it once, and keep one copy', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1);
  const starts = Array.from({ length: 3 }, () => openSqliteInbox({ path, clock: systemClock }, onThreads));
  await Promise.all(starts.map(async (starting) => (await starting)[Symbol.asyncDispose]()));
  assert.deepEqual(copiesIn(dir.path), [COPY]);
});

test('nothing to lose: no copy', async () => {
  await using dir = await dataDir();
  oldDatabase(join(dir.path, 'tidings.db'), 1, 0);
  await start(join(dir.path, 'tidings.db'));
  assert.deepEqual(copiesIn(dir.path), []);
});

test('--no-copy upgrades without one', async () => {
  await using dir = await dataDir();
  oldDatabase(join(dir.path, 'tidings.db'), 1);
  assert.equal((await inProcess(['migrate', '--no-copy'], dir.path)).code, 0);
  assert.deepEqual(copiesIn(dir.path), []);
});

test('an upgrade that fails changes nothing, and leaves no copy and no half of one', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1);
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE cursors (in_the_way)');
  db.close();
  writeFileSync(`${join(dir.path, COPY)}.part`, 'what a killed start left');
  await assert.rejects(start(path), /already exists/);
  assert.deepEqual(copiesIn(dir.path), []);
  const after = new DatabaseSync(path, { readOnly: true });
  assert.deepEqual({ ...after.prepare('PRAGMA user_version').get() }, { user_version: 1 });
  after.close();
});

test('where there is no room for a copy it says how much is needed, and nothing is changed', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1);
  enlarge(path);
  const { code, stderr } = await inProcess(['migrate'], dir.path);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /tidings\.db cannot be opened: upgrading makes a copy of tidings\.db beside it first: that takes [\d,]+ MB, and [\d,]+ MB are left\. Make room; or, with a backup of your own, run `migrate --no-copy`/,
  );
  assert.deepEqual(copiesIn(dir.path), []);
  assert.match((await inProcess(['migrate', '--check'], dir.path)).stderr, /has schema 1/);
});

test("another program's database is left alone, whoever comes", async () => {
  for (const version of [0, 2]) {
    await using dir = await dataDir();
    const path = join(dir.path, 'tidings.db');
    const db = new DatabaseSync(path);
    db.exec(`CREATE TABLE recipes (name); PRAGMA user_version = ${version}`);
    db.close();
    chmodSync(path, 0o644);
    const before = picture(path);
    for (const args of [['migrate'], ['events'], ['replay', '1'], ['migrate', '--check'], ['doctor']]) {
      const { code, stdout, stderr } = await inProcess(args, dir.path);
      assert.equal(code, 1, args.join());
      assert.match(
        stdout + stderr,
        /another program's database\. Set DATA_DIR or DATABASE_URL to another place/,
        args.join(),
      );
    }
    await assert.rejects(start(path), InboxUnavailableError);
    assert.deepEqual(picture(path), before);
    assert.equal(statSync(path).mode & 0o777, 0o644);
  }
});

test('a restored copy that another program locks is said to be locked, soon', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(`${path}.wal`, NEWEST);
  const source = new DatabaseSync(`${path}.wal`);
  source.prepare('VACUUM INTO ?').run(path);
  source.close();
  const other = new DatabaseSync(path);
  other.exec('BEGIN EXCLUSIVE');
  await assert.rejects(
    openSqliteInbox({ path, clock: systemClock, busyTimeoutMs: 50 }),
    /another program keeps it locked/,
  );
  other.close();
  await start(path);
});

test('a database on a disk that cannot be written is read all the same', async () => {
  await using dir = await dataDir();
  const folder = join(dir.path, 'data');
  mkdirSync(folder);
  const path = join(folder, 'tidings.db');
  oldDatabase(path, NEWEST);
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  chmodSync(dir.path, 0o755);
  asNobody(() => {
    const db = openDatabase({ path, access: 'read', busyTimeoutMs: 0 });
    assert.deepEqual({ ...db.prepare('SELECT count(*) AS events FROM events').get() }, { events: 1 });
    db.close();
  });
  assert.deepEqual(readdirSync(folder), ['tidings.db']);
  chmodSync(folder, 0o755);
});

/** As if it were 4 TiB large, without taking any room: https://www.sqlite.org/fileformat.html#in_header_database_size */
function enlarge(path: string): void {
  const pages = 2 ** 30;
  truncateSync(path, pages * 4096);
  const file = openSync(path, 'r+');
  const header = Buffer.alloc(100);
  readSync(file, header, 0, 100, 0);
  header.writeUInt32BE(pages, 28);
  header.copy(header, 92, 24, 28);
  writeSync(file, header, 0, 100, 0);
  closeSync(file);
}

/** What root may do, is no test. */
function asNobody(work: () => void): void {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    work();
  } finally {
    process.seteuid?.(0);
  }
}
