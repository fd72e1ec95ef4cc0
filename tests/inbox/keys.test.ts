import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { copy } from '../../src/inbox/copy/copy.ts';
import { openSqliteSource, openSqliteTarget } from '../../src/inbox/copy/sqlite-side.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { oldDatabase } from '../fixtures/old-databases.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { dataDir } from '../support/data-dir.ts';

const APPEND_MANY = fileURLToPath(new URL('../support/append-many.ts', import.meta.url));
const OLD_BODY = '{"zen":"Keep it logically awesome."}';

function open(path: string): Promise<Inbox> {
  return openSqliteInbox({ path, clock: systemClock });
}

async function leaseOf(inbox: Inbox, lane: string): Promise<Lease> {
  const [lease] = await inbox.acquire('me', [lane], 60_000);
  assert.ok(lease);
  return lease;
}

function ask(path: string, sql: string): readonly Record<string, unknown>[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

const OLD_INDEXES = "SELECT name FROM sqlite_schema WHERE name IN ('events_by_delivery', 'events_by_digest')";

describe('events that are older than the keys', () => {
  const guids = ['guid-1', 'guid-9999', 'guid-20000', 'new-1', 'never'];

  /** The same before, amid and after. */
  async function check(inbox: Inbox, expand: Lease): Promise<void> {
    assert.deepEqual(await inbox.append(newEvent({ guid: 'guid-9999' })), { status: 'duplicate', id: 9_999 });
    assert.deepEqual(await inbox.append(newEvent({ guid: 'new-1' })), { status: 'duplicate', id: 20_001 });
    const [stored, again] = await Promise.all(
      ['a', 'a'].map((guid) => inbox.append(newEvent({ guid: `${guid}-${lastId}` }))),
    );
    lastId += 1;
    assert.deepEqual(
      [stored, again],
      [
        { status: 'accepted', id: lastId },
        { status: 'duplicate', id: lastId },
      ],
    );
    await inbox.expand(expand, [routed(lastId, ['slack'], { text: OLD_BODY })]);
    assert.equal((await inbox.show(lastId))?.suspectOf, 1);
    assert.deepEqual(await inbox.known('github', guids), new Set(guids.slice(0, -1)));
    assert.deepEqual(await inbox.known('stripe', guids), new Set());
  }
  let lastId = 20_001;

  test('are found by the old indexes, until all are brought over; these go, and one by the keys', async () => {
    await using dir = await dataDir();
    const path = join(dir.path, 'tidings.db');
    oldDatabase(path, 5, 20_000);
    await using inbox = await open(path);
    await using other = await open(path);
    const expand = await leaseOf(inbox, 'expand');
    const lease = await leaseOf(inbox, 'prune');
    assert.equal((await other.append(newEvent({ guid: 'new-1' }))).id, 20_001);
    for (let step = 0; ; step++) {
      if (step % 15 === 0) await check(step % 2 === 0 ? inbox : other, expand);
      const result = await inbox.bringOver(lease);
      if (result === 'done') break;
      assert.equal(result, 'more');
    }
    assert.deepEqual(ask(path, OLD_INDEXES), []);
    await check(inbox, expand);
    await check(other, expand);
    assert.equal(await inbox.bringOver(lease), 'done');
    await using later = await open(path);
    await check(later, expand);
    assert.equal(doubled(path), 0);
  });

  test('are brought over by who holds the lane', async () => {
    await using dir = await dataDir();
    const path = join(dir.path, 'tidings.db');
    oldDatabase(path, 5, 10);
    await using inbox = await open(path);
    const lease = await leaseOf(inbox, 'prune');
    assert.equal(await inbox.bringOver({ ...lease, epoch: lease.epoch - 1 }), 'fenced');
    assert.equal(ask(path, OLD_INDEXES).length, 2);
  });
});

test('of very many events the old indexes go at the next opening, and are not asked until then', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 5, 2);
  const db = new DatabaseSync(path);
  db.exec('UPDATE events SET id = 5000000 WHERE id = 2');
  db.close();
  const known = { status: 'duplicate', id: 5_000_000 };
  {
    await using inbox = await open(path);
    const lease = await leaseOf(inbox, 'prune');
    let result = await inbox.bringOver(lease);
    while (result === 'more') result = await inbox.bringOver(lease);
    assert.equal(result, 'restart');
    assert.equal(ask(path, OLD_INDEXES).length, 2);
    assert.deepEqual(await inbox.append(newEvent({ guid: 'guid-2' })), known);
    assert.equal(ask(path, "SELECT * FROM key_runs WHERE state = 'live'").length, 2);
  }
  await using later = await open(path);
  assert.deepEqual(ask(path, OLD_INDEXES), []);
  assert.equal(await later.bringOver(await leaseOf(later, 'prune')), 'done');
  assert.deepEqual(await later.append(newEvent({ guid: 'guid-2' })), known);
});

