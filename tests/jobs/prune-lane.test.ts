import assert from 'node:assert/strict';
import { test } from 'node:test';
import { termsOf } from '../../src/jobs/prune/terms.ts';
import { CURSOR, freshState, parseState, stateText } from '../../src/model/pruning/state.ts';
import type { Retention } from '../../src/model/retention.ts';
import { Workshop } from './workshop.ts';

const SECOND: Retention = { bodies: 1, exceptions: [], events: null, attempts: null, maxBytes: null, archiveTo: null };
const TIMING = { pruneFirstMs: 0, pruneEveryMs: 1, sizeEveryMs: 1 };

test('of two workers one prunes; stopped, it leaves the lane to the other', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  // As if it had pruned by this before: else the first day begins.
  const terms = termsOf(SECOND);
  const mark = { at: shop.clock.now(), inForce: terms, wanted: terms, waitMs: 0 };
  await inbox.remember(CURSOR, stateText(freshState(mark)));
  const first = shop.worker(inbox, [], { retention: SECOND, timing: TIMING, owner: 'first' });
  await shop.until(() => shop.lines.some(({ lane }) => lane === 'prune'));
  shop.worker(inbox, [], { retention: SECOND, timing: { ...TIMING, renewMs: 10 }, owner: 'second' });
  await shop.feed(inbox, ['one'], []);
  await shop.until(() => shop.said(/^pruned: 1 body went/));
  // Some of what an upgrade left to be done waits a day.
  const brought = () => shop.lines.filter(({ msg }) => msg === 'the database is brought over').length;
  assert.equal(brought(), 0);
  const steps = ['more', 'done', 'more', 'restart'] as const;
  let step = 0;
  t.mock.method(inbox, 'bringOver', async () => steps[step++] ?? 'done', { times: steps.length });
  await shop.until(() => shop.said(/^the database is brought over; its old indexes .*: the next start drops them/));
  assert.equal(brought(), 1);
  assert.deepEqual(
    (await inbox.owners()).flatMap(({ lane, owner }) => (lane === 'prune' ? [owner] : [])),
    ['first'],
  );
  await first.stop();
  await shop.feed(inbox, ['two'], []);
  await shop.until(() => shop.lines.filter(({ msg }) => String(msg).startsWith('pruned: 1 body went')).length === 2);
  assert.equal(parseState(await inbox.recall('prune'))?.last?.bodies, 1);
  assert.equal((await inbox.show(1))?.body, null);
});

test('without a retention a worker takes nothing away, and asks for no such lane', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  shop.worker(inbox, []);
  await shop.until(() => shop.said(/lane taken/));
  assert.deepEqual(
    (await inbox.owners()).map(({ lane }) => lane),
    ['expand'],
  );
});
