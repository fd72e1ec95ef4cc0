import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RowDataPacket } from 'mysql2';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { startDatabaseRelay } from '../../../tests/doubles/database-relay.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import { tried } from '../../../tests/support/long-form.ts';
import { freshMysql, NO_MYSQL } from '../../../tests/support/mysql.ts';
import type { Activity } from '../../model/activity.ts';
import type { Outcome } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { channel } from './channel.ts';
import { check } from './connect/check.ts';
import type { SqlSettings } from './settings.ts';

// With a real MariaDB.

const SETTINGS = { table: 'activities', key: 'id', concurrency: 4, timeout_ms: 10_000 } as const;
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
  const send = (activity: Activity = anActivity(), id = 1): Promise<Outcome> =>
    destination.send(
      { kind: 'single', notification: aNotification(activity, id) },
      { signal: ASKING.signal, earlier: null },
    );
  const found = async () => (await check('table', settings, ASKING))[0];
  return { send, found, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

const said = (outcome: Outcome) =>
  `${outcome.kind}: ${outcome.kind === 'sent' ? outcome.answer : outcome.reason}`.replace(/ntf_\w+/, 'KEY');

const COLUMNS = {
  event: 'notification.eventId',
  title: 'activity.subject.title',
  labels: 'activity.labels',
  draft: 'activity.isDraft',
  half: '1 / 2.0',
  big: '9007199254740993',
  weird: 'activity.subject.handle + "\\u0000`\'\\"\\\\; DROP TABLE activities; --"',
  at: 'notification.timestamp',
  data: 'notification.json',
};

/** What another program may have set for everybody. */
const DEFAULTS = [
  "SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
  "SET GLOBAL init_connect = 'SET autocommit = 0'",
  "SET GLOBAL time_zone = '+05:00'",
];

test('a column of MySQL is of its type, whatever the server has by default', { skip: NO_MYSQL }, async () => {
  await using database = await freshMysql();
  for (const sql of DEFAULTS) await database.client.query(sql);
  try {
    await using to = await open(database.url, { columns: COLUMNS });
    const before = await to.found();
    assert.match(before?.detail ?? '', /doesn't exist \(1146\); the table is not there/);
    await database.client.query(/(CREATE TABLE [\s\S]*)/.exec(before?.fix ?? '')?.[1] ?? '');
    assert.equal((await to.found())?.status, 'ok');
    const subject = { noun: 'issue', handle: '#1', title: 'NUL \0, half \ud83d, whole 😀', url: '' };
    const occurredAt = Date.parse('2026-06-01T12:00:00.123Z');
    assert.equal(said(await to.send(anActivity({ subject, labels: ['bug', 'ü'], occurredAt }))), 'sent: 1 row');
    assert.equal(said(await to.send()), 'sent: a row with KEY was there already');
    // Beyond what a calendar of four digits counts, the time of receipt stands.
    const long = { ...subject, title: 'x'.repeat(1_000_000) };
    assert.equal(said(await to.send(anActivity({ subject: long, occurredAt: 1e15 }), 2)), 'sent: 1 row');
    const [[row, other]] = await database.client.query<RowDataPacket[]>(
      `SELECT event, title, labels, draft, half, concat(big) AS big, weird, concat(at) AS at,
        json_value(data, '$.subject.title') AS inner_title FROM activities ORDER BY event`,
    );
    assert.deepEqual(
      { ...row },
      {
        event: 1,
        title: 'NUL , half \ufffd, whole 😀',
        labels: '["bug","ü"]',
        draft: 0,
        half: 0.5,
        big: '9007199254740993',
        weird: '#1`\'"\\; DROP TABLE activities; --',
        at: '2026-06-01 12:00:00.123',
        inner_title: 'NUL , half \ufffd, whole 😀',
      },
    );
    assert.deepEqual([other?.['title'].length, other?.['at']], [1_000_000, '2026-01-01 00:00:00.000']);
  } finally {
    await database.client.query(
      'SET GLOBAL sql_mode = DEFAULT, GLOBAL init_connect = DEFAULT, GLOBAL time_zone = DEFAULT',
    );
  }
});

const KIND = 'kind text CHARACTER SET utf8mb4';
const REST = `${KIND}, n bigint`;
const FITS = `CREATE TABLE activities (id varchar(64) PRIMARY KEY, ${REST})`;
const TABLES: readonly (readonly [sql: readonly string[], found: RegExp, sent: RegExp])[] = [
  [[FITS], /takes rows into/, /^sent: 1 row/],
  [[`CREATE TABLE activities (ID varchar(64) PRIMARY KEY, ${REST})`], /takes rows into/, /^sent: 1 row/],
  [[`CREATE TABLE activities (id text, ${REST}, UNIQUE (id(40)))`], /takes rows into/, /^sent: 1 row/],
  [[`CREATE TABLE activities (id text, ${REST}, UNIQUE (id(20)))`], /may write rows twice/, /^broken: .*not unique/],
  [[`CREATE TABLE activities (id varchar(64), ${REST})`], /may write rows twice/, /^broken: .*UNIQUE index on it/],
  [[`CREATE TABLE activities (id varchar(64), ${REST}, UNIQUE (id, n))`], /may write rows twice/, /^broken/],
  [['CREATE TABLE activities (id varchar(64) PRIMARY KEY, n int)'], /1054/, /^broken: .*lacks a column/],
  [
    [FITS, 'RENAME TABLE activities TO base', 'CREATE VIEW activities AS SELECT * FROM base'],
    /may write rows twice.*; of a view, name the table/,
    /^broken/,
  ],
  [[FITS.replace(KIND, 'kind text AS (n) STORED')], /takes/, /^broken: .*1906\); the database makes that/],
  [[FITS.replace('n bigint', 'n bigint, m int NOT NULL')], /takes/, /^broken: .*1364\); give that column a DEFAULT/],
  [[FITS.replace('n bigint', 'n tinyint')], /takes/, /^rejected: .*1264\); let the column's type take/],
  [[FITS.replace(KIND, 'kind varchar(2) CHARACTER SET utf8mb4')], /takes/, /^rejected: .*1406\)/],
  [[FITS.replace(KIND, 'kind int')], /takes/, /^rejected: .*1366\)/],
  [[FITS.replace('utf8mb4', 'latin1')], /takes/, /^rejected: .*1366\).*utf8mb4/],
  [[FITS.replace('n bigint', 'n bigint, CHECK (n < 5)')], /takes/, /^rejected: .*4025\)/],
  [
    [FITS, "CREATE TRIGGER no BEFORE INSERT ON activities FOR EACH ROW SIGNAL SQLSTATE '45000'"],
    /./,
    /^rejected: .*1644/,
  ],
  [
    [FITS.replace('n bigint', 'n bigint UNIQUE'), "INSERT INTO activities VALUES ('x', 'y', 1000)"],
    /./,
    /^rejected: .*1062/,
  ],
];

