import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Mute } from '../../src/model/inbox/mutes.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

/** What a store owes to people who want to hear nothing, or to be reminded. */
export function wishConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, mutes and reminders: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('a thread is muted for one destination or person, until some time or for good', async () => {
      const { inbox, reopen } = await freshInbox();
      const mute: Mute = { thread: 'acme/api#1', whom: 'team', until: 2_000, by: 'mona ♥ \0', at: 1_000 };
      const mine: Mute = { thread: 'acme/api#1', whom: '@mona', until: null, by: 'mona', at: 1_001 };
      const odd: Mute = { thread: 'nul \0', whom: '@mona', until: null, by: 'mona', at: 900 };
      for (const each of [{ ...mute, until: 1 }, mute, mine, odd]) await inbox.mute(each);
      const asked = ['acme/api#1', 'acme/api#2'];
      const whoms = async (now: number) =>
        (await (await reopen()).mutes(asked, now)).map(({ whom, until }) => [whom, until]);
      assert.deepEqual(await whoms(1_999), [
        ['@mona', null],
        ['team', 2_000],
      ]);
      assert.deepEqual(await whoms(2_000), [['@mona', null]]);
      assert.deepEqual(await inbox.mutesOf('@mona', 0, 1), [mine]);
      assert.equal((await inbox.mutesOf('@mona', 0, 9)).length, 2);
      assert.equal((await inbox.mutes(['nul \0'], 0)).length, 1);
      assert.equal(await inbox.unmute('acme/api#1', '@mona'), true);
      assert.equal(await inbox.unmute('acme/api#1', '@mona'), false);
      assert.deepEqual(await whoms(2_000), []);
      assert.deepEqual(await inbox.mutes([], 0), []);
    });

    test('each due reminder is taken by one of several, and ended once', async () => {
      const { inbox, reopen } = await freshInbox();
      const other = await reopen();
      const due = { name: 'morning', dueAt: 7_000 };
      const taken = await Promise.all(
        [inbox, other, inbox, other].map((each, n) => each.takeReminder(due, `owner ${n}`, 10_000)),
      );
      const [mine, ...rest] = taken.filter((each) => each !== null);
      assert(mine && rest.length === 0);
      assert.equal(mine.tries, 1);
      assert.deepEqual(await inbox.reminders('morning', 9), [{ ...due, outcome: null, detail: null, endedAt: null }]);
      assert.equal(await other.endReminder({ ...mine, owner: 'another' }, 'said', ''), false);
      assert.equal(await other.endReminder(mine, 'said', 'to team ♥'), true);
      assert.equal(await inbox.endReminder(mine, 'failed', ''), false);
      assert.equal(await inbox.takeReminder(due, 'owner 9', 10_000), null);
      const later = await inbox.takeReminder({ ...due, dueAt: 8_000 }, 'owner 9', 10_000);
      assert.equal(later?.tries, 1);
      const [newest, said] = await inbox.reminders('morning', 9);
      assert.deepEqual([newest?.dueAt, newest?.outcome], [8_000, null]);
      assert.deepEqual([said?.outcome, said?.detail, typeof said?.endedAt], ['said', 'to team ♥', 'number']);
      assert.equal((await inbox.reminders('morning', 1)).length, 1);
      assert.deepEqual(await inbox.reminders('evening', 9), []);
    });

    test('whoever took it and never came back is followed, and comes too late then', async () => {
      const { inbox, under } = await freshInbox();
      const due = { name: 'morning', dueAt: 7_000 };
      const lost = await inbox.takeReminder(due, 'a', 10_000);
      assert(lost);
      await under.advance(9_000);
      assert.equal(await inbox.takeReminder(due, 'b', 10_000), null);
      await under.advance(2_000);
      const next = await inbox.takeReminder(due, 'b', 10_000);
      assert.equal(next?.tries, 2);
      assert.equal(await inbox.endReminder(lost, 'said', ''), false);
      assert.equal(await inbox.endReminder(next, 'silent', ''), true);
    });
  });
}
