import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Accounts } from '../../src/jobs/accounts.ts';
import { SENT, Workshop } from './workshop.ts';

test('lanes of one account share its pace; one of another account goes by its own', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const account = { rateKey: 'one bot', intervalMs: 3_600_000 };
  const rooms = ['red', 'blue'].map((name) => shop.destination(name, () => SENT, { account }));
  const alone = shop.destination('alone', () => SENT, { account: { rateKey: 'another', intervalMs: 1 } });
  const worker = shop.worker(inbox, [...rooms, alone], { timing: { renewMs: 5 } });
  await shop.feed(inbox, ['one', 'two', 'three'], ['red', 'blue', 'alone']);
  await shop.settled(3, 'alone');
  await shop.until(() => rooms.some(({ sends }) => sends.length > 0));
  // Each renewal wakes the lanes.
  for (let beats = 0, last = worker.heartbeat().lastBeatAt; beats < 5; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const { lastBeatAt } = worker.heartbeat();
    if (lastBeatAt !== last) beats++;
    last = lastBeatAt;
  }
  assert.equal(rooms.flatMap(({ sends }) => sends).length, 1);
});

test('an account is asked at its pace, whoever asks; another one is not concerned', () => {
  let now = 0;
  const accounts = new Accounts({ monotonic: () => now });
  const [bot, other] = [
    { rateKey: 'bot', intervalMs: 100 },
    { rateKey: 'other', intervalMs: 100 },
  ];
  assert.deepEqual([accounts.take(bot, 1), accounts.take(bot, 1), accounts.take(other, 1)], [0, 100, 0]);
  now = 60;
  assert.equal(accounts.take(bot, 1), 40);
  now = 100;
  assert.deepEqual([accounts.take(bot, 3), accounts.take(bot, 1)], [0, 300]);
  now = 1_000;
  assert.equal(accounts.take(bot, 1), 0);
});
