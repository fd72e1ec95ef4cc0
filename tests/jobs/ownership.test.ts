import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Outcome } from '../../src/model/destination.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { notificationsOf, SENT, Workshop } from './workshop.ts';

const titles = (count: number, what = 'event') => Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);

/** Long enough that only a wake-up or a release explains why something happens within the test. */
const PATIENT = { pollMs: 60_000, renewMs: 60_000, leaseTtlMs: 120_000 };

/** A worker that dies after it recorded an attempt and before it recorded the answer. Its lease lasts 1 ms. */
async function dieInMidSend(shop: Workshop, inbox: Inbox): Promise<readonly number[]> {
  const ids = await shop.feed(inbox, ['uncertain', 'after it'], ['team']);
  const expanding = shop.worker(inbox, []);
  await shop.until(() => shop.lines.filter((line) => line['msg'] === 'event routed').length === 2);
  await expanding.stop();
  const [lease] = await inbox.acquire('killed', ['team'], 1);
  assert(lease);
  const { notifications } = await inbox.waiting('team', 1);
  await inbox.begin(lease, [{ request: 'single', notifications: notifications.map(({ id }) => id) }]);
  return ids;
}

test('what a killed worker was sending is told again by the next, and counted as uncertain', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const ids = await dieInMidSend(shop, inbox);
  const team = shop.destination('team');
  shop.worker(inbox, [team]);
  await shop.settled(2);
  assert.deepEqual(
    team.sends.flatMap((send) => send.titles),
    ['uncertain', 'after it'],
  );
  assert.deepEqual(shop.uncertain, [1]);
  const [first] = await notificationsOf(inbox, ids);
  assert.deepEqual(
    first?.attempts.map(({ outcome }) => outcome),
    ['unknown', 'sent'],
  );
});

test('a digest of a killed worker is told again as it was, marked, before anything newer', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  await shop.feed(inbox, titles(4), ['team']);
  const expanding = shop.worker(inbox, []);
  await shop.until(() => shop.lines.filter((line) => line['msg'] === 'event routed').length === 4);
  const [lease] = await inbox.acquire('killed', ['team'], 1);
  assert(lease);
  const { notifications } = await inbox.waiting('team', 3);
  await inbox.begin(lease, [{ request: 'digest', notifications: notifications.map(({ id }) => id) }]);
  await shop.feed(inbox, titles(2, 'newer'), ['team']);
  await shop.until(() => shop.lines.filter((line) => line['msg'] === 'event routed').length === 6);
  await expanding.stop();
  const lost: Outcome = { kind: 'unknown', reason: 'no answer' };
  const team = shop.destination('team', (_, __, attempt) => (attempt === 1 ? lost : SENT), { digestOver: 2 });
  shop.worker(inbox, [team]);
  await shop.settled(3);
  assert.deepEqual(
    team.sends.map(({ message, titles }) => [message.maybeRepeated ?? false, titles]),
    [
      [true, titles(3)],
      [true, titles(3)],
      [false, ['event 4', ...titles(2, 'newer')]],
    ],
  );
});

test('a destination that must not be told twice holds it as unknown instead', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const ids = await dieInMidSend(shop, inbox);
  const team = shop.destination('team', () => SENT, { onUnknown: 'hold' });
  shop.worker(inbox, [team]);
  await shop.settled(1);
  assert.deepEqual(
    team.sends.flatMap((send) => send.titles),
    ['after it'],
  );
  assert.deepEqual(
    (await notificationsOf(inbox, ids)).map(({ state }) => state),
    ['unknown', 'sent'],
  );
});

