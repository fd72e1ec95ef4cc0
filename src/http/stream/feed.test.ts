import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { TestClock } from '../../../tests/jobs/test-clock.ts';
import { heardStream } from '../../../tests/support/heard-stream.ts';
import { storedEvents } from '../../../tests/support/stored-events.ts';
import { createLog } from '../../shared/log.ts';
import { createFeed, type Wish } from './feed.ts';

function bundle() {
  const clock = new TestClock();
  const store = storedEvents(() => clock.now());
  const feed = createFeed({ archive: store.archive, clock, log: createLog('silent') });
  const hungUp: number[] = [];
  let count = 0;
  const open = (wish: Partial<Wish> = {}) => {
    const index = count++;
    const body = feed.subscribe({
      filter: {},
      after: null,
      signal: new AbortController().signal,
      hangUp: () => hungUp.push(index),
      ...wish,
    });
    return body;
  };
  const listen = (wish: Partial<Wish> = {}) => {
    const body = open(wish);
    assert.ok(body);
    return heardStream(body);
  };
  /** Lets so much time go by, and everything happen that is due. */
  const pass = async (ms: number) => {
    for (let left = ms; left >= 0; left -= 250) {
      clock.advance(Math.min(250, left));
      for (let turn = 0; turn < 10; turn++) await setImmediate();
    }
  };
  return { clock, store, feed, open, listen, pass, hungUp };
}

const kinds = (messages: readonly { event: string; data: Readonly<Record<string, unknown>> }[]) =>
  messages.map(({ event, data }) => [event, data['id'] ?? data['count']]);

test('what arrives is said once, and what becomes of it', async () => {
  const { store, listen, pass } = bundle();
  const heard = listen();
  await pass(0);
  store.append(2);
  await pass(1_000);
  store.change(1, { state: 'routed', fates: [{ destination: 'team', fate: 'waiting', reason: null, words: null }] });
  await pass(2_000);
  store.change(1, { fates: [{ destination: 'team', fate: 'told', reason: null, words: null }] });
  store.change(2, { state: 'skipped' });
  await pass(10_000);
  const messages = await heard.some(5);
  assert.deepEqual(kinds(messages), [
    ['new', 1],
    ['new', 2],
    ['changed', 1],
    ['changed', 1],
    ['changed', 2],
  ]);
  assert.deepEqual(
    messages.map(({ id }) => id),
    ['1', '2', null, null, null],
  );
  await heard.cancel();
});

test('who comes back hears what they missed, once, and what changed lately', async () => {
  const { store, listen, pass } = bundle();
  store.append(5, { state: 'skipped' });
  const heard = listen({ after: 3 });
  await pass(0);
  store.append(1);
  await pass(1_000);
  assert.deepEqual(kinds(await heard.some(6)), [
    ['new', 4],
    ['new', 5],
    ['changed', 3],
    ['changed', 2],
    ['changed', 1],
    ['new', 6],
  ]);
  await heard.cancel();
});

test('who missed many hears how many, and goes on behind them', async () => {
  const { store, listen, pass } = bundle();
  store.append(500, { state: 'skipped', receivedAt: 1 });
  const heard = listen({ after: 100 });
  await pass(500);
  store.append(1);
  await pass(1_000);
  const [many, one] = await heard.some(2);
  assert.deepEqual(many, { event: 'many', id: '500', data: { count: 400, is_more: false } });
  assert.equal(one?.data['id'], 501);
  await heard.cancel();
});

test('ten thousand at once are two looks, and no page of ten thousand', async () => {
  const { store, listen, pass } = bundle();
  const [all, few, none] = [listen(), listen({ filter: { source: 'shop' } }), listen({ filter: { source: 'nobody' } })];
  await pass(500);
  const before = store.asked;
  store.append(5_000);
  store.append(1, { source: 'shop' });
  store.append(5_000);
  await pass(400);
  assert.ok(store.most <= 51);
  assert.ok(store.asked - before <= 6, `${store.asked - before}`);
  assert.deepEqual(kinds(await all.some(1)), [['many', 10_001]]);
  assert.deepEqual(kinds(await few.some(1)), [['new', 5_001]]);
  store.append(1, { source: 'nobody' });
  await pass(1_000);
  assert.deepEqual(kinds(await none.some(1)), [['new', 10_002]]);
  for (const each of [all, few, none]) await each.cancel();
});

test('it looks twice a second at most, however often it is woken, and not at all where nothing can change', async () => {
  const { store, listen, pass } = bundle();
  const heard = listen();
  await pass(1_000);
  const before = store.asked;
  for (let i = 0; i < 1_000; i++) store.wake();
  await pass(1_000);
  assert.ok(store.asked - before <= 4, `${store.asked - before}`);
  const idle = store.asked;
  await pass(120_000);
  assert.equal(store.asked, idle);
  await heard.cancel();
});

