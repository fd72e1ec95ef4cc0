import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { copy } from '../../src/inbox/copy/copy.ts';
import { openPostgresSource, openPostgresTarget } from '../../src/inbox/copy/postgres-side.ts';
import type { Side } from '../../src/inbox/copy/side.ts';
import { openSqliteSource, openSqliteTarget } from '../../src/inbox/copy/sqlite-side.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { freshDatabase } from '../support/postgres.ts';
import { passedBefore } from './expanding.ts';
import { says } from './known-conformance.ts';

test('what is held goes on in a copy on the other engine, and in a copy of that copy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-held-copy-'));
  const [first, second] = [join(folder, 'first.db'), join(folder, 'second.db')];
  const sqlite = (path: string) => openSqliteInbox({ path, clock: systemClock });
  await using database = await freshDatabase({ empty: true });
  const url = new Secret(database.url);
  try {
    const before = await using(sqlite(first), async (inbox) => {
      await fill(inbox);
      return traces(inbox);
    });
    assert.deepEqual(before.settles, [500, null, 900, null, null, null]);
    assert.deepEqual(before.receipts, [null, { id: '♥', n: 1 }]);
    assert.deepEqual([before.subjects.length, before.cards.flat().length, before.mutes.length], [2, 2, 1]);
    assert.deepEqual([before.audited.length, before.audited[0]?.who], [1, 'mona ♥']);
    assert.deepEqual(before.reminders, [
      [8, null],
      [7, 'said'],
    ]);
    const there = await copied(openSqliteSource(first), openPostgresTarget(url));
    assert.deepEqual(await using(openPostgresInbox({ url, clock: systemClock }), traces), before);
    assert.deepEqual(await copied(openPostgresSource(url), openSqliteTarget(second)), there);
    assert.deepEqual(await using(sqlite(second), traces), before);

    const ends = [await using(openPostgresInbox({ url, clock: systemClock }), goOn), await using(sqlite(second), goOn)];
    const all = [
      [1, { labels: ['bug', '♥'], isDraft: false }],
      [2, { labels: null, isDraft: true }],
      [3, { labels: null, isDraft: null }],
      [6, null],
    ];
    for (const end of ends) assert.deepEqual(end, { back: ['http', 'slack'], pending: all, slack: [4, 5] });
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Out of sight; brought back and not decided; replayed and out of sight; held; told; pending. */
async function fill(inbox: Inbox): Promise<void> {
  for (let n = 0; n < 6; n++) await inbox.append(newEvent());
  const [expander] = await inbox.acquire('a', ['expand'], 60_000);
  assert(expander);
  const about = (thread: string, labels: string[] | null, isDraft: boolean | null) => ({
    news: { thread, settled: { labels, isDraft } },
  });
  await inbox.expand(expander, [
    settling(1, 500, 'acme/api#1'),
    settling(2, 100, 'acme/api#2'),
    routed(3, [], { result: { key: 'ci', run: '1', passed: false } }),
    routed(4, ['slack', 'http'], { notBefore: 700, ...about('acme/api#1', ['bug', '♥'], false) }),
    routed(5, ['slack', 'chat'], { ...about('acme/api#2', null, true), result: { key: 'Ci', run: '1', passed: true } }),
  ]);
  await know(inbox);
  await inbox.bringBack(100);
  await inbox.replay({ ids: [3] }, { dryRun: false });
  await inbox.expand(expander, [settling(3, 900, null)]);
  await tell(inbox);
  await inbox.release('a');
}

async function tell(inbox: Inbox): Promise<void> {
  const [lease] = await inbox.acquire('a', ['chat'], 60_000);
  const [notification] = (await inbox.waiting('chat', 1)).notifications;
  assert(lease && notification);
  const attempts = await inbox.begin(lease, [{ request: 'x', notifications: [notification.id] }]);
  const told = { outcome: 'sent', detail: 'ok', state: 'sent', exhausted: [], reason: null } as const;
  const receipt = { thread: 'acme/api#2', value: { id: '♥', n: 1 } };
  await inbox.end(lease, [{ attemptId: Number(attempts[0]), ...told, receipt }], { notBefore: 0, failures: 0 });
}

/** What is known of subjects, shown, wished and said. */
async function know(inbox: Inbox): Promise<void> {
  const [expander, lane] = await inbox.acquire('a', ['expand', 'chat'], 60_000);
  assert(expander && lane);
  const thread = 'acme/api#12';
  const known = [
    says({ title: '♥ \0\uD800', checks: 'acme/api@f00' }, 6),
    says({ 'check:lint': 'passed' }, 6, { thread: 'acme/api@f00' }),
  ];
  const cards = [
    { destination: 'chat', thread },
    { destination: 'slack', thread },
  ];
  await inbox.replay({ ids: [5] }, { dryRun: false });
  await inbox.expand(expander, [routed(5, [], { known, cards })]);
  const note = { state: 'ready', receipt: { ts: '♥' }, posts: 2, shown: 1, hash: 'h', reason: null } as const;
  await inbox.noteCard(lane, thread, note);
  await inbox.learn([says({ title: 'new' }, 0, { at: 2_000 })]);
  const audited = { at: 7, who: 'mona ♥', from: 'chat', what: 'mute', about: null, outcome: 'for good' };
  await inbox.mute({ thread, whom: '@mona', until: null, by: 'mona', at: 7 }, audited);
  const taken = await inbox.takeReminder({ name: 'morning', dueAt: 7 }, 'a', 60_000);
  assert(taken);
  await inbox.endReminder(taken, 'said', 'to chat');
  await inbox.takeReminder({ name: 'morning', dueAt: 8 }, 'a', 60_000);
}

async function traces(inbox: Inbox) {
  const records = await Promise.all([1, 2, 3, 4, 5, 6].map((id) => inbox.show(id)));
  return {
    settles: records.map((record) => record?.settlesAt),
    states: records.map((record) => record?.state),
    held: records.flatMap((record) => record?.notifications.map(({ notBefore }) => notBefore)),
    pending: (await inbox.pending(9)).map(({ id, settled }) => [id, settled]),
    slack: (await inbox.waiting('slack', 9)).notifications.map(({ eventId }) => eventId),
    receipts: await inbox.receipts('chat', ['acme/api#1', 'acme/api#2']),
    subjects: await inbox.subjectsAfter('', 9),
    cards: [await inbox.cards('chat', ['acme/api#12']), await inbox.cardsBehind('slack', 9)],
    mutes: await inbox.mutesOf('@mona', 0, 9),
    audited: await inbox.audited(0, 9),
    reminders: (await inbox.reminders('morning', 9)).map(({ dueAt, outcome }) => [dueAt, outcome]),
    before: await passedBefore(
      inbox,
      ['ci', 'Ci', 'none'].map((key) => ({ key, run: '2', eventId: 9 })),
    ),
  };
}

async function goOn(inbox: Inbox) {
  const back = (await inbox.bringBack(900)).toSorted();
  const { pending, slack } = await traces(inbox);
  return { back, pending, slack };
}

async function copied(opening: Promise<Side>, other: Promise<Side>) {
  await using source = await opening;
  await using target = await other;
  const outcome = await copy(source, target, () => undefined, systemClock.now);
  assert.equal(outcome.result, 'copied', JSON.stringify(outcome));
  return outcome;
}

async function using<T>(opening: Promise<Inbox>, work: (inbox: Inbox) => Promise<T>): Promise<T> {
  await using inbox = await opening;
  return await work(inbox);
}
