import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { laneOps } from '../../src/inbox/sqlite/lanes.ts';
import { migrate } from '../../src/inbox/sqlite/migrate.ts';
import { openSqliteInbox, type Surroundings } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { newEvent, settling } from '../fixtures/stored.ts';
import { onThreads, withoutThreads } from '../support/without-threads.ts';
import { accountConformance } from './account-conformance.ts';
import { auditConformance } from './audit-conformance.ts';
import { inboxConformance } from './conformance.ts';
import { damageConformance } from './damage-conformance.ts';
import { dashboardConformance } from './dashboard-conformance.ts';
import { fateConformance } from './fate-conformance.ts';
import { forgedConformance } from './forged-conformance.ts';
import { forgetConformance } from './forget-conformance.ts';
import { heldConformance } from './held-conformance.ts';
import { historyConformance } from './history-conformance.ts';
import { knownConformance } from './known-conformance.ts';
import { knownGoneConformance } from './known-gone-conformance.ts';
import { leaseConformance } from './lease-conformance.ts';
import { originConformance } from './origin-conformance.ts';
import { outboxConformance } from './outbox-conformance.ts';
import { pausedConformance } from './paused-conformance.ts';
import { receiptConformance } from './receipt-conformance.ts';
import { resultConformance } from './result-conformance.ts';
import { searchConformance } from './search-conformance.ts';
import { settlingConformance } from './settling-conformance.ts';
import { transferConformance } from './transfer-conformance.ts';
import { untoldConformance } from './untold-conformance.ts';
import { upkeepConformance } from './upkeep-conformance.ts';
import { upkeepHistories } from './upkeep-histories.ts';
import { wishConformance } from './wish-conformance.ts';

/** Its connections on threads of their own, or in this one. */
const sqliteOn = (surroundings: Surroundings) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-inbox-'));
  let offset = 0;
  const clock = { ...systemClock, now: () => 1_000_000 + offset };
  return {
    open: () => openSqliteInbox({ path: join(folder, 'tidings.db'), clock }, surroundings),
    advance: (ms: number) => {
      offset += ms;
    },
    damageSegments: () => spoilSegments(join(folder, 'tidings.db')),
    remove: () => rm(folder, { recursive: true }),
  };
};

const sqlite = sqliteOn(withoutThreads);

function spoilSegments(path: string): void {
  const db = new DatabaseSync(path);
  const update = db.prepare('UPDATE segments SET data = ? WHERE id = ?');
  for (const { id = 0, data } of db.prepare('SELECT id, data FROM segments').all()) {
    const bytes = Buffer.from(data as Uint8Array);
    const last = bytes.length - 1;
    bytes.writeUInt8(255 - bytes.readUInt8(last), last);
    update.run(bytes, id);
  }
  db.close();
}

inboxConformance('sqlite', sqliteOn(onThreads));
damageConformance('sqlite', sqlite);
forgedConformance('sqlite', sqlite);
leaseConformance('sqlite', sqlite);
pausedConformance('sqlite', sqlite, () => 1_000_000);
accountConformance('sqlite', sqlite);
originConformance('sqlite', sqlite);
fateConformance('sqlite', sqlite);
untoldConformance('sqlite', sqlite);
outboxConformance('sqlite', sqlite);
settlingConformance('sqlite', sqlite);
heldConformance('sqlite', sqlite);
receiptConformance('sqlite', sqlite);
knownConformance('sqlite', sqlite);
knownGoneConformance('sqlite', sqlite);
wishConformance('sqlite', sqlite);
auditConformance('sqlite', sqlite);
resultConformance('sqlite', sqlite);
historyConformance('sqlite', sqlite);
transferConformance('sqlite', sqlite);
forgetConformance('sqlite', sqlite);
upkeepConformance('sqlite', sqlite);
upkeepHistories('sqlite', sqlite);
searchConformance('sqlite', sqlite);
dashboardConformance('sqlite', sqlite);

