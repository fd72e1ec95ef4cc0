import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { compact } from '../../src/inbox/compact.ts';
import { migrate } from '../../src/inbox/sqlite/migrate.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { newEvent } from '../fixtures/stored.ts';

const ballast = 'CREATE TABLE ballast AS SELECT randomblob(1000000) AS data; DROP TABLE ballast;';

test('a file of an earlier version is compacted while nobody uses it, and gives space back by steps from then on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-compact-'));
  const path = join(folder, 'tidings.db');
  try {
    const old = new DatabaseSync(path);
    migrate(old, path, { copies: false });
    old.exec(ballast);
    old.close();
    {
      await using inbox = await openSqliteInbox({ path, clock: systemClock });
      const { id } = await inbox.append(newEvent({ text: 'kept' }));
      const [prune] = await inbox.acquire('a', ['prune'], 10_000);
      assert.equal(prune && (await inbox.shrink(prune, 1_000_000)), 0, 'it cannot');
      assert.equal(id, 1);
      assert.throws(() => compact({ kind: 'sqlite', path }), {
        name: 'InboxUnavailableError',
        message: /is in use: .* Nothing was changed\.$/,
      });
    }
    const compacted = compact({ kind: 'sqlite', path });
    assert(compacted && compacted.before > 1_000_000 && compacted.after < 500_000);
    assert.deepEqual((await readdir(folder)).toSorted(), ['tidings.db', 'tidings.db-wake']);
    assert.equal((await stat(path)).mode & 0o777, 0o600);

    const db = new DatabaseSync(path);
    db.exec(ballast);
    db.close();
    await using inbox = await openSqliteInbox({ path, clock: systemClock });
    assert.equal((await inbox.show(1))?.body?.toString(), 'kept');
    const [prune] = await inbox.acquire('a', ['prune'], 10_000);
    assert(prune);
    assert.equal(await inbox.shrink(prune, 100_000), 25 * 4_096);
    for (let freed: unknown = 1; freed !== 0; ) freed = await inbox.shrink(prune, 1_000_000);
    const { bytes, freeBytes } = await inbox.storedSize();
    assert(
      bytes < 500_000 && freeBytes > 0 && freeBytes <= bytes / 5 + 4_096,
      `a reserve stays: ${freeBytes} of ${bytes}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('there is nothing to compact where there is no file', () => {
  assert.throws(() => compact({ kind: 'sqlite', path: '/nowhere/tidings.db' }), InboxUnavailableError);
});
