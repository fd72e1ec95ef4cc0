import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import pg from 'pg';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { NEWEST } from '../fixtures/old-databases.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';
import { runServer, runTidings } from '../support/tidings-process.ts';

test('all of a SQLite database is the same in Postgres, which goes on above its ids, and in a second SQLite database', async () => {
  await using dir = await dataDir();
  await using database = await freshDatabase({ empty: true });
  await fill(dir.path);
  const env = { NEW: database.url };

  const there = await migrate(dir.path, 'sqlite:tidings.db', 'NEW', env);
  assert.equal(there.code, 0, there.stderr);
  assert.match(
    there.stderr,
    /Done: all rows above are the same on both sides\. Set DATABASE_URL to the value of NEW, and start/,
  );
  assert.doesNotMatch(there.stderr, /Warning/);
  const back = await migrate(dir.path, 'NEW', 'sqlite:second/tidings.db', env);
  assert.equal(back.code, 0, back.stderr);

  assert.equal(back.stdout, there.stdout, 'counts and digests');
  const [first, second] = [dump(join(dir.path, 'tidings.db')), dump(join(dir.path, 'second', 'tidings.db'))];
  assert.ok(first.includes('pending') && first.includes('quarantined') && first.includes('dead'), 'every kind of row');
  assert.equal(second, first);
  await using client = await connected(database.url);
  assert.deepEqual(await client.rows(NEXT_IDS_ARE_ABOVE), [{ above: true }]);
  const asked = [
    ['explain', '2'],
    ['events', 'show', '8', '--json'],
  ];
  for (const command of asked) {
    const [before, after] = await Promise.all([
      inProcess(command, dir.path),
      inProcess(command, dir.path, { DATABASE_URL: database.url }),
    ]);
    assert.equal(after.stdout, before.stdout);
    assert.deepEqual([before.code, after.code], [0, 0], before.stderr + after.stderr);
  }
});

test('a copy that is killed three times goes on each time, and ends the same', async () => {
  await using dir = await dataDir();
  await using database = await freshDatabase();
  await fill(dir.path, 5_000);
  const env = { NEW: database.url };
  const args = ['migrate', '--from', 'sqlite:tidings.db', '--to', 'NEW'];
  await using client = await connected(database.url);

  const counts: number[] = [];
  // Each is stopped in front of a table that somebody holds, and killed there.
  for (const held of ['events', 'notifications', 'attempts']) {
    await using running = await runTidings(args, dir.path, env);
    await client.holding(held, () => running.kill());
    counts.push(Number((await client.rows(COUNT))[0]?.['rows']));
  }
  assert.deepEqual(
    counts.toSorted((a, b) => a - b),
    counts,
  );
  assert.ok((counts[1] ?? 0) > 0, `events after each kill: ${counts.join()}`);
  const ended = await migrate(dir.path, 'sqlite:tidings.db', 'NEW', env);
  assert.equal(ended.code, 0, ended.stderr);
  const again = await migrate(dir.path, 'sqlite:tidings.db', 'NEW', env);
  assert.match(again.stderr, /nothing was done now/);
  assert.equal(again.stdout, ended.stdout);
});

test('a copy is refused while somebody has the source, be it one that only receives, and made afterwards', async () => {
  await using dir = await dataDir();
  await fill(dir.path);
  await using server = await runServer('receive', dir.path);
  const { code, stderr } = await migrate(dir.path, 'sqlite:tidings.db', 'sqlite:new.db');
  assert.equal(code, 1);
  assert.match(stderr, /tidings\.db is in use: a worker, a receiver or another program has it open/);
  await server.stop();
  assert.equal((await migrate(dir.path, 'sqlite:tidings.db', 'sqlite:new.db')).code, 0);
});

test('a Postgres is in use while `tidings start` runs on it, and while anything that calls itself Tidings is connected', async () => {
  await using dir = await dataDir();
  await using database = await freshDatabase();
  await fill(dir.path);
  const env = { NEW: database.url, DATABASE_URL: database.url };
  await using server = await serverInProcess('start', dir.path, env);
  const running = await migrate(dir.path, 'NEW', 'sqlite:new.db', env);
  assert.match(running.stderr, /is in use: a worker \(.+\) holds its lanes/);
  await using client = await connected(database.url, 'tidings');
  await server.stop();
  const named = await migrate(dir.path, 'sqlite:tidings.db', 'NEW', env);
  assert.match(named.stderr, /is in use: "tidings" is connected/);
  assert.deepEqual([running.code, named.code], [1, 1]);
  assert.equal((await client.rows(COUNT))[0]?.['rows'], '0');
});

test('a target with events of its own, or a copy of another database, is left alone', async () => {
  await using dir = await dataDir();
  await using other = await dataDir();
  await fill(dir.path);
  await fill(other.path);
  const foreign = `sqlite:${join(other.path, 'tidings.db')}`;
  const own = await migrate(dir.path, 'sqlite:tidings.db', foreign);
  assert.equal(own.code, 1);
  assert.match(own.stderr, /holds \d+ events of its own: nothing is copied over it/);
  assert.equal((await migrate(dir.path, foreign, 'sqlite:copy.db')).code, 0);
  const copied = await migrate(dir.path, 'sqlite:tidings.db', 'sqlite:copy.db');
  assert.equal(copied.code, 1);
  assert.match(copied.stderr, /holds a copy of another database/);
});

