import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { type Inbox, InboxUnavailableError } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { NEWEST, oldDatabase, picture } from '../fixtures/old-databases.ts';
import { newEvent } from '../fixtures/stored.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';

/** Whatever would write says why it does not. */
async function refuses(inbox: Inbox, why: RegExp): Promise<void> {
  const calls = [
    () => inbox.append(newEvent()),
    () => inbox.check(),
    () => inbox.acquire('a', ['expand'], 1_000),
    () => inbox.remember('name', 'value'),
    () => inbox.replay({ state: 'dead' }, { dryRun: false }),
    () => inbox.replay({ state: 'failed' }, { dryRun: false }),
    () => inbox.dismiss({ state: 'dead' }, { dryRun: false }),
    () => inbox.drain('team', { by: 'mona' }, { dryRun: false }),
    () => inbox.hold('team', { by: 'mona', at: 1, until: null }),
  ];
  for (const call of calls) {
    await assert.rejects(call, (error) => {
      assert(error instanceof InboxUnavailableError, String(error));
      assert.match(error.message, why);
      return true;
    });
  }
}

test('a database that is moved away while in use takes nothing, and goes on when it is put back', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  await using inbox = await openInbox(dir.path);
  await inbox.append(newEvent());
  renameSync(path, `${path}.aside`);
  await refuses(inbox, /tidings\.db was deleted or moved away while in use: nothing is stored until it is put back/);
  await assert.rejects(inbox.list({ limit: 1 }), /is not there/);
  assert.ok(!existsSync(path), 'none is made in its place');
  renameSync(`${path}.aside`, path);
  assert.equal((await inbox.append(newEvent())).id, 2);
  assert.equal((await inbox.list({ limit: 9 })).length, 2);
});

test('the same with its whole folder', async () => {
  await using dir = await dataDir();
  const folder = join(dir.path, 'data');
  await using inbox = await openInbox(folder);
  await inbox.append(newEvent());
  renameSync(folder, `${folder}.aside`);
  await refuses(inbox, /deleted or moved away/);
  renameSync(`${folder}.aside`, folder);
  assert.equal((await inbox.append(newEvent())).id, 2);
});

test('another file in its place is left alone, also by closing', async () => {
  await using dir = await dataDir();
  await using other = await dataDir();
  const path = join(dir.path, 'tidings.db');
  const inbox = await openInbox(dir.path);
  await inbox.append(newEvent());
  for (const file of readdirSync(dir.path)) rmSync(join(dir.path, file));
  oldDatabase(join(other.path, 'tidings.db'), NEWEST, 7);
  renameSync(join(other.path, 'tidings.db'), path);
  const before = picture(path);
  await refuses(inbox, /another file was put in the place of the database .*tidings\.db/);
  await inbox[Symbol.asyncDispose]();
  assert.deepEqual(picture(path), before);
  await using again = await openInbox(dir.path);
  assert.equal((await again.append(newEvent())).id, 8);
});

test('a new database that another process makes there keeps its log when this one stops', async () => {
  await using dir = await dataDir();
  const first = await openInbox(dir.path);
  await first.append(newEvent());
  for (const file of readdirSync(dir.path)) rmSync(join(dir.path, file));
  const second = await openInbox(dir.path);
  await second.append(newEvent());
  await first[Symbol.asyncDispose]();
  assert.equal((await second.append(newEvent())).id, 2);
  await second[Symbol.asyncDispose]();
});

test('without its log nothing is taken; stopping folds what was acknowledged into the database', async () => {
  for (const suffix of ['-wal', '-shm']) {
    await using dir = await dataDir();
    const path = join(dir.path, 'tidings.db');
    const inbox = await openInbox(dir.path);
    await inbox.append(newEvent());
    rmSync(path + suffix);
    await refuses(inbox, new RegExp(`tidings\\.db${suffix}, which belongs to tidings\\.db, was deleted while in use`));
    await inbox[Symbol.asyncDispose]();
    await using again = await openInbox(dir.path);
    assert.equal((await again.append(newEvent())).id, 2);
  }
});

test('a log whose database is gone is not thrown away by a start', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  writeFileSync(`${path}-wal`, 'what a killed process left');
  const before = picture(path);
  await assert.rejects(openSqliteInbox({ path, clock: systemClock }), {
    name: 'InboxUnavailableError',
    message:
      /cannot be opened: it is gone, and its log tidings\.db-wal, which holds recent events, is still there\. Put tidings\.db back/,
  });
  assert.deepEqual(picture(path), before);
});

test('of a database that is a link, the files it leads to are looked after', async () => {
  await using dir = await dataDir();
  const real = join(dir.path, 'disk', 'tidings.db');
  const link = join(dir.path, 'tidings.db');
  await (await openInbox(join(dir.path, 'disk')))[Symbol.asyncDispose]();
  symlinkSync(real, link);
  await using inbox = await openInbox(dir.path);
  await inbox.append(newEvent());
  rmSync(`${real}-shm`);
  await refuses(inbox, /tidings\.db-shm, which belongs to tidings\.db, was deleted while in use/);
});
