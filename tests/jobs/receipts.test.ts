import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Destination, Outcome } from '../../src/model/destination.ts';
import { Workshop } from './workshop.ts';

function receiptNo(no: number): Outcome {
  return { kind: 'sent', answer: 'ok', receipt: { message: `${no}` } };
}

test('the receipt of a message comes back with the next one about its thread, also in another process', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team', (_message, _signal, attempt) => receiptNo(attempt));
  const other = shop.destination('other', () => ({ kind: 'sent', answer: 'ok' }));
  const worker = shop.worker(inbox, [team, other]);
  await shop.feed(inbox, ['opened', 'merged'], ['team', 'other']);
  await shop.settled(4);
  await worker.stop();
  shop.worker(await shop.inbox(), [team, other]);
  await shop.feed(inbox, ['commented'], ['team']);
  await shop.settled(3, 'team');
  assert.deepEqual(
    team.sends.map(({ earlier }) => earlier),
    [null, { message: '1' }, { message: '2' }],
  );
  assert.deepEqual(
    other.sends.map(({ earlier }) => earlier),
    [null, null],
  );
});

test('a failed try, a digest and a receipt too long to keep leave the one before', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const outcomes: Outcome[] = [
    receiptNo(1),
    { kind: 'retry', reason: 'busy' },
    { kind: 'sent', answer: 'ok', receipt: { message: 'x'.repeat(2_000) } },
    receiptNo(4),
  ];
  const answer = () => outcomes.shift() ?? receiptNo(9);
  const team = shop.destination('team', answer, { digestOver: 1 });
  shop.worker(inbox, [team]);
  await shop.feed(inbox, ['one'], ['team']);
  await shop.settled(1);
  await shop.feed(inbox, ['two'], ['team']);
  await shop.settled(3);
  await shop.feed(inbox, ['three'], ['team']);
  await shop.settled(4);
  assert.deepEqual(
    team.sends.map(({ earlier }) => earlier?.['message'] ?? null),
    [null, '1', '1', '1'],
  );
});

test('a stop closes each destination once, after its last send; one that cannot be closed is said', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const sending = Promise.withResolvers<void>();
  const slow = shop.destination('slow', async () => {
    await sending.promise;
    return receiptNo(1);
  });
  const broken: Partial<Destination> = { [Symbol.asyncDispose]: () => Promise.reject(new Error('EPIPE')) };
  const idle = shop.destination('idle');
  const worker = shop.worker(inbox, [slow, idle, shop.destination('broken', undefined, broken)]);
  await shop.feed(inbox, ['in hand'], ['slow']);
  await shop.until(() => slow.sends.length === 1);
  const stopped = Promise.all([worker.stop(), worker.stop()]);
  assert.deepEqual([slow.closings, idle.closings], [[], []]);
  sending.resolve();
  await stopped;
  await worker.stop();
  assert.deepEqual([slow.closings, idle.closings], [[1], [0]]);
  const [line] = shop.lines.filter(({ msg }) => msg === 'a destination could not be closed');
  assert.equal(line?.['destination'], 'broken');
});

test('a destination that does not close holds no stop up, nor the others', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const stuck: Partial<Destination> = { [Symbol.asyncDispose]: () => new Promise(() => {}) };
  const idle = shop.destination('idle');
  const worker = shop.worker(inbox, [shop.destination('stuck', undefined, stuck), idle], {
    timing: { closeLimitMs: 5 },
  });
  await worker.stop();
  assert.deepEqual(idle.closings, [0]);
});
