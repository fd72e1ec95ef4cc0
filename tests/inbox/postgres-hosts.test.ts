import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openConnections } from '../../src/inbox/postgres/server/connections.ts';
import { openDatabase } from '../../src/inbox/postgres/server/database.ts';
import { placeOf, unavailable } from '../../src/inbox/postgres/server/errors.ts';
import { type Inbox, InboxUnavailableError } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { newEvent } from '../fixtures/stored.ts';
import { Workshop } from '../jobs/workshop.ts';
import { startGate } from '../support/gate.ts';
import { freshDatabase, query } from '../support/postgres.ts';
import { freePort } from '../support/tidings-process.ts';

/** The database at `url`, by other hosts. */
function through(url: string, hosts: readonly (string | number)[], options = ''): Secret {
  const { username, password, pathname } = new URL(url);
  const authority = hosts.map((host) => (typeof host === 'number' ? `127.0.0.1:${host}` : host)).join();
  return new Secret(`postgres://${username}:${password || 'hunter2'}@${authority}${pathname}${options}`);
}

/** Whoever failed in vain may be told so for a moment yet. */
async function untilStored(inbox: Inbox): Promise<void> {
  for (;;) {
    try {
      await inbox.append(newEvent());
      return;
    } catch (error) {
      if (!(error instanceof InboxUnavailableError)) throw error;
      await new Promise(setImmediate);
    }
  }
}

const setting = (url: string, name: string, value: string) =>
  query(
    url,
    `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET ${name} = '${value}';
     SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

test('of several hosts the first that is there is used, and the next when it is lost: for what is asked and for what is heard', async () => {
  await using fresh = await freshDatabase();
  await using first = await startGate(fresh.url);
  await using second = await startGate(fresh.url);
  const url = through(fresh.url, [await freePort(), first.port, second.port], '?target_session_attrs=read-write');
  await using inbox = await openPostgresInbox({ url, clock: systemClock });
  const news = new EventTarget();
  inbox.onWake(() => news.dispatchEvent(new Event('woken')));
  await once(news, 'woken');
  await inbox.append(newEvent());
  assert.equal(second.passed, 0);
  const again = once(news, 'woken');
  await first.shut();
  await untilStored(inbox);
  await again;
  assert(second.passed > 0);
  const heard = once(news, 'woken');
  await query(fresh.url, "NOTIFY tidings, 'event'");
  await heard;
});

test('where no host takes writes the error says what each of them said, and not the password', async (t) => {
  await using fresh = await freshDatabase();
  await using gate = await startGate(fresh.url);
  const dead = await freePort();
  const url = through(fresh.url, [dead, gate.port]);
  await using inbox = await openPostgresInbox({ url, clock: systemClock });
  await inbox.append(newEvent());
  await setting(fresh.url, 'default_transaction_read_only', 'on');
  // The connection that was ended says that first.
  await assert.rejects(inbox.append(newEvent()), InboxUnavailableError);
  await assert.rejects(inbox.append(newEvent()), (error: Error) => {
    t.diagnostic(error.message);
    const [, database] =
      error.message.match(/^The database 127\.0\.0\.1:\d+,127\.0\.0\.1:\d+\/(\w+) cannot be used: /) ?? [];
    assert.equal(database, new URL(fresh.url).pathname.slice(1));
    assert.match(error.message, new RegExp(`127.0.0.1:${dead}: nobody listens there.*\\(ECONNREFUSED\\); `));
    assert.match(error.message, new RegExp(`127.0.0.1:${gate.port}: it is set to be read-only\\.$`));
    assert.doesNotMatch(error.message, /@|hunter2/);
    return true;
  });
  await query(fresh.url, `BEGIN READ WRITE; ALTER DATABASE ${new URL(fresh.url).pathname.slice(1)} RESET ALL; COMMIT`);
  await untilStored(inbox);
});

test('one host that takes no writes any more is left, and asked anew', async () => {
  await using fresh = await freshDatabase();
  await using gate = await startGate(fresh.url);
  await using inbox = await openPostgresInbox({ url: through(fresh.url, [gate.port]), clock: systemClock });
  await setting(fresh.url, 'default_transaction_read_only', 'on');
  const refused = async () => {
    for (;;) {
      const error = await inbox.append(newEvent()).catch((error: Error) => error);
      if (error instanceof Error && /25006/.test(error.message)) return error.message;
    }
  };
  assert.match(await refused(), /the server is read-only: a standby, or one that its host has closed/);
  const before = gate.passed;
  await refused();
  assert(gate.passed > before);
  await query(fresh.url, `BEGIN READ WRITE; ALTER DATABASE ${new URL(fresh.url).pathname.slice(1)} RESET ALL; COMMIT`);
  await untilStored(inbox);
});

test('an outage longer than a lease: the worker goes on by itself, and each event is told once', async (t) => {
  await using fresh = await freshDatabase();
  await using gate = await startGate(fresh.url);
  await using outside = await openPostgresInbox({ url: new Secret(fresh.url), clock: systemClock });
  await using inbox = await openPostgresInbox({ url: through(fresh.url, [gate.port]), clock: systemClock });
  const shop = await Workshop.open(t);
  const team = shop.destination('team');
  const timing = { leaseTtlMs: 600, renewMs: 100, regainMs: 20, minLeaseMs: 50, pollMs: 50 };
  const worker = shop.worker(inbox, [team], { timing });
  await shop.feed(outside, ['before'], ['team']);
  await shop.until(() => team.sends.length === 1);
  await gate.shut();
  await shop.feed(outside, ['meanwhile'], ['team']);
  while ((await outside.owners()).length > 0);
  await gate.open();
  await shop.until(() => team.sends.length === 2);
  await worker.stop();
  assert.deepEqual(
    team.sends.map(({ titles }) => titles),
    [['before'], ['meanwhile']],
  );
});

test('that the server was lost may be heard when all is closed already', async () => {
  await using fresh = await freshDatabase();
  const connections = openConnections(new Secret(fresh.url), placeOf(fresh.url));
  const server = await connections.server();
  await connections.close();
  connections.failed(server, unavailable(new Error('Connection terminated unexpectedly'), placeOf(fresh.url)));
  await connections.close();
});

test('with another isolation than READ COMMITTED nothing starts, and nothing is stored', async () => {
  await using fresh = await freshDatabase();
  const url = new Secret(fresh.url);
  const sentence =
    /default_transaction_isolation is not "read committed".* ALTER ROLE … SET default_transaction_isolation/;
  await using inbox = await openPostgresInbox({ url, clock: systemClock });
  await setting(fresh.url, 'default_transaction_isolation', 'repeatable read');
  // The connection that was ended says that first.
  await assert.rejects(inbox.append(newEvent()), InboxUnavailableError);
  await assert.rejects(inbox.append(newEvent()), sentence);
  await assert.rejects(inbox.check(), sentence);
  await assert.rejects(openPostgresInbox({ url, clock: systemClock }), sentence);
  await using reading = await openPostgresInbox({ url, clock: systemClock, access: 'read' });
  await assert.rejects(reading.check(), sentence);
  const db = openDatabase(url, placeOf(fresh.url));
  assert.deepEqual(await db.rows('SELECT count(*) AS n FROM tidings.events'), [{ n: 0 }]);
  const ISOLATION = "SELECT current_setting('transaction_isolation') AS i";
  assert.deepEqual(await db.transaction((tx) => tx.rows(ISOLATION)), [{ i: 'read committed' }]);
  await db.close();
});
