import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Receipt } from '../../src/model/destination.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { AttemptEnd } from '../../src/model/inbox/outbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

const NO_PAUSE = { notBefore: 0, failures: 0 };

/** What a store owes to destinations that want to find their messages again. */
export function receiptConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, receipts: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    /** Attempts to tell `count` messages of the lane `team`, begun. */
    async function begun(count: number) {
      const { inbox, under, reopen } = await freshInbox();
      const [expander, lease] = await inbox.acquire('a', ['expand', 'team'], 10_000);
      assert(expander && lease);
      const events = await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())));
      await inbox.expand(
        expander,
        events.map(({ id }) => routed(id, ['team'])),
      );
      const { notifications } = await inbox.waiting('team', count);
      const messages = notifications.map(({ id }) => ({ request: 'x', notifications: [id] }));
      const attempts = await inbox.begin(lease, messages);
      assert(typeof attempts !== 'string');
      return { inbox, under, reopen, lease, attempts };
    }

    const told = (attemptId: number | undefined, thread: string, value: Receipt): AttemptEnd => ({
      attemptId: attemptId ?? 0,
      outcome: 'sent',
      detail: 'ok',
      state: 'sent',
      exhausted: [],
      reason: null,
      receipt: { thread, value },
    });
    const end = (inbox: Inbox, lease: Lease, ...ends: AttemptEnd[]) => inbox.end(lease, ends, NO_PAUSE);

    test('the last receipt of a thread is kept, each destination and thread by itself, also over a restart', async () => {
      const { inbox, lease, attempts, reopen } = await begun(4);
      const [one, two, three, four] = attempts;
      await end(inbox, lease, told(one, 'acme/api#1', { id: '1' }), told(two, 'acme/api#2', { id: '2', at: 0.5 }));
      await end(inbox, lease, told(three, 'acme/api#1', { id: '3' }), told(four, 'acme/api#1', { id: '4 ♥' }));
      const asked = ['acme/api#2', null, 'acme/api#1', 'acme/api#3', 'acme/api#1'];
      const kept = [{ id: '2', at: 0.5 }, null, { id: '4 ♥' }, null, { id: '4 ♥' }];
      assert.deepEqual(await inbox.receipts('team', asked), kept);
      assert.deepEqual(await inbox.receipts('other', asked), [null, null, null, null, null]);
      assert.deepEqual(await inbox.receipts('team', []), []);
      assert.deepEqual(await (await reopen()).receipts('team', asked), kept);
    });

    test('without a receipt the one before stays', async () => {
      const { inbox, lease, attempts } = await begun(2);
      const { receipt: _, ...silent } = told(attempts[1], '', {});
      await end(inbox, lease, told(attempts[0], 't', { id: '1' }));
      await end(inbox, lease, silent);
      assert.deepEqual(await inbox.receipts('team', ['t']), [{ id: '1' }]);
    });

    test('whoever lost the lane keeps nothing', async () => {
      const { inbox, under, lease, attempts } = await begun(2);
      await end(inbox, lease, told(attempts[0], 't', { id: 'mine' }));
      await under.advance(20_000);
      assert.equal((await inbox.acquire('b', ['team'], 10_000)).length, 1);
      assert.equal(await end(inbox, lease, told(attempts[1], 't', { id: 'late' })), 'fenced');
      assert.deepEqual(await inbox.receipts('team', ['t']), [{ id: 'mine' }]);
    });

    test('odd threads are told apart', async () => {
      const { inbox, lease, attempts } = await begun(2);
      const threads = ['nul \0', 'nul \uFFFD', 'Ä'.repeat(400), 'ä'.repeat(400)];
      await end(
        inbox,
        lease,
        told(attempts[0], 'nul \0', { id: '1' }),
        told(attempts[1], 'Ä'.repeat(400), { id: '2' }),
      );
      assert.deepEqual(await inbox.receipts('team', threads), [{ id: '1' }, null, { id: '2' }, null]);
    });
  });
}