test('two workers on one database: order and pace hold, and nothing is told twice', async (t) => {
  const shop = await Workshop.open(t);
  const inboxes = [await shop.inbox(), await shop.inbox()] as const;
  const team = shop.destination('team', () => SENT, { intervalMs: 5 });
  const other = shop.destination('other');
  const timing = { renewMs: 100, leaseTtlMs: 60_000 };
  const workers = inboxes.map((inbox) => shop.worker(inbox, [team, other], { timing }));
  await shop.feed(inboxes[0], titles(10), ['team', 'other']);
  await shop.settled(4, 'team');
  await Promise.all([workers[0]?.stop(), shop.feed(inboxes[1], titles(10, 'late'), ['team', 'other'])]);
  await shop.settled(20, 'team');
  await shop.settled(20, 'other');
  for (const { sends } of [team, other]) {
    assert.deepEqual(
      sends.flatMap((send) => send.titles),
      [...titles(10), ...titles(10, 'late')],
    );
  }
  for (const [index, send] of team.sends.entries()) {
    const before = team.sends[index - 1]?.endedAt;
    if (before) assert(send.startedAt - before >= 5, `${send.startedAt - before} ms`);
  }
});

test('another process wakes the worker: nothing waits for the poll', async (t) => {
  const shop = await Workshop.open(t);
  const [working, receiving] = [await shop.inbox(), await shop.inbox()];
  const team = shop.destination('team');
  shop.worker(working, [team], { timing: PATIENT });
  await shop.feed(working, ['own'], ['team']);
  await shop.settled(1);
  const [id] = await shop.feed(receiving, ['from elsewhere'], ['team']);
  await shop.settled(2);
  assert.deepEqual(team.sends[1]?.titles, ['from elsewhere']);
  assert(id);
});

test('lanes given back at a stop are taken by a waiting worker at once', async (t) => {
  const shop = await Workshop.open(t);
  const [first, second] = [await shop.inbox(), await shop.inbox()];
  const [mine, theirs] = [shop.destination('team'), shop.destination('team')];
  const stopping = shop.worker(first, [mine], { timing: PATIENT });
  await shop.feed(first, ['one'], ['team']);
  await shop.settled(1);
  const waiting = shop.worker(second, [theirs], { timing: { ...PATIENT, regainMs: 10 } });
  await shop.until(() => waiting.heartbeat().lastBeatAt !== null || shop.lines.length > 0);
  await stopping.stop();
  await shop.feed(first, ['two'], ['team']);
  await shop.until(() => theirs.sends.length === 1);
  assert.deepEqual([mine.sends.length, theirs.sends[0]?.titles], [1, ['two']]);
});

test('a worker that does not get its lanes says once who holds them, and until when at most', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  await inbox.acquire('ada-1', ['expand', 'team'], 20_000);
  const [team, other] = [shop.destination('team'), shop.destination('other')];
  const worker = shop.worker(inbox, [team, other], { timing: { ...PATIENT, renewMs: 5, leaseTtlMs: 10_000 } });
  await shop.until(() => shop.said(/other workers hold lanes of this one/));
  const firstBeat = worker.heartbeat().lastBeatAt;
  while (worker.heartbeat().lastBeatAt === firstBeat) await new Promise((resolve) => setImmediate(resolve));
  const lines = shop.lines.filter((line) => /other workers hold/.test(String(line['msg'])));
  assert.deepEqual(
    lines.map((line) => line['lanes']),
    [['expand', 'team']],
  );
  assert.match(
    String(lines[0]?.['msg']),
    /expand \(ada-1, until \d{4}-\S+Z\), team \(ada-1, until .*a worker that was killed gives them up within 10 s/,
  );
  await inbox.release('ada-1');
});

test('a worker alone says nothing about others', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  shop.worker(inbox, [shop.destination('team')]);
  await shop.feed(inbox, ['one'], ['team']);
  await shop.settled(1);
  assert(!shop.said(/other workers hold/));
});

test('a worker whose lane was taken over stops without sending', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team');
  shop.worker(inbox, [team], { timing: PATIENT });
  await shop.feed(inbox, ['before'], ['team']);
  await shop.settled(1);
  // To this one's clock every lease ran out long ago.
  const late = await shop.inbox({ ...systemClock, now: () => systemClock.now() + PATIENT.leaseTtlMs });
  assert.equal((await late.acquire('thief', ['team'], 60_000)).length, 1);
  await shop.feed(inbox, ['after'], ['team']);
  await shop.until(() => shop.said(/another worker holds this lane now/));
  assert.equal(team.sends.length, 1);
  assert.equal((await inbox.waiting('team', 9)).total, 1);
});