test('nothing starts on half a copy; what differs at its end is said, and it is not done', async () => {
  await using dir = await dataDir();
  await fill(dir.path);
  await half(dir.path);
  const db = new DatabaseSync(join(dir.path, 'tidings.db'));
  db.exec("UPDATE events SET guid = 'another' WHERE id = 2");
  db.close();
  const started = await inProcess(['start'], dir.path, { PORT: '0' });
  assert.equal(started.code, 1);
  assert.match(started.stderr, /is a copy that was cut off/);
  const { code, stderr } = await migrate(dir.path, 'sqlite:source.db', 'sqlite:tidings.db');
  assert.equal(code, 1);
  assert.match(stderr, /events: \d+ rows in the source, \d+ in the target; events 2 has another guid/);
  assert.doesNotMatch(stderr, /Done/);
});

test('on the copy what waited is told once, and a redelivery is a duplicate', async () => {
  await using dir = await dataDir();
  await using database = await freshDatabase({ empty: true });
  await using endpoint = await startEndpointDouble();
  await configure(dir.path, { destinations: { hook: { type: 'http', url: endpoint.url } } });
  const deliveries = [1, 2, 3].map((n) => issueOpened(n));
  await using receiver = await serverInProcess('receive', dir.path);
  for (const each of deliveries) await deliver(receiver.url, each);
  await receiver.stop();
  const env = { NEW: database.url, DATABASE_URL: database.url };
  assert.equal((await migrate(dir.path, 'sqlite:tidings.db', 'NEW', env)).code, 0);

  await using server = await serverInProcess('start', dir.path, env);
  await using inbox = await openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
  await drained(inbox);
  const [again] = deliveries;
  assert.ok(again);
  assert.deepEqual((await deliver(server.url, again)).body, { status: 'duplicate', id: 1 });
  const fresh = await deliver(server.url, issueOpened(4));
  assert.equal(fresh.body.status, 'accepted');
  await drained(inbox);
  assert.deepEqual(
    endpoint.told.map(({ title }) => title),
    ['Issue 1', 'Issue 2', 'Issue 3', 'Issue 4'],
  );
});

test('migrate alone brings a database to the newest schema, and --check says whether it is behind', async () => {
  await using dir = await dataDir();
  const none = await inProcess(['migrate', '--check'], dir.path);
  assert.equal(none.code, 1);
  assert.ok(none.stderr.includes(`has no tables yet. \`npx tidings migrate\` (or start) brings it to ${NEWEST}.`));
  await assert.rejects(readFile(join(dir.path, 'tidings.db')), 'a check makes no file');
  const first = await inProcess(['migrate', '--json'], dir.path);
  assert.deepEqual(JSON.parse(first.stdout), {
    database: `sqlite ${join(dir.path, 'tidings.db')}`,
    from: 0,
    to: NEWEST,
    changed: true,
    copy: null,
  });
  assert.equal((await inProcess(['migrate', '--check'], dir.path)).code, 0);
  assert.ok((await inProcess(['migrate'], dir.path)).stdout.includes(`schema ${NEWEST}, nothing to do`));
});

test('a dry run counts and makes nothing; a password in a flag is warned about', async () => {
  await using dir = await dataDir();
  await fill(dir.path);
  const dry = await inProcess(
    ['migrate', '--from', 'sqlite:tidings.db', '--to', 'sqlite:new.db', '--dry-run'],
    dir.path,
  );
  assert.match(dry.stdout, /^events +9$/m);
  assert.equal(dry.code, 0);
  await assert.rejects(readFile(join(dir.path, 'new.db')));
  const shown = await migrate(dir.path, 'sqlite:tidings.db', 'postgres://me:hush-hush@127.0.0.1:1/x');
  assert.equal(shown.code, 1);
  assert.match(shown.stderr, /Warning: the password in --to shows in the list of processes/);
  assert.doesNotMatch(shown.stderr, /hush-hush/);
});

const NEXT_IDS_ARE_ABOVE = `
  SELECT nextval('tidings.event_ids') > (SELECT max(id) FROM tidings.events) AND
         nextval('tidings.segment_ids') > (SELECT max(id) FROM tidings.segments) AND
         nextval(pg_get_serial_sequence('tidings.notifications', 'id')) > (SELECT max(id) FROM tidings.notifications) AND
         nextval(pg_get_serial_sequence('tidings.attempts', 'id')) > (SELECT max(id) FROM tidings.attempts) AS above`;
const COUNT = 'SELECT count(*) AS rows FROM tidings.events';

function migrate(cwd: string, from: string, to: string, env: Readonly<Record<string, string>> = {}) {
  return inProcess(['migrate', '--from', from, '--to', to], cwd, env);
}

