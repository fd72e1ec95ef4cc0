import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AccountTurn } from '../../src/jobs/account-turn.ts';
import type { Account, Outcome } from '../../src/model/destination.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { SENT, Workshop } from './workshop.ts';

const BUSY: Outcome = { kind: 'retry', reason: 'slow down', retryAfterMs: 1_800_000 };

async function beats(worker: { heartbeat(): { lastBeatAt: number | null } }, count: number): Promise<void> {
  for (let seen = 0, last = worker.heartbeat().lastBeatAt; seen < count; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const { lastBeatAt } = worker.heartbeat();
    if (lastBeatAt !== last) seen++;
    last = lastBeatAt;
  }
}

/** Two workers on one database, with a lane each. */
async function twoWorkers(shop: Workshop, account: Account, answer: () => Outcome) {
  const rooms = ['red', 'blue'].map((name) => shop.destination(name, answer, { account }));
  const alone = shop.destination('alone', () => SENT, { account: { rateKey: 'another', intervalMs: 1 } });
  const inboxes = [await shop.inbox(), await shop.inbox()] as const;
  const [red, blue] = rooms;
  const workers = [
    shop.worker(inboxes[0], red === undefined ? [] : [red, alone], { timing: { renewMs: 5 } }),
    shop.worker(inboxes[1], blue === undefined ? [] : [blue], { timing: { renewMs: 5 } }),
  ] as const;
  return { rooms, alone, inboxes, workers, sends: () => rooms.flatMap(({ sends }) => sends) };
}

test('lanes of one account share its pace, also those of another worker; one of another account goes by its own', async (t) => {
  const shop = await Workshop.open(t);
  const { sends, inboxes, workers } = await twoWorkers(shop, { rateKey: 'one bot', intervalMs: 1_800_000 }, () => SENT);
  await shop.feed(inboxes[0], ['one', 'two', 'three'], ['red', 'blue', 'alone']);
  await shop.settled(3, 'alone');
  await shop.until(() => sends().length > 0);
  // Each renewal wakes the lanes.
  for (const worker of workers) await beats(worker, 5);
  assert.equal(sends().length, 1);
  // Who looks at the lanes sees that they wait, and until when.
  const waiting = async () =>
    (await inboxes[0].heads()).filter(({ lane, notBefore }) => lane !== 'alone' && notBefore > Date.now() + 1_000_000);
  while ((await waiting()).length < 2) await beats(workers[0], 1);
});

test('what one lane of an account is asked to wait, all wait, also those of another worker whose turn was near', async (t) => {
  const shop = await Workshop.open(t);
  const account = { rateKey: 'one bot', intervalMs: 50 };
  const { sends, inboxes, workers } = await twoWorkers(shop, account, () => BUSY);
  await shop.feed(inboxes[0], ['one', 'two', 'three'], ['red', 'blue', 'alone']);
  await shop.until(() => sends().length > 0);
  await shop.settled(3, 'alone');
  for (const worker of workers) await beats(worker, 20);
  assert.equal(sends().length, 1);
});

test('a busy lane of an account keeps no quiet one from its turn', async (t) => {
  const shop = await Workshop.open(t);
  const told: string[] = [];
  const account = { rateKey: 'one bot', intervalMs: 20 };
  const lanes = ['busy', 'quiet'].map((name) => shop.destination(name, () => (told.push(name), SENT), { account }));
  const inbox = await shop.inbox();
  await shop.feed(inbox, ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'], ['busy']);
  await shop.feed(inbox, ['nine'], ['quiet']);
  shop.worker(inbox, lanes);
  await shop.settled(9);
  assert.ok(told.indexOf('quiet') < 5, told.join(' '));
});

test('no more go in one turn than were asked for, and what the account is called is not stored', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  let now = 0;
  const asked: string[] = [];
  const reserve: typeof inbox.reserve = async (account, ...rest) => (
    asked.push(account), inbox.reserve(account, ...rest)
  );
  const clock = { ...systemClock, monotonic: () => now };
  const account = { rateKey: 'https://chat.example secret-token', intervalMs: 600_000 };
  const [first, second] = [0, 1].map(() => new AccountTurn({ inbox: { ...inbox, reserve }, clock }, account));
  assert(first && second);
  assert.deepEqual([await first.take(3), first.waitMs], [3, 0]);
  assert.equal(await second.take(2), 0);
  now = second.waitMs;
  assert.ok(now > 1_700_000 && now <= 1_800_000);
  assert.equal(await second.take(5), 2);
  assert.equal(await second.take(1), 0);
  await first.heed([{ outcome: SENT }, { outcome: BUSY }]);
  now += second.waitMs;
  assert.equal(await second.take(1), 0);
  assert.ok(second.waitMs > 1_700_000);
  assert.match(asked.join(), /^[\w-]{43}(,[\w-]{43})*$/);
  assert.ok(!asked.join().includes('secret-token'));
});
