import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { dataDir } from '../support/data-dir.ts';
import { lease } from './inbox-under-test.ts';
import { says } from './known-conformance.ts';

// What is damaged in the file itself, beside bodies (damage-conformance.ts). `npm run damage` does it at random places.

const PAGE = 4096;

async function database() {
  const dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  const said: string[] = [];
  const open = () => openSqliteInbox({ path, clock: systemClock, onDamage: (words) => said.push(words) });
  return { path, said, open, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
}

const appended = async (inbox: Inbox, count: number) =>
  (await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())))).map(({ id }) => id);

const sql = (path: string, text: string): readonly Record<string, unknown>[] => {
  const db = new DatabaseSync(path);
  const rows = db.prepare(text).all();
  db.close();
  return rows;
};

/** The page that holds `needle`, as if the disk had lost it. */
async function losePage(path: string, needle: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.indexOf(needle);
  assert.ok(at >= 0, `${needle} is in the file`);
  bytes.fill(0, at - (at % PAGE), at - (at % PAGE) + PAGE);
  await writeFile(path, bytes);
}

test('pending events whose page is lost are passed over, said once and named; the others are read, in order', async () => {
  await using at = await database();
  const inbox = await at.open();
  const first = await appended(inbox, 40);
  const { id: hit } = await inbox.append(newEvent({ deliveryId: 'the-needle', guid: 'g' }));
  const last = await appended(inbox, 40);
  await inbox[Symbol.asyncDispose]();
  await losePage(at.path, 'the-needle');

  await using again = await at.open();
  const read = (await again.pending(9_999)).map(({ id }) => id);
  await again.pending(9_999);
  assert.ok(!read.includes(hit));
  assert.ok(read.length > 40, `${read.length} of 81`);
  const { hurt, count } = await again.checkEvents(0, 9_999);
  const named = new Set(hurt.map(({ id }) => id));
  assert.equal(count, 81);
  assert.deepEqual(
    [...first, hit, ...last].filter((id) => !read.includes(id)),
    [...named],
  );
  assert.equal(at.said.length, 1);
  assert.match(at.said[0] ?? '', /^the database is damaged: events \d+, .* cannot be read and are passed over/);
  assert.deepEqual(
    (await again.list({ limit: 9_999 })).map(({ id }) => id),
    read.toReversed(),
  );
  assert.notDeepEqual(await again.checkStructure(), []);
});

test('a lane goes on behind what it cannot read', async () => {
  await using at = await database();
  const inbox = await at.open();
  const ids = await appended(inbox, 3);
  const expander = await lease(inbox, 'expand');
  await inbox.expand(
    expander,
    ids.map((id) => routed(id, ['slack'])),
  );
  await inbox[Symbol.asyncDispose]();
  sql(at.path, `UPDATE notifications SET activity = substr(activity, 9) WHERE event_id = ${ids[1]}`);

  await using again = await at.open();
  const { notifications } = await again.waiting('slack', 1);
  assert.deepEqual([notifications[0]?.eventId], [ids[0]]);
  const all = await again.waiting('slack', 2);
  assert.deepEqual(
    all.notifications.map(({ eventId }) => eventId),
    [ids[0], ids[2]],
  );
  assert.match(at.said[0] ?? '', new RegExp(`what waits for "slack" of event ${ids[1]} cannot be read`));
});

test('a lane whose index ends in what cannot be read is told up to there, and holds up nobody', async () => {
  await using at = await database();
  const inbox = await at.open();
  const ids = await appended(inbox, 300);
  const lane = 'a destination of which few fit into a page of the index'.repeat(2);
  await inbox.expand(
    await lease(inbox, 'expand'),
    ids.map((id) => routed(id, [lane], { text: `text ${id}`, dedupKey: `key ${id}` })),
  );
  await inbox[Symbol.asyncDispose]();
  const [index] = sql(at.path, "SELECT rootpage FROM sqlite_schema WHERE name = 'notifications_queued'");
  const bytes = await readFile(at.path);
  // https://www.sqlite.org/fileformat.html#b_tree_pages: at 8 the right-most child of an interior page
  const last = bytes.readUInt32BE((Number(index?.['rootpage']) - 1) * PAGE + 8);
  await writeFile(at.path, bytes.fill(0, (last - 1) * PAGE, last * PAGE));

  await using again = await at.open();
  const told = (await again.waiting(lane, 300)).notifications.map(({ eventId }) => eventId);
  assert.ok(told.length > 0 && told.length < 300, `${told.length} of 300`);
  assert.deepEqual(told, ids.slice(0, told.length));
  assert.match(at.said.join(), /^the database is damaged: what waits for/);
  assert.equal((await again.append(newEvent())).status, 'accepted');
});

