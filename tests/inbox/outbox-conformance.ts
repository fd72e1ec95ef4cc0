import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptEnd } from '../../src/model/inbox/outbox.ts';
import { freshInboxes, type InboxUnderTest, lease, queued } from './inbox-under-test.ts';

const sent = (attemptId: number): AttemptEnd => ({
  attemptId,
  outcome: 'sent',
  detail: 'ok',
  state: 'sent',
  exhausted: [],
  reason: null,
});

const NO_PAUSE = { notBefore: 0, failures: 0 };

/** What a store owes to a lane that sends: src/model/inbox/outbox.ts. */
export function outboxConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, outbox: ${name}`, () => {
    const fresh = freshInboxes(create);

    test('what is sent leaves the queue, and the lane keeps its pause for the next owner', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 2);
      const slack = await lease(inbox, 'slack');
      const { notifications, total } = await inbox.waiting('slack', 1);
      assert.equal(total, 2);
      assert.equal((await inbox.waiting('slack', 1, 1)).total, 1);
      const [head] = notifications;
      assert(head);
      assert.equal(head.activity.kind, 'issues.opened');
      const attempts = await inbox.begin(slack, [{ request: 'hello', notifications: [head.id] }]);
      assert(typeof attempts !== 'string' && attempts[0] !== undefined);
      await inbox.end(slack, [sent(attempts[0])], { notBefore: 77_000, failures: 3 });
      assert.equal((await inbox.waiting('slack', 9)).total, 1);
      await inbox.release('a');
      const next = await lease(inbox, 'slack', 'b');
      assert.deepEqual([next.notBefore, next.failures], [77_000, 3]);
      const record = await inbox.show(head.eventId);
      assert.equal(record?.notifications[0]?.state, 'sent');
      assert.equal(record?.notifications[0]?.attempts[0]?.outcome, 'sent');
    });

    test('an attempt that a power cut may take is recorded like any other, and fenced like any other', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 1);
      const slack = await lease(inbox, 'slack');
      const [head] = (await inbox.waiting('slack', 1)).notifications;
      assert(head);
      const starts = [{ request: 'hello', notifications: [head.id] }];
      const attempts = await inbox.begin(slack, starts, { mayBeLost: true });
      assert(typeof attempts !== 'string' && attempts[0] !== undefined);
      assert.equal((await inbox.waiting('slack', 1)).notifications[0]?.tries, 1);
      // A server that lost it may have given its number to another lane's.
      await inbox.end(await lease(inbox, 'mail'), [sent(attempts[0])], NO_PAUSE);
      assert.equal((await inbox.show(head.eventId))?.notifications[0]?.state, 'queued');
      await inbox.end(slack, [sent(attempts[0])], NO_PAUSE);
      assert.equal((await inbox.show(head.eventId))?.notifications[0]?.state, 'sent');
      await inbox.release('a');
      await lease(inbox, 'slack', 'b');
      assert.equal(await inbox.begin(slack, starts, { mayBeLost: true }), 'fenced');
    });

    test('a digest that is sent marks its first notification sent and merges the others into it', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 3);
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 10);
      const ids = notifications.map(({ id }) => id);
      const attempts = await inbox.begin(slack, [{ request: '3 issues', notifications: ids }]);
      assert(typeof attempts !== 'string' && attempts[0] !== undefined);
      await inbox.end(slack, [sent(attempts[0])], NO_PAUSE);
      const records = await Promise.all(notifications.map(({ eventId }) => inbox.show(eventId)));
      assert.deepEqual(
        records.map((record) => [record?.notifications[0]?.state, record?.notifications[0]?.mergedInto]),
        [
          ['sent', null],
          ['merged', ids[0]],
          ['merged', ids[0]],
        ],
      );
    });

    test('a transient failure leaves everything queued but what is out of tries', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 2);
      const slack = await lease(inbox, 'slack');
      const ids = (await inbox.waiting('slack', 10)).notifications.map(({ id }) => id);
      const attempts = await inbox.begin(slack, [{ request: 'x', notifications: ids }]);
      assert(typeof attempts !== 'string' && attempts[0] !== undefined);
      const end: AttemptEnd = {
        attemptId: attempts[0],
        outcome: 'retry',
        detail: '503',
        state: 'queued',
        exhausted: ids.slice(0, 1),
        reason: 'out of tries',
      };
      await inbox.end(slack, [end], { notBefore: 5, failures: 1 });
      const left = await inbox.waiting('slack', 10);
      assert.deepEqual(
        left.notifications.map(({ id, tries }) => [id, tries]),
        [[ids[1], 1]],
      );
    });

    for (const policy of ['resend', 'hold'] as const) {
      test(`an attempt nobody ended is adopted by the next owner: ${policy}`, async () => {
        const { inbox, under, reopen } = await fresh();
        const [eventId] = await queued(inbox, 1);
        const first = await lease(inbox, 'slack', 'a');
        const [head] = (await inbox.waiting('slack', 1)).notifications;
        assert(head);
        const attempts = await inbox.begin(first, [{ request: 'x', notifications: [head.id] }]);
        assert(typeof attempts !== 'string');
        await under.advance(10_001);
        const other = await reopen();
        const second = await lease(other, 'slack', 'b');
        assert.equal(await other.adopt(second, policy), 1);
        assert.equal(await other.adopt(second, policy), 0);
        assert.equal((await other.waiting('slack', 9)).total, policy === 'resend' ? 1 : 0);
        if (policy === 'hold') await other.replay({ state: 'unknown' }, { dryRun: false });
        const [again] = (await other.waiting('slack', 9)).notifications;
        assert.equal(again?.maybeToldBy, attempts[0], 'it may have arrived, also for who tells it on purpose');
        const record = await other.show(eventId ?? 0);
        assert.equal(record?.notifications[0]?.attempts[0]?.outcome, 'unknown');
      });
    }

    test('what may have arrived is known by the newest attempt that nobody knows the end of, whatever came after', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 3);
      const slack = await lease(inbox, 'slack');
      const ids = (await inbox.waiting('slack', 9)).notifications.map(({ id }) => id);
      const begun: number[] = [];
      for (const [carried, outcome] of [
        [ids.slice(0, 2), 'unknown'],
        [ids.slice(0, 1), 'unknown'],
        [ids, 'retry'],
      ] as const) {
        const [attemptId] = (await inbox.begin(slack, [{ request: 'x', notifications: carried }])) as number[];
        assert(attemptId !== undefined);
        begun.push(attemptId);
        const open = (await inbox.waiting('slack', 9)).notifications.map(({ maybeToldBy }) => maybeToldBy);
        assert.ok(!open.includes(attemptId), 'not before it has ended');
        const end: AttemptEnd = { ...sent(attemptId), outcome, detail: 'no answer', state: 'queued' };
        await inbox.end(slack, [end], NO_PAUSE);
      }
      const doubts = (await inbox.waiting('slack', 9)).notifications.map(({ maybeToldBy }) => maybeToldBy);
      assert.deepEqual(doubts, [begun[1], begun[0], null]);
    });

    test('who begins anew with the lease it has adopts what it left open itself: it was too late to end it', async () => {
      const { inbox } = await fresh();
      const [eventId] = await queued(inbox, 1);
      const held = await lease(inbox, 'slack');
      const [head] = (await inbox.waiting('slack', 1)).notifications;
      assert(head);
      await inbox.begin(held, [{ request: 'x', notifications: [head.id] }]);
      assert.equal(await inbox.adopt(await lease(inbox, 'slack'), 'resend'), 1);
      const record = await inbox.show(eventId ?? 0);
      assert.equal(record?.notifications[0]?.attempts[0]?.outcome, 'unknown');
    });

    test('dead notifications are queued again by replay, with fresh tries', async () => {
      const { inbox } = await fresh();
      const [eventId] = await queued(inbox, 1);
      const slack = await lease(inbox, 'slack');
      const [head] = (await inbox.waiting('slack', 1)).notifications;
      assert(head);
      const attempts = await inbox.begin(slack, [{ request: 'x', notifications: [head.id] }]);
      assert(typeof attempts !== 'string' && attempts[0] !== undefined);
      const rejected = { outcome: 'rejected', detail: '404', state: 'dead', reason: 'gone', exhausted: [] } as const;
      await inbox.end(slack, [{ attemptId: attempts[0], ...rejected }], NO_PAUSE);
      assert.equal((await inbox.show(eventId ?? 0))?.notifications[0]?.reason, 'gone');
      assert.deepEqual(await inbox.replay({ state: 'dead' }, { dryRun: false }), [eventId]);
      assert.equal((await inbox.waiting('slack', 1)).notifications[0]?.tries, 0);
    });
  });
}
