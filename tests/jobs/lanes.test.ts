import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from './test-clock.ts';
import { notificationsOf, SENT, Workshop } from './workshop.ts';

const titles = (count: number) => Array.from({ length: count }, (_, index) => `event ${index + 1}`);

/** Leases that outlive the jumps of a test's clock. */
const LONG_LEASES = { leaseTtlMs: 7_200_000, renewMs: 3_600_000 };

test('a lane tells in event order, and the next attempt starts no sooner than the interval after the end of the last', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', () => SENT, { intervalMs: 15 });
  shop.worker(inbox, [team]);
  await shop.feed(inbox, titles(6), ['team']);
  await shop.settled(6);
  assert.deepEqual(
    team.sends.flatMap((send) => send.titles),
    titles(6),
  );
  for (const [index, send] of team.sends.entries()) {
    const before = team.sends[index - 1]?.endedAt;
    if (before) assert(send.startedAt - before >= 15, `${send.startedAt - before} ms`);
  }
});

test('a destination that is ill does not hold up the others', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const ill = shop.destination('ill', () => ({ kind: 'retry', reason: 'HTTP 503', retryAfterMs: 60_000 }));
  const well = shop.destination('well');
  shop.worker(inbox, [ill, well]);
  await shop.feed(inbox, titles(5), ['ill', 'well']);
  await shop.settled(5, 'well');
  await shop.settled(1, 'ill');
  assert.deepEqual([well.sends.length, ill.sends.length], [5, 1]);
});

test('Retry-After is obeyed to the millisecond, also by the next worker', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const start = clock.now();
  const team = shop.destination('team', (_message, _signal, attempt) =>
    attempt === 1 ? { kind: 'retry', reason: 'ratelimited', retryAfterMs: 30_000 } : SENT,
  );
  const first = shop.worker(inbox, [team], { timing: LONG_LEASES });
  await shop.feed(inbox, ['late'], ['team']);
  await shop.settled(1);
  await first.stop();
  shop.worker(inbox, [team], { timing: LONG_LEASES });
  await clock.timerAt(start + 30_000);
  clock.advance(29_999);
  await inbox.check();
  assert.equal(team.sends.length, 1);
  clock.advance(1);
  await shop.settled(2);
  assert.equal(team.sends[1]?.startedAt, start + 30_000);
});

test('transient failures pause the lane, longer each time, until the notification is out of tries; then the lane goes on', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const team = shop.destination(
    'team',
    (message) =>
      message.kind === 'single' && message.notification.eventId === 1 ? { kind: 'retry', reason: 'HTTP 500' } : SENT,
    { retry: { baseMs: 1_000, capMs: 60_000, maxTries: 3 } },
  );
  shop.worker(inbox, [team], { timing: LONG_LEASES });
  const ids = await shop.feed(inbox, ['doomed', 'fine'], ['team']);
  for (const [index, pauseMs] of [950, 1_900, 2_660].entries()) {
    await shop.settled(index + 1);
    await clock.timerAt(clock.now() + pauseMs);
    clock.advance(pauseMs);
  }
  await shop.settled(4);
  const [doomed, fine] = await notificationsOf(inbox, ids);
  assert.equal(doomed?.state, 'dead');
  assert.match(doomed?.reason ?? '', /gave up after 3 tries, the last: HTTP 500/);
  assert.deepEqual([fine?.state, shop.attempts()[3]?.['failures']], ['sent', 0]);
});

test('a rejected notification dies alone', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', (_message, _signal, attempt) =>
    attempt === 2 ? { kind: 'rejected', reason: 'invalid_blocks' } : SENT,
  );
  shop.worker(inbox, [team]);
  const ids = await shop.feed(inbox, titles(3), ['team']);
  await shop.settled(3);
  const records = await notificationsOf(inbox, ids);
  assert.deepEqual(
    records.map(({ state, reason }) => [state, reason]),
    [
      ['sent', null],
      ['dead', 'invalid_blocks'],
      ['sent', null],
    ],
  );
});

test('a destination that throws has a bug: that notification dies with the message, the lane goes on', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', (_message, _signal, attempt) => {
    if (attempt === 1) throw new Error('blocks is not iterable');
    return SENT;
  });
  shop.worker(inbox, [team]);
  const ids = await shop.feed(inbox, titles(2), ['team']);
  await shop.settled(2);
  const [first, second] = await notificationsOf(inbox, ids);
  assert.deepEqual([first?.state, second?.state], ['dead', 'sent']);
  assert.match(first?.reason ?? '', /bug in the double destination: blocks is not iterable/);
});