test('what is known is left alone where it cannot be read: events are decided, and messages told', async () => {
  await using at = await database();
  const inbox = await at.open();
  const [one = 0, two = 0] = await appended(inbox, 2);
  const about = (eventId: number) => ({
    known: [says({ title: 'the-needle'.repeat(eventId) }, eventId)],
    cards: [{ destination: 'team', thread: 'acme/api#12' }],
  });
  await inbox.expand(await lease(inbox, 'expand'), [routed(one, [], about(one))]);
  await inbox[Symbol.asyncDispose]();
  await losePage(at.path, 'the-needle');

  await using again = await at.open();
  assert.deepEqual(await again.cardsBehind('team', 9), []);
  assert.deepEqual(await again.subjects(['acme/api#12']), [null]);
  await again.learn([says({ title: 'new' }, 0)]);
  const [expander, team] = await again.acquire('a', ['expand', 'team'], 10_000);
  assert(expander && team);
  assert.equal(await again.expand(expander, [routed(two, ['team'], about(two))]), 'done');
  assert.equal((await again.waiting('team', 9)).total, 1);
  const note = { state: 'ready', receipt: null, posts: 1, shown: 1, hash: null, reason: null } as const;
  assert.equal(await again.noteCard(team, 'acme/api#12', note), 'done');
});

test('mutes that cannot be read mute nothing, and hold nothing up', async () => {
  await using at = await database();
  const inbox = await at.open();
  await inbox.mute({ thread: 'the-needle', whom: 'team', until: null, by: 'mona', at: 1 });
  await inbox[Symbol.asyncDispose]();
  await losePage(at.path, 'the-needle');

  await using again = await at.open();
  assert.equal(await again.hasMutes(), false);
  assert.deepEqual(await again.mutes(['the-needle'], 2), []);
});

test('without its keys an event is stored again when it is sent again, and check says so before', async () => {
  await using at = await database();
  const inbox = await at.open();
  const event = newEvent();
  const { id } = await inbox.append(event);
  await inbox[Symbol.asyncDispose]();
  sql(at.path, 'UPDATE key_log SET data = zeroblob(length(data))');

  await using again = await at.open();
  assert.match((await again.checkEvents(0, 9)).hurt[0]?.damage[0] ?? '', /not found by its delivery/);
  assert.equal((await again.append(event)).status, 'accepted');
  assert.equal((await again.show(id))?.body?.equals(event.body), true);
});

test('where new events would be stored a damaged file is refused at the start; a cut one too', async () => {
  await using at = await database();
  const inbox = await at.open();
  await appended(inbox, 200);
  await inbox.append(newEvent({ deliveryId: 'the-newest', guid: 'g' }));
  await inbox[Symbol.asyncDispose]();
  const whole = await readFile(at.path);
  await losePage(at.path, 'the-newest');
  await assert.rejects(at.open(), /cannot be opened: it is damaged\. .*where new events are stored/);

  await writeFile(at.path, whole);
  await truncate(at.path, whole.length - 5 * PAGE);
  await assert.rejects(at.open(), /cannot be opened: it is damaged/);
  await rm(at.path);
});

test('a file that is cut off while it is in use is an error, and ends nothing', async () => {
  await using at = await database();
  const inbox = await at.open();
  const texts = Array.from({ length: 200 }, (_, n) => JSON.stringify({ n, text: randomBytes(1_000).toString('hex') }));
  const ids = await Promise.all(texts.map(async (text) => (await inbox.append(newEvent({ text }))).id));
  await inbox[Symbol.asyncDispose]();

  const again = await at.open();
  assert.ok(await again.show(ids[0] ?? 0));
  await truncate(at.path, 8 * PAGE);
  const found = await Promise.allSettled([...ids.map((id) => again.show(id)), again.append(newEvent())]);
  assert.ok(found.some(({ status }) => status === 'rejected'));
  // Its end may fail, too: nothing is left to fold the log into.
  await Promise.allSettled([again[Symbol.asyncDispose]()]);
});
