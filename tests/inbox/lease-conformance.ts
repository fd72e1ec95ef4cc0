import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { freshInboxes, type InboxUnderTest, lease, queued } from './inbox-under-test.ts';

const NO_PAUSE = { notBefore: 0, failures: 0 };

/** Who owns a lane, until when, by whose clock: src/model/inbox/lanes.ts. */
export function leaseConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, leases: ${name}`, () => {
    const fresh = freshInboxes(create);

    test('a lane has one owner; a later owner has a larger epoch and fences the first off', async () => {
      const { inbox, under } = await fresh();
      const first = await lease(inbox, 'slack', 'a');
      assert.deepEqual(await inbox.acquire('b', ['slack'], 10_000), []);
      assert.deepEqual(
        (await inbox.owners()).map(({ lane, owner }) => `${lane} ${owner}`),
        ['slack a'],
      );
      await under.advance(10_001);
      assert.deepEqual(await inbox.owners(), []);
      const second = await lease(inbox, 'slack', 'b');
      assert(second.epoch > first.epoch);
      assert.equal(await inbox.begin(first, []), 'fenced');
      assert.equal(await inbox.end(first, [], NO_PAUSE), 'fenced');
      assert.equal(await inbox.adopt(first, 'resend'), 'fenced');
      assert.equal(await inbox.expand({ ...first, lane: 'slack' }, []), 'fenced');
      assert.deepEqual(await inbox.acquire('a', ['slack'], 10_000), []);
    });

    test('a lease that a clock gave when it was ahead is expired, and its pause with it', async () => {
      const { inbox, under } = await fresh();
      const ahead = await lease(inbox, 'slack', 'a');
      const [now] = await inbox.owners();
      assert(now);
      await inbox.end(ahead, [], { notBefore: now.expiresAt, failures: 2 });
      await under.advance(-3_600_000);
      assert.deepEqual(await inbox.owners(), []);
      assert.equal(await inbox.owns(ahead, 0), false);
      const next = await lease(inbox, 'slack', 'b');
      assert.deepEqual([next.epoch, next.failures], [ahead.epoch + 1, 2]);
      const [holder] = await inbox.owners();
      assert(holder?.owner === 'b' && next.notBefore <= holder.expiresAt - 10_000);
      assert.equal(await inbox.begin(ahead, []), 'fenced');
    });

    test('a clock that is set back a little takes no lane from a worker that lives', async () => {
      const { inbox, under } = await fresh();
      const first = await lease(inbox, 'slack', 'a');
      await under.advance(-9_000);
      assert.deepEqual(await inbox.acquire('b', ['slack'], 10_000), []);
      assert.equal((await lease(inbox, 'slack', 'a')).epoch, first.epoch);
    });

    test('a lease is held until it runs out or somebody takes the lane, by the clock of the store', async () => {
      const { inbox, under } = await fresh();
      const first = await lease(inbox, 'slack', 'a');
      assert.deepEqual([await inbox.owns(first, 5_000), await inbox.owns(first, 10_001)], [true, false]);
      await under.advance(6_000);
      assert.deepEqual([await inbox.owns(first, 0), await inbox.owns(first, 5_000)], [true, false]);
      await under.advance(4_001);
      assert.equal(await inbox.owns(first, 0), false);
      const second = await lease(inbox, 'slack', 'b');
      assert.deepEqual([await inbox.owns(first, 0), await inbox.owns(second, 5_000)], [false, true]);
      await inbox.release('b');
      assert.equal(await inbox.owns(second, 0), false);
    });

    test('an attempt is recorded only while the lease lasts as long as asked for, by the clock of the store', async () => {
      const { inbox, under } = await fresh();
      const first = await lease(inbox, 'slack', 'a');
      const begin = (leastMs: number) => inbox.begin(first, [], { mayBeLost: true, leastMs });
      assert.deepEqual([await begin(5_000), await begin(10_001)], [[], 'fenced']);
      await under.advance(6_000);
      assert.deepEqual([await begin(0), await begin(5_000)], [[], 'fenced']);
      assert.equal((await lease(inbox, 'slack', 'a')).epoch, first.epoch);
      assert.deepEqual(await begin(5_000), []);
    });

    test('renewing keeps the epoch, releasing frees every lane of the owner at once', async () => {
      const { inbox } = await fresh();
      const first = await lease(inbox, 'slack');
      assert.equal((await lease(inbox, 'slack')).epoch, first.epoch);
      await inbox.release('a');
      assert.equal((await lease(inbox, 'slack', 'b')).owner, 'b');
    });

    test('a breakdown is kept with its lane, since when it was first met, for whoever takes it over', async () => {
      const { inbox, under } = await fresh();
      const first = await lease(inbox, 'slack');
      assert.equal(first.broken, null);
      await inbox.end(first, [], { ...NO_PAUSE, breakdown: 'webhook deleted' });
      const { broken } = await lease(inbox, 'slack');
      assert(broken?.reason === 'webhook deleted' && broken.at > 0);
      await under.advance(60_000);
      const next = await lease(inbox, 'slack', 'b');
      assert.deepEqual(next.broken, broken);
      await inbox.end(next, [], NO_PAUSE);
      await inbox.end(next, [], { ...NO_PAUSE, breakdown: 'archived\0' });
      const { broken: again } = await lease(inbox, 'slack', 'b');
      assert.equal(again?.at, broken.at);
      assert.match(again.reason, /^archived/);
      const [head] = await inbox.heads();
      const depth = (await inbox.depths()).find(({ lane }) => lane === 'slack');
      assert.deepEqual([head?.broken, depth?.broken], [again, again]);
      await inbox.end(next, [], { ...NO_PAUSE, breakdown: null });
      assert.equal((await lease(inbox, 'slack', 'b')).broken, null);
    });

    test('a broken lane is resumed once, by anybody, and word of it goes to the workers', async () => {
      const { inbox, reopen } = await fresh();
      const held = await lease(inbox, 'slack');
      const nothing = { wasBroken: false, held: null };
      assert.deepEqual([await inbox.resume('slack'), await inbox.resume('nobody')], [nothing, nothing]);
      await inbox.end(held, [], { ...NO_PAUSE, breakdown: 'webhook deleted' });
      const other = await reopen();
      const resumed = await Promise.all([other.resume('slack'), inbox.resume('slack')]);
      assert.equal(resumed.filter(({ wasBroken }) => wasBroken).length, 1);
      assert.deepEqual(await lease(inbox, 'slack'), held);
    });

    test('what was asked before a lane was resumed, and finds nothing there, breaks it no more; what is asked after does', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 1);
      const slack = await lease(inbox, 'slack');
      const begin = async () => {
        const begun = await inbox.begin(slack, [{ request: 'x', notifications: [] }]);
        assert(typeof begun !== 'string' && begun[0] !== undefined);
        return begun[0];
      };
      const answered = async (attemptId: number) => {
        const detail = { outcome: 'retry', detail: 'gone', state: 'queued', exhausted: [], reason: null } as const;
        await inbox.end(slack, [{ attemptId, ...detail }], { ...NO_PAUSE, breakdown: 'gone' });
        return (await lease(inbox, 'slack')).broken?.reason;
      };
      assert.equal(await answered(await begin()), 'gone');
      const early = await begin();
      assert.equal((await inbox.resume('slack')).wasBroken, true);
      assert.equal(await answered(early), undefined);
      assert.equal(await answered(await begin()), 'gone');
    });

    test('a try that does not count leaves what it carried as it was', async () => {
      const { inbox } = await fresh();
      const [event] = await queued(inbox, 1);
      const slack = await lease(inbox, 'slack');
      const [waiting] = (await inbox.waiting('slack', 1)).notifications;
      assert(event && waiting);
      const begun = await inbox.begin(slack, [{ request: 'x', notifications: [waiting.id] }]);
      assert(typeof begun !== 'string' && begun[0] !== undefined);
      assert.equal((await inbox.waiting('slack', 1)).notifications[0]?.tries, 1);
      const end = {
        attemptId: begun[0],
        outcome: 'retry',
        detail: 'gone',
        state: 'queued',
        exhausted: [],
        reason: null,
      } as const;
      await inbox.end(slack, [{ ...end, isUncounted: true }], { ...NO_PAUSE, breakdown: 'gone' });
      assert.deepEqual((await inbox.waiting('slack', 1)).notifications, [waiting]);
    });

    test('when something was last sent is kept, whatever was answered since', async () => {
      const { inbox, under } = await fresh();
      await queued(inbox, 2);
      const slack = await lease(inbox, 'slack');
      const sentAt = async () => (await inbox.depths()).find(({ lane }) => lane === 'slack')?.sentAt;
      const tell = async (outcome: 'sent' | 'retry') => {
        const [first] = (await inbox.waiting('slack', 1)).notifications;
        const begun = await inbox.begin(slack, [{ request: 'x', notifications: first ? [first.id] : [] }]);
        assert(typeof begun !== 'string' && begun[0] !== undefined);
        const state = outcome === 'sent' ? outcome : 'queued';
        await inbox.end(
          slack,
          [{ attemptId: begun[0], outcome, detail: '', state, exhausted: [], reason: null }],
          NO_PAUSE,
        );
      };
      await tell('retry');
      assert.equal(await sentAt(), null);
      await tell('sent');
      const first = await sentAt();
      assert(first);
      await under.advance(1_000);
      await tell('retry');
      assert.equal(await sentAt(), first);
    });
  });
}
