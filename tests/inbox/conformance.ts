import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Inbox, Lease, Settlement } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

const sent = (attemptId: number): Settlement => ({
  attemptId,
  outcome: 'sent',
  detail: 'ok',
  state: 'sent',
  exhausted: [],
  reason: null,
});

const NO_PAUSE = { notBefore: 0, failures: 0 };

/** Every guarantee the port's doc gives, asked of a real store. */
export function inboxConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance: ${name}`, () => {
    const fresh = freshInboxes(create);

    async function lease(inbox: Inbox, lane: string, owner = 'a'): Promise<Lease> {
      const [held] = await inbox.hold(owner, [lane], 10_000);
      assert(held, `${owner} holds ${lane}`);
      return held;
    }

    /** An event told to `slack`, ready to be sent. */
    async function queued(inbox: Inbox, count: number): Promise<readonly number[]> {
      const expander = await lease(inbox, 'expand');
      const ids = await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())));
      await inbox.expand(
        expander,
        ids.map(({ id }) => routed(id, ['slack'])),
      );
      return ids.map(({ id }) => id);
    }

    test('an appended event is pending, byte for byte, with its headers', async () => {
      const { inbox } = await fresh();
      const event = newEvent({ text: '{"title":"\\u00e9 ♥ \\n","odd":1.0}' });
      const { status, id } = await inbox.append(event);
      assert.equal(status, 'accepted');
      const [stored] = await inbox.pending(10);
      assert.equal(stored?.id, id);
      assert.deepEqual(stored?.body, event.body);
      assert.deepEqual({ ...stored?.headers }, event.headers);
      const record = await inbox.show(id);
      assert.equal(record?.bodyDigest, null);
      assert.deepEqual(record?.body, event.body);
    });

    test('bodies of every size survive, compressible or not', async () => {
      const { inbox } = await fresh();
      const bodies = [Buffer.alloc(0), Buffer.from('x'), randomBytes(700_000), Buffer.alloc(3_000_000, '{"a":1}')];
      const ids = await Promise.all(
        bodies.map(async (body) => {
          const { body: _, ...event } = newEvent();
          return inbox.append({ ...event, body });
        }),
      );
      for (const [index, { id }] of ids.entries()) assert.deepEqual((await inbox.show(id))?.body, bodies[index]);
    });

    test('the same delivery id of the same source is a duplicate of the first, also within one commit', async () => {
      const { inbox } = await fresh();
      const event = newEvent({ deliveryId: '7:guid' });
      const results = await Promise.all([inbox.append(event), inbox.append(event), inbox.append(event)]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['accepted', 'duplicate', 'duplicate'],
      );
      assert.equal(new Set(results.map(({ id }) => id)).size, 1);
      const elsewhere = await inbox.append({ ...event, source: 'other' });
      assert.equal(elsewhere.status, 'accepted');
      assert.equal((await inbox.list({ limit: 10 })).length, 2);
    });

    test('a body told before under another guid is quarantined; the same guid through a second hook is not', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const ids: number[] = [];
      for (const [guid, hook] of [
        ['g1', 1],
        ['g1', 2],
        ['g2', 1],
        ['g1', 3],
      ] as const) {
        ids.push((await inbox.append(newEvent({ text: 'same', guid, deliveryId: `${hook}:${guid}` }))).id);
      }
      await inbox.expand(
        expander,
        ids.map((id) => routed(id, ['slack'], { text: 'same' })),
      );
      const records = await Promise.all(ids.map((id) => inbox.show(id)));
      assert.equal(records[0]?.bodyDigest, createHash('sha256').update('same').digest('hex'));
      assert.deepEqual(
        records.map((record) => [record?.state, record?.suspectOf, record?.notifications.length]),
        [
          ['routed', null, 1],
          ['routed', null, 1],
          ['quarantined', ids[0], 0],
          ['routed', null, 1],
        ],
      );
      assert.match(records[2]?.reason ?? '', new RegExp(`^same body as event ${ids[0]} .*: looks like a replay$`));
    });

    test('a body seen before that nobody would be told is skipped like any other', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const { id: first } = await inbox.append(newEvent({ text: 'same' }));
      const { id: second } = await inbox.append(newEvent({ text: 'same' }));
      const untold = { ...routed(second, [], { text: 'same' }), state: 'skipped' as const, reason: 'no rule' };
      await inbox.expand(expander, [routed(first, ['slack'], { text: 'same' }), untold]);
      assert.deepEqual([(await inbox.show(second))?.state, (await inbox.show(second))?.reason], ['skipped', 'no rule']);
    });

    test('a released event is told although its body came before', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const { id: first } = await inbox.append(newEvent({ text: 'same' }));
      const { id: second } = await inbox.append(newEvent({ text: 'same' }));
      await inbox.expand(expander, [
        routed(first, ['slack'], { text: 'same' }),
        routed(second, ['slack'], { text: 'same' }),
      ]);
      assert.equal((await inbox.show(second))?.state, 'quarantined');
      await inbox.replay({ ids: [second] }, { dryRun: false });
      await inbox.expand(expander, [routed(second, ['slack'], { text: 'same' })]);
      const record = await inbox.show(second);
      assert.deepEqual([record?.state, record?.replays, record?.suspectOf], ['routed', 0, null]);
    });

    test('pending events come in id order, after a given id, and not once they are decided', async () => {
      const { inbox } = await fresh();
      const ids = (await Promise.all(Array.from({ length: 5 }, () => inbox.append(newEvent())))).map(({ id }) => id);
      assert.deepEqual(
        (await inbox.pending(3)).map(({ id }) => id),
        ids.slice(0, 3),
      );
      assert.deepEqual(
        (await inbox.pending(9, ids[2])).map(({ id }) => id),
        ids.slice(3),
      );
      const expander = await lease(inbox, 'expand');
      await inbox.expand(expander, [routed(ids[0] ?? 0, ['slack'])]);
      assert.deepEqual(
        (await inbox.pending(9)).map(({ id }) => id),
        ids.slice(1),
      );
    });

    test('one dedup key is told once per destination; the second event says as which it was told', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const [one, two] = await Promise.all([inbox.append(newEvent()), inbox.append(newEvent())]);
      await inbox.expand(expander, [
        routed(one.id, ['slack', 'http'], { dedupKey: 'k' }),
        routed(two.id, ['slack'], { dedupKey: 'k' }),
      ]);
      assert.equal((await inbox.waiting('slack', 10)).total, 1);
      const second = await inbox.show(two.id);
      assert.equal(second?.state, 'skipped');
      assert.equal(second?.reason, `already told as event ${one.id}`);
    });

    test('what is sent leaves the queue, and the lane keeps its pause for the next owner', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 2);
      const slack = await lease(inbox, 'slack');
      const { notifications, total } = await inbox.waiting('slack', 1);
      assert.equal(total, 2);
      const [head] = notifications;
      assert(head);
      assert.equal(head.activity.kind, 'issues.opened');
      const attempts = await inbox.begin(slack, [{ request: 'hello', notifications: [head.id] }]);
      assert(attempts !== 'fenced' && attempts[0] !== undefined);
      await inbox.settle(slack, [sent(attempts[0])], { notBefore: 77_000, failures: 3 });
      assert.equal((await inbox.waiting('slack', 9)).total, 1);
      await inbox.release('a');
      const next = await lease(inbox, 'slack', 'b');
      assert.deepEqual([next.notBefore, next.failures], [77_000, 3]);
      const record = await inbox.show(head.eventId);
      assert.equal(record?.notifications[0]?.state, 'sent');
      assert.equal(record?.notifications[0]?.attempts[0]?.outcome, 'sent');
    });

    test('a digest that is sent marks its first notification sent and merges the others into it', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 3);
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 10);
      const ids = notifications.map(({ id }) => id);
      const attempts = await inbox.begin(slack, [{ request: '3 issues', notifications: ids }]);
      assert(attempts !== 'fenced' && attempts[0] !== undefined);
      await inbox.settle(slack, [sent(attempts[0])], NO_PAUSE);
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
      assert(attempts !== 'fenced' && attempts[0] !== undefined);
      const settlement: Settlement = {
        attemptId: attempts[0],
        outcome: 'retry',
        detail: '503',
        state: 'queued',
        exhausted: ids.slice(0, 1),
        reason: 'out of tries',
      };
      await inbox.settle(slack, [settlement], { notBefore: 5, failures: 1 });
      const left = await inbox.waiting('slack', 10);
      assert.deepEqual(
        left.notifications.map(({ id, tries }) => [id, tries]),
        [[ids[1], 1]],
      );
    });

    for (const policy of ['resend', 'hold'] as const) {
      test(`an attempt nobody settled is adopted by the next owner: ${policy}`, async () => {
        const { inbox, under, reopen } = await fresh();
        const [eventId] = await queued(inbox, 1);
        const first = await lease(inbox, 'slack', 'a');
        const [head] = (await inbox.waiting('slack', 1)).notifications;
        assert(head);
        await inbox.begin(first, [{ request: 'x', notifications: [head.id] }]);
        await under.advance(10_001);
        const other = await reopen();
        const second = await lease(other, 'slack', 'b');
        assert.equal(await other.adopt(second, policy), 1);
        assert.equal(await other.adopt(second, policy), 0);
        assert.equal((await other.waiting('slack', 9)).total, policy === 'resend' ? 1 : 0);
        const record = await other.show(eventId ?? 0);
        assert.equal(record?.notifications[0]?.attempts[0]?.outcome, 'unknown');
      });
    }

    test('who begins anew with the lease it has adopts what it left open itself: it was too late to settle it', async () => {
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

    test('replay puts events back to pending and counts; releasing a quarantined one does not count', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const [one, two] = await Promise.all([inbox.append(newEvent()), inbox.append(newEvent())]);
      const held = { ...routed(two.id, []), state: 'quarantined' as const, reason: 'same body' };
      await inbox.expand(expander, [routed(one.id, ['slack']), held]);
      assert.deepEqual(await inbox.replay({ state: 'quarantined' }, { dryRun: true }), [two.id]);
      assert.equal((await inbox.pending(9)).length, 0);
      assert.deepEqual(await inbox.replay({ ids: [one.id, two.id, 999] }, { dryRun: false }), [one.id, two.id]);
      assert.deepEqual(
        (await inbox.pending(9)).map(({ id, replays }) => [id, replays]),
        [
          [one.id, 1],
          [two.id, 0],
        ],
      );
    });

    test('dead notifications are queued again by replay, with fresh tries', async () => {
      const { inbox } = await fresh();
      const [eventId] = await queued(inbox, 1);
      const slack = await lease(inbox, 'slack');
      const [head] = (await inbox.waiting('slack', 1)).notifications;
      assert(head);
      const attempts = await inbox.begin(slack, [{ request: 'x', notifications: [head.id] }]);
      assert(attempts !== 'fenced' && attempts[0] !== undefined);
      const rejected = { outcome: 'rejected', detail: '404', state: 'dead', reason: 'gone', exhausted: [] } as const;
      await inbox.settle(slack, [{ attemptId: attempts[0], ...rejected }], NO_PAUSE);
      assert.equal((await inbox.show(eventId ?? 0))?.notifications[0]?.reason, 'gone');
      assert.deepEqual(await inbox.replay({ state: 'dead' }, { dryRun: false }), [eventId]);
      assert.equal((await inbox.waiting('slack', 1)).notifications[0]?.tries, 0);
    });

    test('lists newest first and filters by state, type, action, repository, time and the end of the page before', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const early = await inbox.append(newEvent({ receivedAt: 10, type: 'star' }));
      const late = await inbox.append(newEvent({ receivedAt: 20 }));
      await inbox.expand(expander, [{ ...routed(late.id, ['slack']), action: 'merged' }]);
      const ids = async (filter: object) => (await inbox.list({ limit: 10, ...filter })).map(({ id }) => id);
      assert.deepEqual(await ids({}), [late.id, early.id]);
      assert.deepEqual(await ids({ state: 'routed' }), [late.id]);
      assert.deepEqual(await ids({ type: 'star' }), [early.id]);
      assert.deepEqual(await ids({ action: 'merged' }), [late.id]);
      assert.deepEqual(await ids({ type: 'issues', action: 'closed' }), []);
      assert.deepEqual(await ids({ kind: 'star' }), [early.id]);
      assert.deepEqual(await ids({ kind: 'issues.merged' }), [late.id]);
      assert.deepEqual(await ids({ kind: 'issues.closed' }), []);
      assert.deepEqual(await ids({ repo: 'ACME/api' }), [late.id]);
      assert.deepEqual(await ids({ since: 11 }), [late.id]);
      assert.deepEqual(await ids({ before: late.id }), [early.id]);
      assert.deepEqual(await ids({ before: late.id, state: 'routed' }), []);
    });

    test('a kind with dots may be a type, or a type and an action', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const dispute = await inbox.append(newEvent({ type: 'charge.dispute' }));
      await inbox.expand(expander, [{ ...routed(dispute.id, ['slack']), action: 'created' }]);
      const ids = async (kind: string) => (await inbox.list({ limit: 10, kind })).map(({ id }) => id);
      assert.deepEqual(await ids('charge.dispute'), [dispute.id]);
      assert.deepEqual(await ids('charge.dispute.created'), [dispute.id]);
      assert.deepEqual([...(await ids('charge')), ...(await ids('charge.dispute.closed'))], []);
    });

    test('depths tell how much waits, since when, and who holds the lane', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 2);
      await inbox.append(newEvent({ receivedAt: 5 }));
      const depths = Object.fromEntries((await inbox.depths()).map((lane) => [lane.lane, lane]));
      assert.deepEqual([depths['expand']?.depth, depths['expand']?.oldestReceivedAt], [1, 5]);
      assert.deepEqual([depths['slack']?.depth, depths['slack']?.oldestReceivedAt], [2, 1_000]);
      assert.equal(depths['expand']?.owner, 'a');
      assert.deepEqual(await inbox.queued(), ['slack']);
    });

    test('a commit wakes another process that works on the same inbox', async () => {
      const { inbox, reopen } = await fresh();
      const other = await reopen();
      const woken = new Promise<void>((resolve) => {
        const stop = other.onWake(() => {
          stop();
          resolve();
        });
      });
      await inbox.append(newEvent());
      await woken;
      assert.equal((await other.pending(1)).length, 1);
    });

    test('checking says what it is, changes nothing, and may be repeated', async () => {
      const { inbox } = await fresh();
      const first = await inbox.check();
      await inbox.append(newEvent());
      const second = await inbox.check();
      assert(first.schemaVersion > 0);
      assert.deepEqual(second, { ...first, lastEventId: 1 });
    });

    test('what was appended is there after closing and opening again', async () => {
      const { inbox, reopen } = await fresh();
      const { id } = await inbox.append(newEvent());
      await inbox[Symbol.asyncDispose]();
      const again = await reopen();
      assert.equal((await again.pending(1))[0]?.id, id);
    });
  });
}
