import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Message, Outcome } from '../../src/model/destination.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase } from '../support/postgres.ts';
import { notificationsOf, SENT, Workshop } from './workshop.ts';

const PAUSED = /^team is paused by mona, dashboard since .*: what is for it waits, until .*`tidings resume team`/;
const GOES_ON = /^team goes on/;

/** Renewals are quick; what a lane does by itself, never. */
const RENEWING = { pollMs: 60_000, renewMs: 10, leaseTtlMs: 60_000 };

/** Opens one database again and again, as several processes do. */
type Open = () => Promise<Inbox>;

const ENGINES: Readonly<Record<string, (t: TestContext, shop: Workshop) => Promise<Open>>> = {
  sqlite: async (_t, shop) => () => shop.inbox(),
  postgres: async (t) => {
    const database = await freshDatabase();
    const opened: Inbox[] = [];
    t.after(async () => {
      for (const inbox of opened) await inbox[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });
    return async () => {
      const inbox = await openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
      opened.push(inbox);
      return inbox;
    };
  },
};

const byMona = (until: number | null = null) => ({ by: 'mona, dashboard', at: systemClock.now(), until });

async function renewals(worker: { heartbeat(): { lastBeatAt: number | null } }, count: number): Promise<void> {
  for (let seen = 0, last = worker.heartbeat().lastBeatAt; seen < count; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const { lastBeatAt } = worker.heartbeat();
    if (lastBeatAt !== last) seen++;
    last = lastBeatAt;
  }
}

for (const [engine, openIn] of Object.entries(ENGINES)) {
  test(`paused by another process while it sends, a lane ends what is in flight, begins nothing more, and goes on in order: ${engine}`, async (t) => {
    const shop = await Workshop.open(t);
    const open = await openIn(t, shop);
    const [inbox, person] = [await open(), await open()];
    const answered = Promise.withResolvers<Outcome>();
    const team = shop.destination('team', (_message, _signal, attempt) => (attempt === 1 ? answered.promise : SENT));
    const worker = shop.worker(inbox, [team], { timing: RENEWING });
    const ids = await shop.feed(inbox, ['one', 'two', 'three'], ['team']);
    await shop.until(() => team.sends.length === 1);
    await person.hold('team', byMona());
    answered.resolve(SENT);
    await shop.settled(1, 'team');
    await shop.until(() => shop.said(PAUSED));
    await renewals(worker, 5);
    assert.equal(team.sends.length, 1);
    const waiting = await notificationsOf(inbox, ids);
    assert.deepEqual(
      waiting.map(({ state, tries }) => `${state} ${tries}`),
      ['sent 1', 'queued 0', 'queued 0'],
    );
    const { wasBroken, held } = await person.resume('team');
    assert.deepEqual([wasBroken, held?.by], [false, 'mona, dashboard']);
    await shop.settled(3, 'team');
    assert.deepEqual(
      team.sends.flatMap(({ titles }) => titles),
      ['one', 'two', 'three'],
    );
    assert.equal(shop.lines.filter(({ msg }) => PAUSED.test(String(msg))).length, 1);
    await shop.until(() => shop.said(GOES_ON));
  });

  test(`a pause that has committed is obeyed at once, whatever the owner of the lane has heard of it: ${engine}`, async (t) => {
    const shop = await Workshop.open(t);
    const open = await openIn(t, shop);
    const [store, person] = [await open(), await open()];
    const refused = Promise.withResolvers<void>();
    const inbox: Inbox = {
      ...store,
      begin: async (...given) => {
        const begun = await store.begin(...given);
        if (begun === 'held') refused.resolve();
        return begun;
      },
    };
    const team = shop.destination('team');
    // Its next renewal is a minute away: only the store can tell it.
    shop.worker(inbox, [team], { timing: { pollMs: 60_000, renewMs: 60_000, leaseTtlMs: 120_000 } });
    await shop.feed(inbox, ['one'], ['team']);
    await shop.settled(1, 'team');
    await person.hold('team', byMona());
    const [two] = await shop.feed(inbox, ['two'], ['team']);
    await refused.promise;
    assert.equal(team.sends.length, 1);
    assert.equal((await notificationsOf(person, [two ?? 0]))[0]?.tries, 0);
  });

  test(`paused while a message is being retried, it is tried again only after, with the tries it had: ${engine}`, async (t) => {
    const shop = await Workshop.open(t);
    const open = await openIn(t, shop);
    const [inbox, person] = [await open(), await open()];
    const held = Promise.withResolvers<void>();
    const team = shop.destination('team', async (_message, _signal, attempt): Promise<Outcome> => {
      if (attempt === 1) await held.promise;
      return attempt === 1 ? { kind: 'retry', reason: '503' } : SENT;
    });
    const worker = shop.worker(inbox, [team], { timing: RENEWING });
    const ids = await shop.feed(inbox, ['one'], ['team']);
    await shop.until(() => team.sends.length === 1);
    await person.hold('team', byMona());
    held.resolve();
    await shop.until(() => shop.said(PAUSED));
    await renewals(worker, 8);
    const [one] = await notificationsOf(inbox, ids);
    assert.deepEqual([team.sends.length, one?.state, one?.tries], [1, 'queued', 1]);
    await inbox.resume('team');
    await shop.settled(2, 'team');
    assert.deepEqual(
      (await notificationsOf(inbox, ids)).map(({ state, tries }) => [state, tries]),
      [['sent', 2]],
    );
  });

  test(`a worker that takes a paused lane over sends nothing from it; one that ends by itself goes on: ${engine}`, async (t) => {
    const shop = await Workshop.open(t);
    const open = await openIn(t, shop);
    const inbox = await open();
    await inbox.hold('team', byMona());
    const other = shop.destination('other');
    const team = shop.destination('team');
    const first = shop.worker(inbox, [team, other], { timing: RENEWING });
    await shop.feed(inbox, ['one'], ['team', 'other']);
    await shop.settled(1, 'other');
    await renewals(first, 5);
    assert.equal(team.sends.length, 0);
    await first.stop();
    const second = shop.worker(await open(), [team, other], { timing: RENEWING });
    await renewals(second, 5);
    assert.equal(team.sends.length, 0);
    await inbox.hold('team', byMona(systemClock.now() + 50));
    await shop.settled(1, 'team');
    assert.equal((await inbox.heads()).find(({ lane }) => lane === 'team')?.held, null);
  });
}

test('two processes that trade lanes while somebody pauses and resumes again and again tell everything once, in order', async (t) => {
  const shop = await Workshop.open(t);
  const [one, two, person] = [await shop.inbox(), await shop.inbox(), await shop.inbox()];
  let isPaused = false;
  const begunPaused: Message[] = [];
  const answer = async (message: Message): Promise<Outcome> => {
    if (isPaused) begunPaused.push(message);
    await new Promise((resolve) => setImmediate(resolve));
    return SENT;
  };
  const team = shop.destination('team', answer);
  const titles = Array.from({ length: 40 }, (_, index) => `n${index}`);
  const workers = [shop.worker(one, [team], { timing: RENEWING })];
  const fed = shop.feed(two, titles, ['team']);
  for (let round = 0; round < 10; round++) {
    await person.hold('team', byMona());
    // What had begun is at its destination, or on its way there: it is told now, and nothing after it.
    await renewals(workers[0] ?? assert.fail(), 2);
    isPaused = true;
    await renewals(workers[0] ?? assert.fail(), 2);
    isPaused = false;
    await Promise.all([person.resume('team'), one.resume('team')]);
    if (round === 5) {
      await workers[0]?.stop();
      workers[0] = shop.worker(two, [team], { timing: RENEWING });
    }
    await shop.until(() => team.sends.length >= round);
  }
  await fed;
  await shop.settled(titles.length, 'team');
  assert.deepEqual(begunPaused, []);
  assert.deepEqual(
    team.sends.flatMap((send) => send.titles),
    titles,
  );
});
