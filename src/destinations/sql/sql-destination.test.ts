import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import pg from 'pg';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { startDatabaseRelay } from '../../../tests/doubles/database-relay.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { freshDatabase } from '../../../tests/support/postgres.ts';
import type { Activity } from '../../model/activity.ts';
import type { Outcome } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import { Secret } from '../../shared/secret.ts';
import { messageKey } from '../message-key.ts';
import { loadPackages } from '../optional-packages.ts';
import { channel } from './channel.ts';
import { check } from './connect/check.ts';
import { sqlDestination } from './library.ts';
import type { SqlSettings } from './settings.ts';
import { addressOf } from './shapes.ts';
import { createTable } from './statements.ts';
import { tableOf } from './table.ts';

const SETTINGS = { table: 'activities', key: 'id', concurrency: 4, timeout_ms: 10_000 } as const;
const KEY = messageKey('team', { kind: 'single', notification: aNotification(anActivity()) });
const ASKING = {
  signal: new AbortController().signal,
  clock: OPENING.clock,
  version: '0',
  env: {},
  invocation: 'npx tidings',
};

async function open(url: string, more: Partial<SqlSettings> = {}) {
  const settings = { ...SETTINGS, url: new Secret(url), ...more };
  const destination = await channel.open({ ...OPENING, settings });
  const send = (activity: Activity = anActivity(), id = 1, more: Partial<Notification> = {}): Promise<Outcome> =>
    destination.send(
      { kind: 'single', notification: { ...aNotification(activity, id), receivedAt: OPENING.clock.now(), ...more } },
      { signal: new AbortController().signal, earlier: null },
    );
  const found = async () => (await check('table', settings, ASKING))[0];
  return { send, found, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

const reasonOf = (outcome: Outcome) => [outcome.kind, 'reason' in outcome ? outcome.reason : ''].join(': ');

const COLUMNS = {
  event: 'notification.eventId',
  title: 'activity.subject.title',
  labels: 'activity.labels',
  draft: 'activity.isDraft',
  number: 'activity.pullRequest',
  amount: 'activity.amount',
  minor: 'activity.isMinor',
  half: '1 / 2.0',
  weird: 'activity.subject.handle + "\\u0000\\"; DROP TABLE activities; --"',
  at: 'notification.timestamp',
  data: 'notification.json',
};

test('Postgres: what a column says is a value of its type, and what is missing NULL', async () => {
  await using database = await freshDatabase({ empty: true });
  const { url } = database;
  const client = new pg.Client(url);
  await client.connect();
  try {
    await using to = await open(url, { table: 'reports.activities', columns: COLUMNS });
    const before = await to.found();
    assert.equal(before?.status, 'fail');
    assert.match(
      before?.detail ?? '',
      /relation "reports.activities" does not exist \(42P01\); the table is not there/,
    );
    // The CREATE TABLE that doctor prints is the one that fits.
    const [, create = ''] = /(CREATE TABLE [\s\S]*)/.exec(before?.fix ?? '') ?? [];
    await client.query(`CREATE SCHEMA reports; ${create}`);
    assert.deepEqual(
      [(await to.found())?.status, (await client.query('TABLE reports.activities')).rowCount],
      ['ok', 0],
    );

    const subject = { noun: 'issue', handle: '#1', title: 'NUL \0 and half \ud83d', url: '' };
    const occurredAt = Date.parse('2026-01-01T00:00:00Z');
    const sent = await to.send(anActivity({ subject, labels: ['bug', 'ü'], occurredAt }));
    assert.deepEqual(sent, { kind: 'sent', answer: '1 row' });
    const again = await to.send(anActivity({ subject: { ...subject, title: 'another' } }));
    assert.deepEqual(again, { kind: 'sent', answer: `a row with ${KEY} was there already` });
    const { rows } = await client.query('TABLE reports.activities');
    const { data, ...row } = rows[0];
    assert.equal(rows.length, 1);
    assert.deepEqual(row, {
      id: KEY,
      event: '1',
      title: 'NUL  and half \ufffd',
      labels: ['bug', 'ü'],
      draft: false,
      number: null,
      amount: null,
      minor: false,
      half: '0.5',
      weird: '#1"; DROP TABLE activities; --',
      at: new Date(occurredAt),
    });
    assert.equal(data.subject.title, row.title);
  } finally {
    await client.end();
  }
});

test('Postgres: each of its codes is tried again, refused or broken, with what to do', async () => {
  await using database = await freshDatabase({ empty: true });
  const { url } = database;
  const client = new pg.Client(url);
  await client.connect();
  try {
    const columns = { kind: 'activity.kind' };
    await using to = await open(url, { columns });
    assert.match(reasonOf(await to.send()), /^broken: .*42P01\); the table is not there; doctor prints/);
    const made = async (sql: string) => {
      await client.query(`DROP TABLE IF EXISTS activities; CREATE TABLE activities (${sql})`);
      return reasonOf(await to.send());
    };
    assert.match(await made('id text PRIMARY KEY'), /^broken: .*42703\); the table lacks a column/);
    assert.match(await made('id text, kind text'), /^broken: .*42P10\); the key column is not unique/);
    assert.match(await made('id text PRIMARY KEY, kind integer'), /^rejected: .*22P02\); let the column's type take/);
    assert.match(await made('id text PRIMARY KEY, kind text CHECK (false)'), /^rejected: .*23514\)/);
    assert.match(
      await made('id text PRIMARY KEY, kind text, n int NOT NULL'),
      /^rejected: .*23502\); let the column be/,
    );
    assert.match(await made("id text PRIMARY KEY, kind text); SET lock_timeout = '1ms'; SELECT (1"), /^sent/);
    // Whoever is thrown out is let in again.
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    const kinds = [(await to.send(anActivity(), 2)).kind, (await to.send(anActivity(), 2)).kind];
    assert.ok(kinds.includes('sent'), String(kinds));
    const wrong = new URL(url);
    wrong.pathname = 'nowhere';
    await using elsewhere = await open(wrong.href, { columns });
    assert.match(reasonOf(await elsewhere.send()), /^broken: .*3D000\); create the database/);
    await client.query('ALTER DATABASE ' + new URL(url).pathname.slice(1) + ' SET default_transaction_read_only = on');
    await using readOnly = await open(url, { columns });
    assert.match(reasonOf(await readOnly.send()), /^retry: .*25006\); the server takes no writes/);
  } finally {
    await client.end();
  }
});

