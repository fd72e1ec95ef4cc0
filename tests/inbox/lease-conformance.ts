import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

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
  });
}