test('what waits for days is looked at ever more seldom', async () => {
  const { store, listen, pass } = bundle();
  const heard = listen();
  await pass(0);
  store.append(1, { state: 'routed', fates: [{ destination: 'team', fate: 'waiting', reason: null, words: null }] });
  await pass(60_000);
  const before = store.asked;
  await pass(100_000);
  assert.ok(store.asked - before <= 2 * 11, `${store.asked - before}`);
  store.change(1, { fates: [{ destination: 'team', fate: 'told', reason: null, words: null }] });
  await pass(11_000);
  assert.deepEqual(kinds(await heard.some(2)), [
    ['new', 1],
    ['changed', 1],
  ]);
  await heard.cancel();
});

test('what fits a filter from now on is new to who asks by it; what fits no longer has changed', async () => {
  const { store, listen, pass } = bundle();
  const heard = listen({ filter: { state: 'dead' } });
  await pass(0);
  store.append(1);
  await pass(1_000);
  const dead = { destination: 'team', fate: 'dead' as const, reason: 'gone', words: null };
  store.change(1, { state: 'routed', fates: [dead] }, true);
  await pass(2_000);
  store.change(1, { fates: [{ ...dead, fate: 'told' }] }, true);
  await pass(2_000);
  assert.deepEqual(kinds(await heard.some(2)), [
    ['new', 1],
    ['changed', 1],
  ]);
  await heard.cancel();
});

test('a store that throws costs nobody the stream', async () => {
  const { store, listen, pass } = bundle();
  const heard = listen();
  await pass(500);
  store.isDown = true;
  store.append(1);
  await pass(60_000);
  store.isDown = false;
  await pass(20_000);
  assert.deepEqual(kinds(await heard.some(1)), [['new', 1]]);
  await heard.cancel();
});

test('a store that is away at the beginning ends the stream, or begins late; who comes back is served', async () => {
  const { store, listen, pass } = bundle();
  store.isDown = true;
  const heard = listen();
  await pass(5_000);
  store.isDown = false;
  await pass(20_000);
  store.append(1);
  await pass(1_000);
  assert.deepEqual(kinds(await heard.some(1)), [['new', 1]]);
  await heard.cancel();
});

test('the last who leaves ends the watcher, and the next one begins a new one', async () => {
  const { store, listen, pass, clock } = bundle();
  const [one, two] = [listen(), listen()];
  await pass(500);
  assert.equal(store.listeners, 1);
  await one.cancel();
  assert.equal(store.listeners, 1);
  await two.cancel();
  assert.equal(store.listeners, 0);
  assert.equal(clock.nextAt, null);
  store.append(1);
  const three = listen();
  await pass(500);
  store.append(1);
  await pass(1_000);
  assert.deepEqual(kinds(await three.some(1)), [['new', 2]]);
  await three.cancel();
  assert.equal(clock.nextAt, null);
});

test('a hundred may listen, and one who leaves makes place for another', async () => {
  const { open, pass } = bundle();
  const bodies = Array.from({ length: 100 }, () => open());
  assert.equal(open(), null);
  await pass(0);
  await bodies[0]?.cancel();
  assert.ok(open());
});

test('who does not read is hung up on, and nobody waits for them', async () => {
  const { store, listen, open, pass, hungUp } = bundle();
  open();
  const reader = listen();
  await pass(500);
  let heard = 0;
  for (let round = 0; round < 40 && hungUp.length === 0; round++) {
    store.append(50, { about: 'x'.repeat(300) });
    await pass(1_000);
    heard += (await reader.some(50)).length;
  }
  assert.deepEqual(hungUp, [0]);
  assert.ok(heard >= 250);
  await reader.cancel();
});

test('a server that stops ends them all, after what was said', async () => {
  const { store, listen, pass, clock, hungUp } = bundle();
  const closing = new AbortController();
  const heard = listen({ signal: closing.signal });
  await pass(0);
  store.append(1);
  await pass(1_000);
  closing.abort();
  assert.deepEqual(kinds(await heard.some(9)), [['new', 1]]);
  assert.equal(await heard.next(), null);
  await pass(200);
  assert.deepEqual(hungUp, [0]);
  assert.equal(clock.nextAt, null);
});

test('who comes while the server stops finds a stream that has ended, and leaves nothing behind', async () => {
  const { store, listen, pass, clock, hungUp } = bundle();
  const heard = listen({ signal: AbortSignal.abort() });
  assert.equal(await heard.next(), null);
  assert.equal(heard.text, 'retry: 2000\n\n');
  await pass(200);
  assert.deepEqual(hungUp, [0]);
  assert.equal(store.listeners, 0);
  assert.equal(clock.nextAt, null);
});

test('every quarter of a minute a comment says that it is alive', async () => {
  const { listen, pass } = bundle();
  const heard = listen();
  const message = heard.next();
  await pass(31_000);
  assert.equal(heard.text.match(/^:$/gm)?.length, 2);
  assert.match(heard.text, /^retry: \d+\n\n/);
  await heard.cancel();
  await message;
});