test('a new database has none of the old indexes', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  await using inbox = await open(path);
  await inbox.check();
  assert.deepEqual(ask(path, OLD_INDEXES), []);
});

test('a copy finds what was received before', async () => {
  await using dir = await dataDir();
  const [path, target] = [join(dir.path, 'tidings.db'), join(dir.path, 'copy.db')];
  await using source = await open(path);
  const expand = await leaseOf(source, 'expand');
  for (const [n, guid] of ['a', 'b'].entries()) {
    assert.equal((await source.append(newEvent({ guid }))).id, n + 1);
    await source.expand(expand, [routed(n + 1, [], { text: `body ${guid}` })]);
  }
  await source[Symbol.asyncDispose]();
  await copyAll(path, target);
  await using inbox = await open(target);
  assert.deepEqual(await inbox.append(newEvent({ guid: 'a' })), { status: 'duplicate', id: 1 });
  assert.deepEqual(await inbox.append(newEvent({ guid: 'b' })), { status: 'duplicate', id: 2 });
  assert.equal((await inbox.append(newEvent({ guid: 'c', text: 'body a' }))).id, 3);
  await inbox.expand(await leaseOf(inbox, 'expand'), [routed(3, ['slack'], { text: 'body a' })]);
  assert.equal((await inbox.show(3))?.suspectOf, 1);
});

test('two processes that are killed amid commits: what they acknowledged is found, and nothing is stored twice', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  await (await open(path))[Symbol.asyncDispose]();
  // Together more than become a run, and some by both.
  const told = await Promise.all([appendUntil(path, 0, 9_000), appendUntil(path, 8_000, 9_000)]);
  await using inbox = await open(path);
  const known = told.flatMap((ids, who) => ids.map((id, n) => ({ name: `g${who * 8_000 + n}`, id })));
  const asked = known.filter((_, n) => n % 3 === 0 || n > known.length - 600);
  const again = await Promise.all(asked.map(({ name }) => inbox.append(newEvent(delivery(name)))));
  assert.deepEqual(
    again,
    asked.map(({ id }) => ({ status: 'duplicate', id })),
  );
  assert.equal(doubled(path), 0);
  assert.ok(ask(path, 'SELECT * FROM key_runs WHERE kind = 1').length > 0);
  const guids = ['g0', 'g-1', known.at(-1)?.name ?? ''];
  assert.deepEqual(await inbox.known('github', guids), new Set([guids[0], guids[2]]));
});

async function copyAll(path: string, target: string): Promise<void> {
  await using from = await openSqliteSource(path);
  await using to = await openSqliteTarget(target);
  const { result } = await copy(
    from,
    to,
    () => undefined,
    () => 1,
  );
  assert.equal(result, 'copied');
  // As a copy does that goes on where it was cut off.
  await to.complete();
}

function delivery(guid: string): { readonly guid: string; readonly deliveryId: string; readonly text: string } {
  return { guid, deliveryId: `7:${guid}`, text: '{}' };
}

function doubled(path: string): unknown {
  return ask(path, 'SELECT count(*) - count(DISTINCT delivery_id) AS doubled FROM events')[0]?.['doubled'];
}

/** Killed once it has acknowledged so many. Their ids, in order. */
async function appendUntil(path: string, first: number, count: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [APPEND_MANY, path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ids: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    ids.push(...(JSON.parse(line) as readonly number[]));
    if (ids.length >= count) child.kill('SIGKILL');
  }
  await ended;
  return ids;
}
