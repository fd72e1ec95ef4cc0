import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease, queued } from './inbox-under-test.ts';

/** Every guarantee the port's doc gives, asked of a real store; the suites beside this one ask the rest. */
export function inboxConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance: ${name}`, () => {
    const fresh = freshInboxes(create);

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

    test('depths tell how much waits, since when, and who owns the lane', async () => {
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
