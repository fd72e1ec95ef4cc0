import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../src/model/destination.ts';
import { notificationsOf, SENT, Workshop } from './workshop.ts';

const GONE: Outcome = { kind: 'broken', reason: 'the webhook was deleted: make a new one' };
const HOLDS = /nothing can arrive at team: what is for it waits .*`tidings resume team`/;

/** Renewals are quick; what a lane does by itself, never. */
const RENEWING = { pollMs: 60_000, renewMs: 10, leaseTtlMs: 60_000 };

async function renewals(worker: { heartbeat(): { lastBeatAt: number | null } }, count: number): Promise<void> {
  for (let seen = 0, last = worker.heartbeat().lastBeatAt; seen < count; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const { lastBeatAt } = worker.heartbeat();
    if (lastBeatAt !== last) seen++;
    last = lastBeatAt;
  }
}

test('where nothing can arrive one message asks, and all others wait, told once why', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', () => GONE, { concurrency: 1 });
  const worker = shop.worker(inbox, [team], { timing: RENEWING });
  const ids = await shop.feed(inbox, ['one', 'two', 'three'], ['team']);
  await shop.until(() => shop.said(HOLDS));
  await renewals(worker, 5);
  assert.equal(team.sends.length, 1);
  assert.equal(shop.lines.filter(({ msg }) => HOLDS.test(String(msg))).length, 1);
  const states = (await notificationsOf(inbox, ids)).map(({ state, tries }) => `${state} ${tries}`);
  assert.deepEqual(states, ['queued 0', 'queued 0', 'queued 0']);
  const [head] = (await inbox.heads()).filter(({ lane }) => lane === 'team');
  assert.match(head?.broken?.reason ?? '', /webhook was deleted/);
});

test('resumed, by whatever process, it sends again within one renewal of its lease, and is whole once something arrives', async (t) => {
  const shop = await Workshop.open(t);
  const [inbox, person] = [await shop.inbox(), await shop.inbox()];
  const team = shop.destination('team', (_, __, attempt) => (attempt === 1 ? GONE : SENT));
  shop.worker(inbox, [team], { timing: RENEWING });
  await shop.feed(inbox, ['one', 'two'], ['team']);
  await shop.until(() => shop.said(HOLDS));
  assert.equal((await person.resume('team')).wasBroken, true);
  await shop.settled(3, 'team');
  assert.deepEqual(
    team.sends.flatMap(({ titles }) => titles),
    ['one', 'one', 'two'],
  );
  assert.equal((await person.resume('team')).wasBroken, false);
});

test('resumed too early it asks with one message and holds again', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', () => GONE);
  const worker = shop.worker(inbox, [team], { timing: RENEWING });
  await shop.feed(inbox, ['one', 'two'], ['team']);
  await shop.until(() => shop.said(HOLDS));
  await inbox.resume('team');
  await shop.settled(2, 'team');
  await renewals(worker, 5);
  assert.equal(team.sends.length, 2);
});

test('a new owner asks once with one message, also where several go at once, and holds again or goes on', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const away = shop.destination('team', () => GONE);
  const first = shop.worker(inbox, [away], { timing: RENEWING });
  await shop.feed(inbox, ['one', 'two', 'three'], ['team']);
  await shop.until(() => shop.said(HOLDS));
  await first.stop();
  const still = shop.destination('team', () => GONE, { concurrency: 3 });
  const second = shop.worker(inbox, [still], { timing: RENEWING });
  await shop.settled(2, 'team');
  await renewals(second, 5);
  assert.equal(still.sends.length, 1);
  await second.stop();
  const mended = shop.destination('team', () => SENT, { concurrency: 3 });
  shop.worker(inbox, [mended], { timing: RENEWING });
  await shop.settled(5, 'team');
  assert.deepEqual(new Set(mended.sends.map(({ titles }) => titles.join())), new Set(['one', 'two', 'three']));
  assert.equal((await inbox.resume('team')).wasBroken, false);
});

test('what a try met that was broken does not use up the tries of its message', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', () => GONE, { retry: { baseMs: 1, capMs: 2, maxTries: 2 } });
  const ids = await shop.feed(inbox, ['one'], ['team']);
  shop.worker(inbox, [team], { timing: RENEWING });
  for (const tries of [1, 2, 3]) {
    await shop.settled(tries, 'team');
    await shop.until(() => shop.lines.filter(({ msg }) => HOLDS.test(String(msg))).length === tries);
    await inbox.resume('team');
  }
  await shop.settled(4, 'team');
  const [only] = await notificationsOf(inbox, ids);
  assert.deepEqual([only?.state, only?.attempts.length], ['queued', 4]);
});