test('Postgres: tables of other forms are held or refused, and what is past its types, with what to do', async () => {
  await using database = await freshDatabase({ empty: true });
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    const columns = { kind: 'activity.kind', n: '9223372036854775807', at: 'notification.timestamp' };
    const fits = 'id text PRIMARY KEY, kind text, n bigint, at timestamptz';
    const made = async (sql: string, activity: Partial<Activity> = {}) => {
      await client.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${sql}`);
      await using to = await open(database.url, { columns });
      return reasonOf(await to.send(anActivity({ kind: 'NUL \0 half \ud83d', ...activity })));
    };
    const table = (form: string) => `CREATE TABLE activities (${form})`;
    assert.match(await made(table(fits)), /^sent/);
    assert.match(await made(table(fits), { kind: 'x'.repeat(1_000_000), occurredAt: 1e15 }), /^sent/);
    const { rows } = await client.query('SELECT length(kind) AS length, at, n FROM activities');
    assert.deepEqual(rows, [{ length: 1_000_000, at: new Date(OPENING.clock.now()), n: '9223372036854775807' }]);
    assert.match(await made(`${table(fits)} PARTITION BY HASH (id)`), /^rejected: .*23514\)/);
    const view = 'ALTER TABLE activities RENAME TO base; CREATE VIEW activities AS SELECT';
    assert.match(await made(`${table(fits)}; ${view} * FROM base`), /^sent/);
    assert.match(
      await made(`${table(fits)}; ${view} DISTINCT * FROM base`),
      /^broken: .*55000\); name a table, not a view/,
    );
    const rule = 'CREATE RULE no AS ON UPDATE TO activities DO INSTEAD NOTHING';
    assert.match(await made(`${table(fits)}; ${rule}`), /^broken: .*0A000\)/);
    assert.match(await made(table(fits.replace('KEY', 'KEY DEFERRABLE'))), /^broken: .*55000\); .*DEFERRABLE/);
    assert.match(await made(table(fits.replace('PRIMARY KEY', '') + ', UNIQUE (id, n)')), /^broken: .*42P10\)/);
    const generated = fits.replace('kind text', 'kind text GENERATED ALWAYS AS (id) STORED');
    assert.match(await made(table(generated)), /^broken: .*428C9\)/);
    assert.match(await made(table(fits.replace('bigint', 'int'))), /^rejected: .*22003\)/);
    assert.match(await made(table(fits.replace('kind text', 'kind varchar(2)'))), /^rejected: .*22001\)/);
    const refuse = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE TRIGGER no BEFORE INSERT ON activities EXECUTE FUNCTION refuse()`;
    assert.match(await made(`${table(fits)}; ${refuse}`), /^rejected: .*refused \(P0001\); see what the table takes/);
  } finally {
    await client.end();
  }
});