test('a lane lost in mid-send: the send is told to give up, and its answer is left to the new owner', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', async (_message, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return SENT;
  });
  shop.worker(inbox, [team], { timing: { ...PATIENT, renewMs: 20 } });
  const ids = await shop.feed(inbox, ['in hand'], ['team']);
  await shop.until(() => team.sends.length === 1);
  const late = await shop.inbox({ ...systemClock, now: () => systemClock.now() + PATIENT.leaseTtlMs });
  const [lease] = await late.acquire('thief', ['team'], 60_000);
  await shop.until(() => shop.said(/attempts ended unrecorded/));
  assert(shop.said(/lane lost to another worker/));
  assert(lease);
  assert.equal(await late.adopt(lease, 'resend'), 1);
  assert.equal((await notificationsOf(inbox, ids))[0]?.state, 'queued');
});

test('an answer that cannot be recorded is recorded later: told once, not twice', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const blocker = new DatabaseSync(shop.path);
  t.after(() => blocker.close());
  const team = shop.destination('team', () => {
    blocker.exec('BEGIN IMMEDIATE');
    return SENT;
  });
  shop.worker(inbox, [team]);
  const ids = await shop.feed(inbox, ['once'], ['team']);
  await shop.until(() => shop.said(/recording how attempts to team ended failed; trying again/));
  blocker.exec('ROLLBACK');
  await shop.settled(1);
  assert.deepEqual([team.sends.length, (await notificationsOf(inbox, ids))[0]?.state], [1, 'sent']);
});

test('nothing is sent while less of the lease is left than a send may take', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team');
  const timing = { leaseTtlMs: 1_000, minLeaseMs: 1_001, renewMs: 20, pollMs: 5 };
  const worker = shop.worker(inbox, [team], { timing });
  const [id] = await shop.feed(inbox, ['held back'], ['team']);
  await shop.until(() => shop.said(/event routed/));
  for (let renewals = 0, last = 0; renewals < 3; ) {
    const beat = worker.heartbeat().lastBeatAt ?? 0;
    if (beat > last) renewals++;
    last = beat;
    await inbox.check();
  }
  assert.equal(team.sends.length, 0);
  assert.deepEqual((await inbox.show(id ?? 0))?.notifications[0]?.attempts, []);
});

test('a stop in mid-send waits for the answer, records it and gives the lanes back', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const answer = Promise.withResolvers<Outcome>();
  const team = shop.destination('team', () => answer.promise);
  const worker = shop.worker(inbox, [team]);
  const ids = await shop.feed(inbox, ['in hand', 'left waiting'], ['team']);
  await shop.until(() => team.sends.length === 1);
  const stopped = worker.stop();
  assert.equal(worker.stop(), stopped);
  assert.equal(worker.heartbeat().running, false);
  answer.resolve(SENT);
  await stopped;
  assert.deepEqual(
    (await notificationsOf(inbox, ids)).map(({ state }) => state),
    ['sent', 'queued'],
  );
  assert.deepEqual(
    (await inbox.depths()).map(({ owner }) => owner),
    [null, null],
  );
});

test('a send that outlasts the stop is told to give up, and settles as it says', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', async (_message, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { kind: 'retry', reason: 'stopped before the answer came' };
  });
  const worker = shop.worker(inbox, [team]);
  const ids = await shop.feed(inbox, ['slow'], ['team']);
  await shop.until(() => team.sends.length === 1);
  await worker.stop({ abortAfterMs: 20 });
  const [slow] = await notificationsOf(inbox, ids);
  assert.deepEqual([slow?.state, slow?.attempts[0]?.detail], ['queued', 'stopped before the answer came']);
});

test('a send that does not even give up is recorded as unknown, and the stop ends in time', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', () => Promise.withResolvers<Outcome>().promise, { onUnknown: 'hold' });
  const worker = shop.worker(inbox, [team], { timing: { abortGraceMs: 20 } });
  const ids = await shop.feed(inbox, ['stuck'], ['team']);
  await shop.until(() => team.sends.length === 1);
  await worker.stop({ abortAfterMs: 10 });
  assert.equal((await notificationsOf(inbox, ids))[0]?.state, 'unknown');
});
