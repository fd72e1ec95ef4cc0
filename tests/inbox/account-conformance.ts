import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

const HOUR = 3_600_000;

/** The pace that lanes of several processes share: src/model/inbox/accounts.ts. The store's clock may run on meanwhile. */
export function accountConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, accounts: ${name}`, () => {
    const fresh = freshInboxes(create);

    const about = (actual: number, expected: number) =>
      assert.ok(actual <= expected + 1 && actual > expected - 5_000, `${actual} is about ${expected}`);

    test('slots are given in the order in which they are asked for, whoever asks', async () => {
      const { inbox, reopen } = await fresh();
      const other = await reopen();
      assert.deepEqual(await inbox.reserve('bot', 1, 60_000), { waitMs: 0, slowdowns: 0 });
      about((await other.reserve('bot', 2, 60_000)).waitMs, 60_000);
      about((await inbox.reserve('bot', 1, 60_000)).waitMs, 180_000);
      assert.equal((await other.reserve('another', 1, 60_000)).waitMs, 0);
    });

    test('what is asked for at once by two is given to both, one after the other', async () => {
      const { inbox, reopen } = await fresh();
      const second = await reopen();
      const asked = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? inbox : second).reserve('bot', 1, 60_000));
      const waits = (await Promise.all(asked)).map((each) => Math.round(each.waitMs / 60_000));
      assert.deepEqual(
        waits.toSorted((a, b) => a - b),
        Array.from({ length: 20 }, (_, n) => n),
      );
    });

    test('what was not used is not saved up', async () => {
      const { inbox, under } = await fresh();
      await inbox.reserve('bot', 1, 60_000);
      await under.advance(HOUR);
      assert.equal((await inbox.reserve('bot', 1, 60_000)).waitMs, 0);
      about((await inbox.reserve('bot', 1, 60_000)).waitMs, 60_000);
    });

    test('slowed down, it begins no earlier, and what was reserved before is void', async () => {
      const { inbox, reopen } = await fresh();
      const other = await reopen();
      const before = await inbox.reserve('bot', 1, 100);
      assert.equal(await inbox.claim('bot', 1, 100, before.slowdowns), true);
      await other.slowDown('bot', 60_000);
      assert.equal(await inbox.claim('bot', 1, 100, before.slowdowns), false);
      const after = await inbox.reserve('bot', 1, 100);
      about(after.waitMs, 60_100);
      assert.equal(await other.claim('bot', 1, 100, after.slowdowns), true);
      await other.slowDown('bot', 1_000);
      about((await inbox.reserve('bot', 1, 100)).waitMs, 60_200);
      await inbox.slowDown('never asked', 60_000);
      about((await other.reserve('never asked', 1, 100)).waitMs, 60_000);
      assert.equal(await inbox.claim('nobody', 1, 100, 0), false);
    });

    test('what begins late is not followed at once', async () => {
      const { inbox, under } = await fresh();
      await inbox.reserve('bot', 1, 60_000);
      const { slowdowns } = await inbox.reserve('bot', 1, 60_000);
      await under.advance(HOUR);
      assert.equal(await inbox.claim('bot', 1, 60_000, slowdowns), true);
      about((await inbox.reserve('bot', 1, 60_000)).waitMs, 60_000);
    });

    test('nobody waits for longer than an hour, whatever was asked for', async () => {
      const { inbox } = await fresh();
      await inbox.slowDown('bot', 24 * HOUR);
      about((await inbox.reserve('bot', 1, HOUR)).waitMs, HOUR);
      about((await inbox.reserve('bot', 1, HOUR)).waitMs, HOUR);
    });

    test('a clock that is set back mutes no account', async () => {
      const { inbox, under } = await fresh();
      await inbox.slowDown('bot', 60_000);
      await under.advance(-HOUR);
      assert.equal((await inbox.reserve('bot', 1, 1_000)).waitMs, 0);
      about((await inbox.reserve('bot', 1, 1_000)).waitMs, 1_000);
    });

    test('a clock that is set back a little keeps the pace', async () => {
      const { inbox, under } = await fresh();
      await inbox.reserve('bot', 1, 20_000);
      await under.advance(-2_000);
      about((await inbox.reserve('bot', 1, 20_000)).waitMs, 22_000);
    });

    test('an account that nobody asks any more goes when another one comes', async () => {
      const { inbox, under } = await fresh();
      await inbox.slowDown('old', 1);
      await under.advance(25 * HOUR);
      await inbox.reserve('new', 1, 1);
      assert.equal((await inbox.reserve('old', 1, 1)).slowdowns, 0);
    });
  });
}