async function inFolder(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-sqlite-'));
  try {
    await work(join(folder, 'tidings.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a database newer than the program is refused with what to do, and left as it is', async () => {
  await inFolder(async (path) => {
    await (await openSqliteInbox({ path, clock: systemClock }))[Symbol.asyncDispose]();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 4711');
    db.close();
    await assert.rejects(openSqliteInbox({ path, clock: systemClock }), {
      name: 'DatabaseTooNewError',
      message: /schema version 4711; this Tidings knows versions up to \d+\..*newer Tidings.*Nothing was changed/s,
    });
  });
});

test('a file that is no database is refused, not overwritten', async () => {
  await inFolder(async (path) => {
    await writeFile(
      path,
      'my precious notes, more than a hundred bytes of them, so that SQLite looks twice at it'.repeat(9),
    );
    await assert.rejects(openSqliteInbox({ path, clock: systemClock }), InboxUnavailableError);
    assert.match(await readFile(path, 'utf8'), /precious/);
  });
});

test('the database can be read by its owner alone', async () => {
  await inFolder(async (path) => {
    await using inbox = await openSqliteInbox({ path, clock: systemClock });
    await inbox.append(newEvent());
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });
});

test('a closed inbox is one file: nothing is left in the write-ahead log, also after a search', async () => {
  await inFolder(async (path) => {
    const inbox = await openSqliteInbox({ path, clock: systemClock });
    await inbox.append(newEvent());
    await inbox.list({ limit: 1 });
    await inbox[Symbol.asyncDispose]();
    assert.deepEqual((await readdir(dirname(path))).toSorted(), ['tidings.db', 'tidings.db-wake']);
  });
});

test('an inbox that is closed by two at once is closed, for both', async () => {
  const { open, remove } = await sqliteOn(onThreads)();
  const inbox = await open();
  await Promise.all([inbox[Symbol.asyncDispose](), inbox[Symbol.asyncDispose]()]);
  await assert.rejects(inbox.check(), InboxUnavailableError);
  await remove();
});

test('an event that cannot be committed is refused and leaves nothing behind; the next one is accepted', async () => {
  await inFolder(async (path) => {
    await using inbox = await openSqliteInbox({ path, clock: systemClock, busyTimeoutMs: 50 });
    const event = newEvent();
    const blocker = new DatabaseSync(path);
    blocker.exec('BEGIN IMMEDIATE');
    await assert.rejects(inbox.append(event), InboxUnavailableError);
    blocker.exec('ROLLBACK');
    blocker.close();
    assert.equal((await inbox.append(event)).status, 'accepted');
    assert.equal((await inbox.list({ limit: 9 })).length, 1);
  });
});

test('asking whether something is due takes no lock and wakes nobody, before it is', async () => {
  await inFolder(async (path) => {
    await using inbox = await openSqliteInbox({ path, clock: systemClock, busyTimeoutMs: 50 });
    const { id } = await inbox.append(newEvent());
    const [expander] = await inbox.acquire('a', ['expand'], 10_000);
    assert(expander);
    await inbox.expand(expander, [settling(id, 500)]);
    await utimes(`${path}-wake`, 1, 1);
    const blocker = new DatabaseSync(path);
    blocker.exec('BEGIN IMMEDIATE');
    assert.deepEqual(await inbox.bringBack(499), []);
    assert.equal((await stat(`${path}-wake`)).mtimeMs, 1_000);
    await assert.rejects(inbox.bringBack(500), InboxUnavailableError);
    blocker.exec('ROLLBACK');
    blocker.close();
    await inbox.bringBack(500);
    assert.notEqual((await stat(`${path}-wake`)).mtimeMs, 1_000);
  });
});

test('a process that was frozen while it asked for a lane takes none from a worker that lives', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db, ':memory:', { copies: false });
  const [asked, hourMs] = [1_000_000, 3_600_000];
  const [living] = laneOps(db, () => 0).acquire('living', ['team'], 10_000, asked + hourMs);
  assert.equal(living?.owner, 'living');
  assert.deepEqual(laneOps(db, () => hourMs).acquire('frozen', ['team'], 10_000, asked), []);
});

test('several processes may open a new database at the same moment', async () => {
  await inFolder(async (path) => {
    const inboxes = await Promise.all(Array.from({ length: 4 }, () => openSqliteInbox({ path, clock: systemClock })));
    const results = await Promise.all(inboxes.map((inbox) => inbox.append(newEvent())));
    assert.equal(new Set(results.map(({ id }) => id)).size, 4);
    for (const inbox of inboxes) await inbox[Symbol.asyncDispose]();
  });
});