test('Postgres: a server that hangs after it has written leaves it unknown, and then has the row', async () => {
  await using database = await freshDatabase({ empty: true });
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('CREATE TABLE activities (id text PRIMARY KEY)');
  await client.end();
  await using relay = await startDatabaseRelay(database.url);
  relay.plan('stuck');
  await using to = await open(relay.url, { columns: {}, timeout_ms: 1_000 });
  assert.match(reasonOf(await to.send()), /^unknown: .*may have it: no answer within 1 s/);
  assert.deepEqual(await to.send(), { kind: 'sent', answer: `a row with ${KEY} was there already` });
});

test('SQLite: a view, a trigger, a generated column, and another file in the place of this one', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'reports.db');
  const columns = { kind: 'activity.kind', n: '9223372036854775807' };
  await using to = await open(`sqlite:${path}`, { columns });
  const made = async (sql: string) => {
    rmSync(path, { force: true });
    using database = new DatabaseSync(path);
    database.exec(sql);
    return reasonOf(await to.send());
  };
  const fits = 'CREATE TABLE activities (id text PRIMARY KEY, kind text, n integer)';
  assert.match(await made(fits), /^sent/);
  assert.match(await made(fits), /^sent/);
  using database = new DatabaseSync(path);
  assert.equal(database.prepare('SELECT concat(n) AS n FROM activities').get()?.['n'], '9223372036854775807');
  const view = 'CREATE VIEW activities AS SELECT * FROM base';
  assert.match(await made(`${fits.replace('activities', 'base')}; ${view}`), /^broken: .*view/);
  assert.match(await made(fits.replace('kind text', 'kind text AS (n)')), /^broken: .*generated column/);
  assert.match(await made(fits.replace('PRIMARY KEY', '')), /^broken: .*the key column is not unique/);
  const refuse = "CREATE TRIGGER no BEFORE INSERT ON activities BEGIN SELECT RAISE(ABORT, 'refused'); END";
  assert.match(await made(`${fits}; ${refuse}`), /^rejected: .*refused; see what the table takes/);
});

test('SQLite: rows, types, and what it refuses', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'reports.db');
  await using to = await open(`sqlite:${path}`, { columns: COLUMNS });
  assert.match(reasonOf(await to.send()), /^broken: .*is not there; correct the path/);
  using database = new DatabaseSync(path);
  database.exec('VACUUM');
  const before = await to.found();
  assert.match(before?.detail ?? '', /no such table: activities; the table is not there/);
  database.exec(/(CREATE TABLE [\s\S]*)/.exec(before?.fix ?? '')?.[1] ?? '');
  assert.equal((await to.found())?.status, 'ok');
  const labels = ['bug'];
  const sent = [await to.send(anActivity({ labels })), await to.send(anActivity({ labels }))];
  assert.deepEqual(
    sent.map((each) => each.kind === 'sent' && each.answer),
    ['1 row', `a row with ${KEY} was there already`],
  );
  const [row, ...others] = database
    .prepare('SELECT event, labels, draft, number, minor, half, weird FROM activities')
    .all();
  assert.deepEqual(
    [{ ...row }, others],
    [
      {
        event: 1,
        labels: '["bug"]',
        draft: 0,
        number: null,
        minor: 0,
        half: 0.5,
        weird: '#12"; DROP TABLE activities; --',
      },
      [],
    ],
  );
  const made = async (sql: string) => {
    database.exec(`DROP TABLE activities; CREATE TABLE activities (${sql})`);
    await using narrow = await open(`sqlite:${path}`, { columns: { kind: 'activity.kind' } });
    return reasonOf(await narrow.send());
  };
  assert.match(await made('id text PRIMARY KEY'), /^broken: .*the table lacks a column/);
  assert.match(await made('id text, kind text'), /^broken: .*the key column is not unique/);
  assert.match(await made('id text PRIMARY KEY, kind text CHECK (false)'), /^rejected: .*see what the table takes/);
  assert.match(await made('id text PRIMARY KEY, kind integer) STRICT; SELECT (1'), /^rejected: .*cannot store TEXT/);
});