/** Events in every state, with what else there can be of them, and `more` that are pending. */
async function fill(path: string, more = 0): Promise<void> {
  await using inbox = await openInbox(path);
  const expander = await lease(inbox, 'expand');
  const events = Array.from({ length: 8 }, (_, n) => newEvent({ text: n === 7 ? 'text 0' : `text ${n} ü\u0000` }));
  for (const event of events.slice(0, 7)) await inbox.append(event);
  const skip = { state: 'skipped', reason: 'no rule', notifications: [] } as const;
  await inbox.expand(expander, [
    routed(1, ['console', 'slack'], { text: 'text 0', searched: { actor: 'mona', text: '#12 Flaky\u0000 login' } }),
    routed(2, ['console'], { echoKey: 'echo 2' }),
    routed(3, ['console']),
    { ...routed(4, [], { text: 'four' }), ...skip },
    { ...routed(5, [], { text: 'five' }), ...skip, state: 'failed', action: null, repo: null, trace: null },
    routed(6, ['slack'], { notBefore: 9e15, result: { key: 'ci', run: '1', passed: true } }),
    settling(7, 9e15, 'acme/api#7'),
  ]);
  await inbox.append(newEvent({ text: 'text 0', guid: 'another guid' }));
  await inbox.expand(expander, [routed(8, ['console'], { text: 'text 0' })]);
  const console = await lease(inbox, 'console');
  await attempt(inbox, console, [1, 3], 'sent');
  await attempt(inbox, console, [4], 'dead');
  await inbox.begin(await lease(inbox, 'slack'), [{ request: 'cut off', notifications: [2] }]);
  await inbox.replay({ ids: [4] }, { dryRun: false });
  await inbox.remember('poll acme/api', '{"etag":"x"}');
  await inbox.append(newEvent({ guid: 'last', origin: 'poll' }));
  for (let left = more; left > 0; left -= 500) {
    await Promise.all(Array.from({ length: 500 }, () => inbox.append(newEvent())));
  }
  for (const owner of ['expand', 'console', 'slack']) await inbox.release(`test ${owner}`);
}

async function lease(inbox: Inbox, lane: string): Promise<Lease> {
  const [held] = await inbox.acquire(`test ${lane}`, [lane], 60_000);
  assert.ok(held);
  return held;
}

async function attempt(inbox: Inbox, lease: Lease, ids: readonly number[], state: 'sent' | 'dead'): Promise<void> {
  const begun = await inbox.begin(lease, [{ request: `for ${ids.join()}`, notifications: ids }]);
  assert.ok(typeof begun !== 'string');
  const outcome = state === 'sent' ? 'sent' : 'rejected';
  const settled = {
    attemptId: begun[0] ?? 0,
    outcome,
    detail: 'said so',
    state,
    exhausted: [],
    reason: 'because',
  } as const;
  await inbox.end(lease, [settled], { notBefore: 77, failures: 2, breakdown: state === 'dead' ? 'gone' : null });
}

/** `tidings.db` becomes `source.db`, and a copy of it that was not finished takes its place. */
async function half(path: string): Promise<void> {
  const from = join(path, 'tidings.db');
  await writeFile(join(path, 'source.db'), await readFile(from));
  const { code, stderr } = await migrate(path, 'sqlite:source.db', 'sqlite:half/tidings.db');
  assert.equal(code, 0, stderr);
  await writeFile(from, await readFile(join(path, 'half', 'tidings.db')));
  const db = new DatabaseSync(from);
  db.exec("UPDATE cursors SET value = json_set(value, '$.finishedAt', null) WHERE name = 'tidings migrate'");
  db.close();
}

/** Every row but the leases and the copy's own marker, as text. */
function dump(path: string): string {
  const db = new DatabaseSync(path);
  try {
    const tables = [
      'segments',
      'events',
      'notifications',
      'settling',
      'results',
      'attempts',
      'attempt_notifications',
      'cursors',
    ];
    const rows = tables.flatMap((name) => db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all());
    const lanes = db.prepare('SELECT lane, epoch, not_before, failures FROM lanes ORDER BY lane').all();
    return [...rows, ...lanes]
      .filter(({ name }) => name !== 'tidings migrate')
      .map((row) => JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? sha256(value) : value)))
      .join('\n');
  } finally {
    db.close();
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function connected(url: string, name = 'a test') {
  const client = new pg.Client({ connectionString: url, application_name: name });
  await client.connect();
  return {
    rows: async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows,
    /** Keeps everybody out of the table, does it when somebody waits for it, and lets go. */
    async holding(table: string, work: () => Promise<void>): Promise<void> {
      await client.query(
        `BEGIN; LOCK TABLE tidings.${table} IN ROW EXCLUSIVE MODE; LOCK TABLE tidings.${table} IN SHARE MODE`,
      );
      for (;;) {
        const { rows } = await client.query('SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = $1', ['relation']);
        if (rows.length > 0) break;
      }
      await work();
      await client.query('COMMIT');
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
