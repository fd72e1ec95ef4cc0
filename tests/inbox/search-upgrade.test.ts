import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { copy } from '../../src/inbox/copy/copy.ts';
import { openPostgresTarget } from '../../src/inbox/copy/postgres-side.ts';
import { openSqliteSource } from '../../src/inbox/copy/sqlite-side.ts';
import { listOps as postgresList } from '../../src/inbox/postgres/archive/list.ts';
import { bringOverSearch as bringOverPostgres } from '../../src/inbox/postgres/search/bring-over.ts';
import { forgetWords, putTokens } from '../../src/inbox/postgres/search/write.ts';
import { openDatabase as openPostgres } from '../../src/inbox/postgres/server/database.ts';
import { PAIRS, tokensOf } from '../../src/inbox/search/tokens.ts';
import { listOps } from '../../src/inbox/sqlite/archive/list.ts';
import { transaction } from '../../src/inbox/sqlite/database.ts';
import { openDatabase } from '../../src/inbox/sqlite/file/open-database.ts';
import { migrate } from '../../src/inbox/sqlite/migrate.ts';
import { bringOverSearch } from '../../src/inbox/sqlite/search/bring-over.ts';
import { searchForgetter, searchWriter, wordsForgetter } from '../../src/inbox/sqlite/search/write.ts';
import type { EventFilter } from '../../src/model/inbox/records.ts';
import { Secret } from '../../src/shared/secret.ts';
import { oldDatabase } from '../fixtures/old-databases.ts';
import { dataDir } from '../support/data-dir.ts';
import { freshDatabase } from '../support/postgres.ts';

const EVENTS = 300;
const BEFORE = 5;
const ASKED: readonly Omit<EventFilter, 'limit'>[] = [
  {},
  { type: 'ping' },
  { kind: 'ping', source: 'github' },
  { state: 'routed', before: 50 },
  { source: 'stripe' },
  { type: 'ping', since: 1_001 },
];

async function inOldDatabase(work: (path: string) => Promise<void>): Promise<void> {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, BEFORE, EVENTS);
  await work(path);
}

function opened(path: string) {
  const db = openDatabase({ path, access: 'create', busyTimeoutMs: 1_000 });
  migrate(db, path, { copies: false });
  return { db, [Symbol.dispose]: () => db.close() };
}

test('what was decided before an upgrade is found before, while and after it is brought over', async () => {
  await inOldDatabase(async (path) => {
    using here = opened(path);
    const { list } = listOps(here.db);
    const found = () => ASKED.map((filter) => list({ ...filter, limit: 500 }).map(({ id }) => id));
    const before = found();
    assert.deepEqual(
      before.map(({ length }) => length),
      [EVENTS, EVENTS, EVENTS, 49, 0, 0],
    );
    const step = bringOverSearch(here.db);
    // Decided anew meanwhile, with words: they stay.
    const facts = { source: 'github', type: 'ping', action: null, repo: null, state: 'routed', replays: 0 };
    transaction(here.db, () => searchWriter(here.db).put(7, tokensOf(facts, { actor: 'mona', text: 'Flaky' }, PAIRS)));
    let steps = 0;
    do {
      assert.deepEqual(found(), before);
      steps++;
    } while (transaction(here.db, step) === 'more');
    assert.deepEqual(found(), before);
    assert.equal(steps, 3);
    assert.equal(transaction(here.db, step), 'done');
    assert.deepEqual(
      list({ text: 'flaky', limit: 5 }).map(({ id }) => id),
      [7],
    );
    transaction(here.db, () => wordsForgetter(here.db)([7]));
    assert.deepEqual(list({ text: 'flaky', limit: 5 }), []);
    assert.deepEqual(found(), before);
    transaction(here.db, () => searchForgetter(here.db)([7, 8]));
    assert.equal(list({ type: 'ping', limit: 500 }).length, EVENTS - 2);
  });
});

test('in a copy on the other engine the same is found, and brought over there', async () => {
  await inOldDatabase(async (path) => {
    opened(path)[Symbol.dispose]();
    await using database = await freshDatabase({ empty: true });
    const url = new Secret(database.url);
    {
      await using source = await openSqliteSource(path);
      await using target = await openPostgresTarget(url);
      assert.equal(
        (
          await copy(
            source,
            target,
            () => undefined,
            () => 0,
          )
        ).result,
        'copied',
      );
    }
    const db = openPostgres(url, 'here');
    try {
      const { list } = postgresList(db);
      const found = async () => {
        const lists = await Promise.all(ASKED.map((filter) => list({ ...filter, limit: 500 })));
        return lists.map((events) => events.map(({ id }) => id));
      };
      const before = await found();
      assert.deepEqual(
        before.map(({ length }) => length),
        [EVENTS, EVENTS, EVENTS, 49, 0, 0],
      );
      const step = () => db.transaction(bringOverPostgres);
      while ((await step()) === 'more') assert.deepEqual(await found(), before);
      assert.deepEqual(await found(), before);
      assert.equal(await step(), 'done');
      await db.transaction((tx) => putTokens(tx, [{ id: 7, tokens: ['kping', 'wflaky'] }]));
      assert.equal((await list({ text: 'flaky', limit: 5 })).length, 1);
      await db.transaction((tx) => forgetWords(tx, [7, 8]));
      assert.deepEqual(await list({ text: 'flaky', limit: 5 }), []);
      assert.deepEqual(await found(), before);
    } finally {
      await db.close();
    }
  });
});