test('a burst becomes digests: the first tells at once, what waits is merged, none is lost', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const team = shop.destination('team', () => SENT, { intervalMs: 1_000, digestOver: 3, digestMax: 20 });
  // No poll is due when the pace is: whoever waits for that time is the lane.
  shop.worker(inbox, [team], { timing: { ...LONG_LEASES, pollMs: 3_600_000 } });
  const ids = await shop.feed(inbox, ['first'], ['team']);
  await shop.settled(1);
  const burst = await shop.feed(inbox, titles(30), ['team']);
  await shop.until(() => shop.lines.filter((line) => line['msg'] === 'event routed').length === 31);
  for (const count of [2, 3]) {
    await clock.timerAt(clock.now() + 1_000);
    clock.advance(1_000);
    await shop.settled(count);
  }
  assert.deepEqual(
    team.sends.map(({ message, titles }) => [message.kind, titles.length]),
    [
      ['single', 1],
      ['digest', 20],
      ['digest', 10],
    ],
  );
  const records = await notificationsOf(inbox, [...ids, ...burst]);
  const leads = records.filter(({ state }) => state === 'sent').map(({ id }) => id);
  assert.equal(leads.length, 3);
  assert(
    records.every(({ state, mergedInto }) => state === 'sent' || (mergedInto !== null && leads.includes(mergedInto))),
  );
});

test('one bad notification in a digest dies alone; all others are told', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination(
    'team',
    (message) => {
      const carried = message.kind === 'single' ? [message.notification] : message.notifications;
      const isBad = carried.some(({ activity }) => activity.said.headline === 'event 11');
      return isBad ? { kind: 'rejected', reason: 'invalid_blocks' } : SENT;
    },
    { digestOver: 1, digestMax: 16, retry: { baseMs: 1, capMs: 1, maxTries: 3 } },
  );
  const ids = await shop.feed(inbox, titles(16), ['team']);
  shop.worker(inbox, [team]);
  await shop.until(() => told(shop) === 15);
  await shop.until(() => shop.attempts().some((line) => line['state'] === 'dead'));
  const states = (await notificationsOf(inbox, ids)).map(({ state }) => state);
  assert.deepEqual(
    states.map((state) => state === 'dead'),
    titles(16).map((title) => title === 'event 11'),
  );
});

const told = (shop: Workshop) =>
  shop
    .attempts()
    .filter((line) => line['outcome'] === 'sent')
    .reduce((sum, line) => sum + Number(line['size']), 0);

test('concurrency sends several at once', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const open = Promise.withResolvers<typeof SENT>();
  const hook = shop.destination('hook', () => open.promise, { concurrency: 4 });
  await shop.feed(inbox, titles(6), ['hook']);
  shop.worker(inbox, [hook]);
  await shop.until(() => hook.sends.length === 4);
  open.resolve(SENT);
  await shop.settled(6);
  assert.equal(hook.sends.length, 6);
});

test('while a destination is away one message at a time asks for it, each in turn; then all go at once again', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const away = { kind: 'retry', reason: 'HTTP 503' } as const;
  const retry = { baseMs: 1_000, capMs: 60_000, maxTries: 3 };
  const hook = shop.destination('hook', (_message, _signal, count) => (count <= 5 ? away : SENT), {
    concurrency: 3,
    retry,
  });
  await shop.feed(inbox, titles(6), ['hook']);
  shop.worker(inbox, [hook], { timing: LONG_LEASES });
  for (const [settled, pauseMs] of [
    [3, 950],
    [4, 1_900],
    [5, 2_660],
  ] as const) {
    await shop.settled(settled);
    await clock.timerAt(clock.now() + pauseMs);
    clock.advance(pauseMs);
  }
  await shop.settled(8);
  const sent = hook.sends.slice(0, 6).map(({ titles }) => titles[0]);
  assert.deepEqual(sent.slice(3), ['event 2', 'event 3', 'event 1']);
});

test('an event whose normaliser throws fails with the message and does not hold up the next', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team');
  shop.worker(inbox, [team]);
  const [poison] = await shop.feed(inbox, ['poison', 'fine'], ['team']);
  await shop.settled(1);
  assert.deepEqual(team.sends[0]?.titles, ['fine']);
  const record = await inbox.show(poison ?? 0);
  assert.deepEqual([record?.state, record?.reason], ['failed', 'issue.title is missing']);
});

test('notifications that wait for a destination nobody serves are named in a warning', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const before = shop.worker(inbox, []);
  await shop.feed(inbox, titles(2), ['gone']);
  await shop.until(() => shop.lines.filter((line) => line['msg'] === 'event routed').length === 2);
  await before.stop();
  shop.worker(inbox, [shop.destination('team')]);
  await shop.until(() => shop.said(/notifications wait for "gone", which is not configured here/));
});
