import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Inbox } from '../../src/model/inbox.ts';
import { Workshop } from './workshop.ts';

test('a lane is answered with what was decided before the expander has heard that it is stored', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const told = Promise.withResolvers<void>();
  const expand: Inbox['expand'] = async (...given) => {
    const result = await inbox.expand(...given);
    await told.promise;
    return result;
  };
  const team = shop.destination('team', () => {
    told.resolve();
    return { kind: 'sent', answer: 'ok' };
  });
  shop.worker({ ...inbox, expand }, [team], { timing: { pollMs: 60_000 } });
  await shop.feed(inbox, ['one'], ['team']);
  await shop.settled(1);
});

test('a store that does not say when what it writes can be seen wakes the lanes with its answer', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const expand: Inbox['expand'] = (lease, expansions) => inbox.expand(lease, expansions);
  const team = shop.destination('team');
  shop.worker({ ...inbox, expand }, [team], { timing: { pollMs: 60_000 } });
  await shop.feed(inbox, ['one'], ['team']);
  await shop.settled(1);
});

test('who receives and works in one process is woken as soon as the commit is on its way', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  let wakes = 0;
  const stop = inbox.onWake(() => wakes++);
  const feeding = shop.feed(inbox, ['one'], ['team']);
  await nextTurn();
  assert.equal(wakes, 1);
  await feeding;
  stop();
});
