import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { copy } from '../../src/inbox/copy/copy.ts';
import { openPostgresSource, openPostgresTarget } from '../../src/inbox/copy/postgres-side.ts';
import type { Side } from '../../src/inbox/copy/side.ts';
import { openSqliteSource, openSqliteTarget } from '../../src/inbox/copy/sqlite-side.ts';
import { migrationsIn } from '../../src/inbox/migrations.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openDatabase } from '../../src/inbox/postgres/server/database.ts';
import { placeOf } from '../../src/inbox/postgres/server/errors.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { FORM_1, SAID_IN_FORM_1 } from '../fixtures/form-1.ts';
import { oldDatabase } from '../fixtures/old-databases.ts';
import { dataDir } from '../support/data-dir.ts';
import { freshDatabase } from '../support/postgres.ts';

/** More than are written anew at once. */
const EVENTS = 1_203;

/** What waits, as it was told when it was stored. */
const WAITS = Array.from({ length: EVENTS }, (_, n) => SAID_IN_FORM_1[n % FORM_1.length]);
const STORED = Array.from({ length: EVENTS }, (_, n) => FORM_1[n % FORM_1.length] ?? '');

test('what waited in a SQLite of the schema before is told after the upgrade, and in copies of it both ways', async () => {
  await using dir = await dataDir();
  await using fresh = await freshDatabase({ empty: true });
  const url = new Secret(fresh.url);
  const [first, second] = [join(dir.path, 'first.db'), join(dir.path, 'second.db')];
  oldDatabase(first, 3, EVENTS);
  fill(first);
  assert.deepEqual(await waitingIn(openSqliteInbox({ path: first, clock: systemClock })), WAITS);
  assert.deepEqual(formsIn(first), [{ form: 2, count: EVENTS }]);
  await copied(openSqliteSource(first), openPostgresTarget(url));
  assert.deepEqual(await waitingIn(openPostgresInbox({ url, clock: systemClock })), WAITS);
  await copied(openPostgresSource(url), openSqliteTarget(second));
  assert.deepEqual(await waitingIn(openSqliteInbox({ path: second, clock: systemClock })), WAITS);
});

test('the same in a Postgres of the schema before', async () => {
  await using fresh = await freshDatabase({ empty: true });
  const [one, two] = migrationsIn(new URL('../../src/inbox/postgres/migrations/', import.meta.url));
  const db = openDatabase(new Secret(fresh.url), placeOf(fresh.url));
  await db.rows(
    `CREATE SCHEMA tidings;
     CREATE TABLE tidings.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
     ${one?.sql()}; ${two?.sql()};
     INSERT INTO tidings.schema_version (version) VALUES (1), (2)`,
  );
  await db.rows(FILL, [STORED]);
  const url = new Secret(fresh.url);
  assert.deepEqual(await waitingIn(openPostgresInbox({ url, clock: systemClock })), WAITS);
  const rewritten = `SELECT count(*)::integer AS count FROM tidings.activities WHERE activity LIKE '{"form":2,%'`;
  assert.deepEqual(await db.rows(rewritten), [{ count: EVENTS }]);
  await db.close();
});

/** One event and one queued notification for each. */
const FILL = `
  WITH given AS (SELECT n, activity FROM unnest($1::text[]) WITH ORDINALITY AS g (activity, n)),
  events AS (
    INSERT INTO tidings.events (id, source, delivery_id, guid, type, origin, body_size, headers_size, segment_id, segment_offset,
                                secret_no, received_at, stored_at)
    SELECT n, 'github', n, n, 'pull_request', 'webhook', 0, 0, 1, 0, 1, 1000, 1000 FROM given
  ), notifications AS (
    INSERT INTO tidings.notifications (event_id, destination, rule, dedup_key, origin, is_replay)
    SELECT n, 'slack', 'news', n, 'webhook', false FROM given RETURNING id, event_id
  ), queued AS (
    INSERT INTO tidings.outbox (destination, event_id, notification_id) SELECT 'slack', event_id, id FROM notifications
  )
  INSERT INTO tidings.activities (notification_id, activity)
  SELECT w.id, g.activity FROM notifications w JOIN given g ON g.n = w.event_id`;

function fill(path: string): void {
  const db = new DatabaseSync(path);
  const insert = db.prepare(`
    INSERT INTO notifications (event_id, destination, rule, activity, dedup_key, is_replay) VALUES (?1, 'slack', 'news', ?2, ?1, 0)`);
  db.exec('BEGIN');
  for (const [index, json] of STORED.entries()) insert.run(index + 1, json);
  db.exec(
    "INSERT INTO notifications (event_id, destination, rule, state, dedup_key, is_replay) VALUES (1, 'http', 'news', 'sent', 'x', 0)",
  );
  db.exec('COMMIT');
  db.close();
}

function formsIn(path: string): readonly object[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db
    .prepare(
      "SELECT activity ->> 'form' AS form, count(*) AS count FROM notifications WHERE activity IS NOT NULL GROUP BY form",
    )
    .all();
  db.close();
  return rows.map((row) => ({ ...row }));
}

async function waitingIn(opening: Promise<Inbox>): Promise<readonly object[]> {
  await using inbox = await opening;
  const { notifications } = await inbox.waiting('slack', EVENTS + 1);
  return notifications.map(({ activity, transition, mentions }) => ({ activity, transition, mentions }));
}

async function copied(from: Promise<Side>, to: Promise<Side>): Promise<void> {
  await using source = await from;
  await using target = await to;
  const { result } = await copy(source, target, () => undefined, systemClock.now);
  assert.equal(result, 'copied');
}