test('a table of another form is held or refused, with what to do', { skip: NO_MYSQL }, async (t) => {
  await using database = await freshMysql();
  for (const [sql, found, sent] of TABLES) {
    await database.client.query('DROP VIEW IF EXISTS activities');
    await database.client.query('DROP TABLE IF EXISTS activities, base');
    for (const each of sql) await database.client.query(each);
    await using to = await open(database.url, { columns: { kind: 'activity.kind', n: '1000' } });
    assert.match((await to.found())?.detail ?? '', found, sql.join());
    assert.match(said(await to.send(anActivity({ kind: 'a 😀' }))), sent, sql.join());
  }
  tried(t, TABLES.length, 'tables');
});

test('who may only insert and select may write; who may not is told', { skip: NO_MYSQL }, async () => {
  await using database = await freshMysql();
  const { client } = database;
  const [, user = ''] = /\/\/(\w+):/.exec(database.url) ?? [];
  await client.query(FITS);
  await client.query(`REVOKE ALL ON ${user}.* FROM ${user}@'%'`);
  await client.query(`GRANT SELECT ON ${user}.activities TO ${user}@'%'`);
  const columns = { kind: 'activity.kind' };
  {
    await using to = await open(database.url, { columns });
    assert.match(said(await to.send()), /^broken: .*1142\); let this user insert: GRANT INSERT, SELECT/);
  }
  await client.query(`GRANT INSERT ON ${user}.activities TO ${user}@'%'`);
  await using to = await open(database.url, { columns });
  assert.equal((await to.found())?.status, 'ok');
  assert.deepEqual(
    [said(await to.send()), said(await to.send())],
    ['sent: 1 row', 'sent: a row with KEY was there already'],
  );
  const wrong = async (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    await using elsewhere = await open(url.href, { columns });
    return said(await elsewhere.send());
  };
  assert.match(await wrong((url) => (url.password = 'wrong')), /^broken: .*1045\); set the user and password/);
  assert.match(await wrong((url) => (url.pathname = '/nowhere')), /^broken: .*104[49]\)/);
  assert.match(await wrong((url) => (url.pathname = '')), /^broken: .*1046\); put the name of the database into url/);
  assert.match(await wrong((url) => (url.search = '?ssl-mode=required')), /^broken: .*take ssl-mode out of url/);
});

test('a lock, and a server that hangs after it has written', { skip: NO_MYSQL }, async () => {
  await using database = await freshMysql();
  const { client } = database;
  await client.query(FITS);
  const columns = { kind: 'activity.kind' };
  await client.query('SET GLOBAL innodb_lock_wait_timeout = 1');
  await client.query('BEGIN');
  await client.query("INSERT INTO activities SELECT 'x', 'y', 1 FROM (SELECT 1) AS one");
  await client.query('SELECT * FROM activities FOR UPDATE');
  {
    await using to = await open(database.url, { columns });
    assert.match(said(await to.send()), /^retry: .*1205\); another program holds a lock/);
  }
  await client.query('ROLLBACK');
  await client.query('SET GLOBAL innodb_lock_wait_timeout = DEFAULT');
  await using relay = await startDatabaseRelay(database.url);
  relay.plan('stuck');
  await using to = await open(relay.url, { columns, timeout_ms: 1_000 });
  assert.match(said(await to.send()), /^unknown: .*no answer within 1 s/);
  assert.equal(said(await to.send()), 'sent: a row with KEY was there already');
});

test("connect prints MySQL's CREATE TABLE, and makes it", { skip: NO_MYSQL }, async () => {
  await using database = await freshMysql('a-password-of-nobody');
  await using dir = await dataDir();
  const env = { SQL_URL: database.url };
  const dry = await inProcess(['connect', 'sql', '--dry-run'], dir.path, env);
  assert.match(
    dry.stdout,
    /^CREATE TABLE `activities` \(\n {2}`id` +varchar\(64\) [\s\S]*\) CHARACTER SET utf8mb4;\n$/,
  );
  assert.match(dry.stderr, /1146.*\. Dry run: nothing was written/);
  const made = await inProcess(['connect', 'sql', '--create'], dir.path, env);
  assert.match(made.stderr, /created table activities, MySQL at/);
  const found = await inProcess(['connect', 'sql'], dir.path, env);
  assert.match(found.stderr, /found {2}table activities, MySQL at .*: it takes rows as it is/);
  for (const { stdout, stderr } of [dry, made, found]) assert.ok(!(stdout + stderr).includes('a-password-of-nobody'));
});
