import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Origin } from '../../src/model/event.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

const ECHO = 'pull_request.merged acme/api 12';

/** What a store owes to the ways an event can come: told once by either way, cursors kept, guids known. */
export function originConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, origins: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    async function fresh(): Promise<{ inbox: Inbox; expander: Lease; reopen(): Promise<Inbox> }> {
      const { inbox, reopen } = await freshInbox();
      const [expander] = await inbox.acquire('a', ['expand'], 10_000);
      assert(expander);
      return { inbox, expander, reopen };
    }

    /** One event of each origin, in this order, all told to Slack with the same echo key: their states and reasons. */
    async function told(origins: readonly Origin[]) {
      const { inbox, expander } = await fresh();
      for (const origin of origins) {
        const { id } = await inbox.append(newEvent({ origin }));
        await inbox.expand(expander, [routed(id, ['slack'], { echoKey: ECHO })]);
      }
      const events = (await inbox.list({ limit: 9 })).toReversed();
      const waiting = (await inbox.waiting('slack', 9)).total;
      return { waiting, events: events.map(({ origin, state, reason }) => [origin, state, reason]) };
    }

    test('an event keeps how it came', async () => {
      const { inbox } = await fresh();
      const { id } = await inbox.append(newEvent({ origin: 'recovered', secretNo: 0 }));
      assert.equal((await inbox.pending(1))[0]?.origin, 'recovered');
      const record = await inbox.show(id);
      assert.deepEqual([record?.origin, record?.secretNo], ['recovered', 0]);
    });

    for (const [first, second] of [
      ['webhook', 'poll'],
      ['poll', 'webhook'],
      ['recovered', 'poll'],
      ['poll', 'recovered'],
    ] as const) {
      test(`what came by ${first} is not told again when it comes by ${second}`, async () => {
        const { waiting, events } = await told([first, second]);
        assert.equal(waiting, 1);
        assert.deepEqual(events, [
          [first, 'routed', null],
          [second, 'skipped', 'already told as event 1'],
        ]);
      });
    }

    test('two that look alike and came the same way are two happenings', async () => {
      assert.equal((await told(['webhook', 'webhook', 'recovered'])).waiting, 3);
      assert.equal((await told(['poll', 'poll'])).waiting, 2);
    });

    test('an echo is known by destination: another one is still told; a replay is told whatever came before', async () => {
      const { inbox, expander } = await fresh();
      const { id: pushed } = await inbox.append(newEvent());
      const { id: polled } = await inbox.append(newEvent({ origin: 'poll' }));
      await inbox.expand(expander, [
        routed(pushed, ['slack'], { echoKey: ECHO }),
        routed(polled, ['slack', 'http'], { echoKey: ECHO }),
      ]);
      assert.equal((await inbox.waiting('slack', 9)).total, 1);
      assert.equal((await inbox.waiting('http', 9)).total, 1);
      assert.equal((await inbox.show(polled))?.state, 'routed');
      await inbox.replay({ ids: [polled] }, { dryRun: false });
      const again = routed(polled, ['slack'], { echoKey: ECHO });
      const replayed = again.notifications.map((notification) => ({ ...notification, isReplay: true }));
      await inbox.expand(expander, [{ ...again, notifications: replayed }]);
      assert.equal((await inbox.waiting('slack', 9)).total, 2);
    });

    test('cursors are remembered by name, replaced, and there after opening again', async () => {
      const { inbox, reopen } = await fresh();
      assert.equal(await inbox.recall('poll acme/api'), null);
      await inbox.remember('poll acme/api', '1');
      await inbox.remember('poll acme/api', '2');
      await inbox.remember('poll acme/web', '3');
      await inbox[Symbol.asyncDispose]();
      const again = await reopen();
      assert.equal(await again.recall('poll acme/api'), '2');
      assert.equal(await again.recall('poll acme/web'), '3');
      await again.remember('poll acme/api', null);
      await again.remember('never there', null);
      assert.equal(await again.recall('poll acme/api'), null);
      assert.equal(await again.recall('poll acme/web'), '3');
    });

    test('of many who exchange what a cursor says, one does; who read something else changes nothing', async () => {
      const { inbox, reopen } = await fresh();
      const other = await reopen();
      const tried = (from: string | null) =>
        Promise.all(
          [inbox, other, inbox, other].map((each, index) => each.exchange('replays', from, `${from} ${index}`)),
        );
      let said: string | null = null;
      for (let round = 0; round < 3; round++) {
        const won: readonly string[] = (await tried(said)).flatMap((isChanged, index) =>
          isChanged ? [`${said} ${index}`] : [],
        );
        said = await inbox.recall('replays');
        assert.deepEqual(won, [said]);
      }
      assert.equal(await other.exchange('replays', null, 'x'), false);
      assert.equal(await other.exchange('never there', 'a', 'x'), false);
      assert.equal(await inbox.recall('never there'), null);
      assert.equal(await inbox.recall('replays'), said);
    });

    test('of many guids, those accepted here from that source are known', async () => {
      const { inbox } = await fresh();
      await inbox.append(newEvent({ guid: 'g1', deliveryId: '7:g1' }));
      await inbox.append(newEvent({ guid: 'g2', deliveryId: '7:g2', source: 'other' }));
      const asked = ['g1', 'g2', ...Array.from({ length: 2_000 }, (_, n) => `unknown ${n}`)];
      assert.deepEqual([...(await inbox.known('github', asked))], ['g1']);
      assert.deepEqual([...(await inbox.known('github', []))], []);
    });
  });
}
