import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { newEvent } from '../fixtures/stored.ts';
import { freshDatabase } from '../support/postgres.ts';
import { lease } from './inbox-under-test.ts';

const OLD_KEY = `
  DROP INDEX tidings.events_by_guid;
  ALTER TABLE tidings.events ADD CONSTRAINT events_by_delivery UNIQUE (source, delivery_id)`;
const INDEXES = `
  SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index
  WHERE indrelid = 'tidings.events'::regclass AND NOT indisprimary ORDER BY 1`;
const A_DAY_LATER = "UPDATE tidings.schema_version SET applied_at = applied_at - interval '25 hours'";

const BY_GUID = { name: 'tidings.events_by_guid', valid: true };
const BY_DELIVERY = { name: 'tidings.events_by_delivery', valid: true };

/** A database that holds events of the version before, as its migration leaves it. */
async function upgraded() {
  const database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(OLD_KEY);
  const inbox = await openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
  return {
    inbox,
    client,
    indexes: async () => (await client.query(INDEXES)).rows,
    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      await client.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function appendTwice(inbox: Inbox, guid: string): Promise<void> {
  const event = newEvent({ guid, deliveryId: `1:${guid}` });
  const { id } = await inbox.append(event);
  assert.deepEqual(await inbox.append(event), { status: 'duplicate', id });
  const other = { ...event, deliveryId: `2:${guid}` };
  assert.equal((await inbox.append(other)).status, 'accepted', 'another hook brings the same guid');
}

test('deliveries are found before, while and after their key is brought over, and the old key goes a day later', async () => {
  await using old = await upgraded();
  const { inbox, client } = old;
  const prune = await lease(inbox, 'prune');
  const before = newEvent({ guid: 'before' });
  await inbox.append(before);
  assert.deepEqual([...(await inbox.known('github', ['before', 'never']))], ['before']);
  const brought = inbox.bringOver(prune);
  await appendTwice(inbox, 'while');
  assert.equal(await brought, 'more');
  assert.equal(await inbox.bringOver(prune), 'done');
  assert.deepEqual(await old.indexes(), [BY_DELIVERY, BY_GUID], 'programs of the version before look there');
  await client.query(A_DAY_LATER);
  assert.equal(await inbox.bringOver(prune), 'done');
  assert.deepEqual(await old.indexes(), [BY_GUID]);
  await appendTwice(inbox, 'after');
  assert.equal((await inbox.append(before)).status, 'duplicate');
  assert.deepEqual([...(await inbox.known('github', ['before', 'while', 'after', 'never']))].toSorted(), [
    'after',
    'before',
    'while',
  ]);
  assert.equal(await inbox.bringOver(prune), 'done');
});

test('an index that was given up halfway is built anew; who lost the lane builds none', async () => {
  await using old = await upgraded();
  const { inbox, client } = old;
  await client.query('CREATE INDEX events_by_guid ON tidings.events (tidings.guid_order(guid))');
  await client.query("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'tidings.events_by_guid'::regclass");
  const prune = await lease(inbox, 'prune');
  assert.equal(await inbox.bringOver({ ...prune, epoch: prune.epoch - 1 }), 'fenced');
  assert.equal(await inbox.bringOver(prune), 'more');
  assert.deepEqual(await old.indexes(), [BY_DELIVERY, BY_GUID]);
});

test('while somebody reads the events for long, the old key stays and nobody waits', async () => {
  await using old = await upgraded();
  const { inbox, client } = old;
  const prune = await lease(inbox, 'prune');
  assert.equal(await inbox.bringOver(prune), 'more');
  await client.query(A_DAY_LATER);
  await client.query('BEGIN; SELECT count(*) FROM tidings.events');
  assert.equal(await inbox.bringOver(prune), 'done');
  assert.deepEqual(await old.indexes(), [BY_DELIVERY, BY_GUID]);
  await client.query('COMMIT');
  assert.equal(await inbox.bringOver(prune), 'done');
  assert.deepEqual(await old.indexes(), [BY_GUID]);
});

test('a program of the version before goes on appending, also without the old key', async () => {
  await using database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  const row = (n: number, d: string) => ({
    n,
    s: 'github',
    d,
    g: d,
    t: 'issues',
    o: 'webhook',
    h: 2,
    b: 3,
    p: 0,
    f: n * 5,
    r: 1,
    k: 1,
  });
  const append = async (...rows: readonly object[]) => {
    const parts = JSON.stringify([{ p: 0, c: 0, z: 5, at: 0, l: 5 }]);
    const values = [JSON.stringify(rows), parts, Buffer.from('{}abc')];
    return (
      await client.query(
        'SELECT part, at, event_id::integer AS id FROM tidings.append_1($1, $2, $3, 1, 1) ORDER BY id',
        values,
      )
    ).rows;
  };
  assert.deepEqual(await append(row(0, 'b'), row(1, 'a'), row(2, 'b')), [
    { part: 0, at: 0, id: 1 },
    { part: 0, at: 5, id: 2 },
  ]);
  assert.deepEqual(await append(row(0, 'a'), row(1, 'c')), [{ part: 0, at: 5, id: 3 }]);
  await client.end();
});

test('guids that hold their time lie in its order, and both questions go by the index', async () => {
  await using database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  const inOrder = [
    // Version 1, one second after the other: the fast digits stand in front.
    'ff8f6a00-cc78-11e3-81ab-4c9367dc0958',
    '00280080-cc79-11e3-81ab-4c9367dc0958',
    '00c0a080-cc79-11e3-81ab-4c9367dc0958',
    '00000000-0000-11e4-81ab-4c9367dc0958',
  ];
  const ordered = await client.query('SELECT g FROM unnest($1::text[]) AS g ORDER BY tidings.guid_order(g)', [
    inOrder.toReversed(),
  ]);
  assert.deepEqual(
    ordered.rows.map(({ g }) => g),
    inOrder,
  );
  await using inbox = await openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
  await inbox.append(newEvent({ guid: 'one' }));
  const scans = `SELECT pg_stat_get_xact_numscans('tidings.events_by_guid'::regclass)::integer AS scans`;
  await client.query("BEGIN; SELECT tidings.known_guids('github', array['one', 'two'])");
  assert.deepEqual((await client.query(scans)).rows, [{ scans: 2 }]);
  const batch = JSON.stringify([{ n: 0, s: 'github', d: 'one', g: 'one' }]);
  await client.query("SELECT tidings.append_2($1, '[]', '', 1, 1)", [batch]);
  assert.deepEqual((await client.query(scans)).rows, [{ scans: 3 }]);
  await client.query('ROLLBACK');
  await client.end();
});