test('an expression that is none, or an address that is none, is said before anything is opened', async () => {
  await assert.rejects(
    open('sqlite:x.db', { columns: { who: 'activity.actr.login' } }),
    /columns\.who, at character 10: .*actor/,
  );
  await assert.rejects(
    open('sqlite:x.db', { columns: { x: 'payload.id' } }),
    /columns\.x, at character 1: the payload is not kept/,
  );
  await assert.rejects(
    open('sqlite:x.db', { columns: { x: 'notification.id' } }),
    /a notification has no "id"\. There is: key/,
  );
  for (const url of [
    'mysql://root:pw@host/x?multipleStatements=true',
    'mariadb://root:pw%zz@host/x',
    'mysql://a/b/c',
  ]) {
    await assert.rejects(
      open(url),
      (error) => error instanceof Error && /must be mysql:\/\//.test(error.message) && !/pw/.test(error.message),
    );
  }
});

test('the key is the same at every try; a replay, and an inbox that counts from 1 again, have others', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'reports.db');
  using database = new DatabaseSync(path);
  database.exec('CREATE TABLE activities (id text PRIMARY KEY, seen text)');
  await using to = await open(`sqlite:${path}`, { columns: { seen: 'notification.key' } });
  const answers = [
    await to.send(),
    await to.send(anActivity(), 1, { tries: 3, maybeToldBy: 7 }),
    await to.send(anActivity(), 1, { storedAt: 5 }),
    await to.send(anActivity(), 2, { isReplay: true }),
  ];
  assert.deepEqual(
    answers.map((each) => each.kind === 'sent' && each.answer),
    ['1 row', `a row with ${KEY} was there already`, '1 row', '1 row'],
  );
  const rows = database.prepare('SELECT id, seen FROM activities ORDER BY rowid').all();
  assert.match(KEY, /^ntf_[0-9a-f]{32}$/);
  assert.deepEqual([rows.length, rows[0]?.['id'], rows.every(({ id, seen }) => id === seen)], [3, KEY, true]);
});

test('two hundred columns are written in one row', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'wide.db');
  const names = Array.from({ length: 200 }, (_, n) => `column_${n}`);
  using database = new DatabaseSync(path);
  database.exec(`CREATE TABLE activities (id text PRIMARY KEY, ${names.join()})`);
  await using to = await open(`sqlite:${path}`, {
    columns: Object.fromEntries(names.map((name, n) => [name, `activity.kind + ${n}`])),
  });
  assert.equal((await to.send()).kind, 'sent');
  assert.equal(database.prepare('SELECT column_199 AS last FROM activities').get()?.['last'], 'issues.opened199');
});

test('in a program of your own it is made by a call, which says what is wrong before anything is opened', async () => {
  const options = { name: 'table', url: 'sqlite:reports.db' };
  await assert.rejects(sqlDestination({ ...options, table: 'a;b' }), /^Error: sqlDestination: table must be letters/);
  await assert.rejects(sqlDestination({ ...options, columns: { 'a"': '1' } }), /columns\.a" must be letters/);
  await assert.rejects(sqlDestination({ ...options, columns: { a: '1 +' } }), /columns\.a, at character/);
  await assert.rejects(
    sqlDestination({ ...options, url: 'redis://pw@host' }),
    /^Error: sqlDestination: url must be postgres:\/\/ or mysql:/,
  );
  await using destination = await sqlDestination(options);
  assert.deepEqual([destination.name, destination.type, destination.concurrency], ['table', 'sql', 4]);
});

test('what MySQL needs is named where it is not installed, and its address keeps its password to itself', () => {
  assert.throws(() => loadPackages('MySQL', ['mysql2'], ['/nowhere']), /npm install mysql2/);
  const address = addressOf('mysql://me:p%40ss@[::1]:3307/db?ssl-mode=VERIFY_IDENTITY');
  assert.deepEqual(address, {
    dialect: 'mysql',
    host: '::1',
    port: 3307,
    user: 'me',
    password: 'p@ss',
    database: 'db',
    tls: { rejectUnauthorized: true, verifyIdentity: true },
    place: 'MySQL at [::1]:3307/db',
  });
  const settings = { ...SETTINGS, url: new Secret('mariadb://me:secret@db.example') };
  assert.equal(channel.words(settings), 'MySQL at db.example, table activities');
  assert.match(createTable(tableOf(SETTINGS).table, 'mysql'), /^CREATE TABLE `activities` \(\n {2}`id` +varchar\(64\)/);
});
