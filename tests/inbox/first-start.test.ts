import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { migrationsIn } from '../../src/inbox/migrations.ts';
import { newEvent } from '../fixtures/stored.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';

const APPEND_ONCE = fileURLToPath(new URL('../support/append-once.ts', import.meta.url));
const KILLS = FULL ? 100 : 6;

const [FIRST] = migrationsIn(new URL('../../src/inbox/sqlite/migrations/', import.meta.url));

function append(path: string) {
  return spawn(process.execPath, [APPEND_ONCE, path], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Whatever a killed first start left: those who look say what is so, and the next start works. */
async function goesOn(folder: string, left: string): Promise<void> {
  const check = await inProcess(['migrate', '--check'], folder);
  assert.match(check.stdout + check.stderr, /has no tables yet|as this Tidings wants it|has schema 1/, left);
  const doctor = await inProcess(['doctor', '--json'], folder);
  assert.match(doctor.stdout, /"name":"database","status":"(?:ok|warn)"/, left);
  const migrate = await inProcess(['migrate'], folder);
  assert.equal(migrate.code, 0, `${left}: ${migrate.stderr}`);
  await using inbox = await openInbox(folder);
  assert.equal((await inbox.append(newEvent())).status, 'accepted', left);
  assert.deepEqual(
    readdirSync(folder).filter((file) => file.includes('before-schema')),
    [],
    `${left}: nothing was in it to keep`,
  );
}

/** Pictures of a database that is being made, as kill -9 leaves it. */
const HALF_MADE: Readonly<Record<string, (path: string) => DatabaseSync>> = {
  'an empty file': (path) => {
    writeFileSync(path, '');
    return new DatabaseSync(':memory:');
  },
  'a log without tables': (path) => opened(path, ''),
  'tables that were not committed': (path) => opened(path, `BEGIN IMMEDIATE; ${FIRST?.sql()}`),
  'tables that are only in the log': (path) => opened(path, `BEGIN; ${FIRST?.sql()}; PRAGMA user_version = 1; COMMIT`),
  'a switch to the log that was not finished': (path) => {
    const db = new DatabaseSync(path);
    // More than the cache holds: the file is written before the commit, and the journal is what takes it back.
    db.exec('PRAGMA cache_size = 1; BEGIN; CREATE TABLE half (made); INSERT INTO half VALUES (zeroblob(100000))');
    return db;
  },
};

function opened(path: string, sql: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; SELECT * FROM sqlite_schema');
  db.exec(sql);
  return db;
}

for (const [left, make] of Object.entries(HALF_MADE)) {
  test(`a start after one that was killed and left ${left}`, async () => {
    await using alive = await dataDir();
    await using dead = await dataDir();
    const db = make(join(alive.path, 'tidings.db'));
    for (const file of readdirSync(alive.path)) copyFileSync(join(alive.path, file), join(dead.path, file));
    db.close();
    await goesOn(dead.path, left);
  });
}

test(`a first start that is killed at its first ${KILLS} steps is started again`, async (t) => {
  for (let step = 1; step <= KILLS; step++) {
    await using dir = await dataDir();
    await killedAt(t, join(dir.path, 'tidings.db'), 1 + (step % 24));
    await goesOn(dir.path, `killed at step ${step}`);
  }
  tried(t, KILLS, 'kills');
});

/** Kills it as soon as so many changes of its files were seen. */
async function killedAt(t: TestContext, path: string, changes: number): Promise<void> {
  const child = append(path);
  let seen = 0;
  const watcher = watch(join(path, '..'), () => {
    seen += 1;
    if (seen === changes) child.kill('SIGKILL');
  });
  t.after(() => watcher.close());
  await once(child, 'exit');
  watcher.close();
}

test('several first starts at once make one database', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'deep', 'tidings.db');
  const ids = await Promise.all(Array.from({ length: 3 }, () => text(append(path).stdout)));
  assert.deepEqual(ids.toSorted(), ['1', '2', '3']);
});
