import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { depthOf, ended, expanding, inLane, passedBefore, says, seen, THREAD } from './expanding.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

/** What a store owes to notifications in quiet hours, and to all that is not due yet. */
export function heldConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, held: ${name}`, () => {
    const freshInbox = freshInboxes(create);
    const fresh = (count: number) => expanding(freshInbox, count);

    test('a notification in quiet hours is queued, not in its lane; when it is due it stands there in event order', async () => {
      const { inbox, expand, id } = await fresh(3);
      await expand(
        routed(id(0), ['slack'], { notBefore: 700 }),
        routed(id(1), ['slack', 'http'], { notBefore: 500 }),
        routed(id(2), ['slack']),
      );
      assert.deepEqual(await inLane(inbox), [id(2)]);
      assert.deepEqual(await inbox.queued(), ['slack']);
      assert.deepEqual([(await depthOf(inbox, 'slack')).depth, (await depthOf(inbox, 'http')).depth], [1, 0]);
      const [held] = (await inbox.show(id(0)))?.notifications ?? [];
      assert.deepEqual([held?.state, held?.notBefore], ['queued', 700]);

      assert.deepEqual(await inbox.bringBack(499), []);
      assert.deepEqual((await inbox.bringBack(699)).toSorted(), ['http', 'slack']);
      assert.deepEqual(await inLane(inbox), [id(1), id(2)]);
      assert.deepEqual(await inLane(inbox, 'http'), [id(1)]);
      assert.deepEqual(await inbox.bringBack(700), ['slack']);
      assert.deepEqual(await inbox.bringBack(700), []);
      assert.deepEqual(await inLane(inbox), [id(0), id(1), id(2)]);
      assert.deepEqual((await inbox.queued()).toSorted(), ['http', 'slack']);
      assert.equal((await depthOf(inbox, 'slack')).depth, 3);
      assert.equal((await inbox.show(id(0)))?.notifications[0]?.notBefore, null);
    });

    test('what is held counts as told: by dedup key and by echo key', async () => {
      const { inbox, expand, id } = await fresh(2);
      const { id: polled } = await inbox.append(newEvent({ origin: 'poll' }));
      await expand(
        routed(id(0), ['slack'], { notBefore: 500, dedupKey: 'k', echoKey: 'e' }),
        routed(id(1), ['slack'], { dedupKey: 'k' }),
        routed(polled, ['slack'], { echoKey: 'e' }),
      );
      const told = `already told as event ${id(0)}`;
      assert.deepEqual([(await inbox.show(id(1)))?.reason, (await inbox.show(polled))?.reason], [told, told]);
      await inbox.bringBack(500);
      assert.deepEqual(await inLane(inbox), [id(0)]);
    });

    test('a replay of what is held is told beside it', async () => {
      const { inbox, expand, id } = await fresh(1);
      await expand(routed(id(0), ['slack'], { notBefore: 500 }));
      await inbox.replay({ ids: [id(0)] }, { dryRun: false });
      await expand(routed(id(0), ['slack']));
      assert.deepEqual(await inLane(inbox), [id(0)]);
      await inbox.bringBack(500);
      assert.deepEqual(await inLane(inbox), [id(0), id(0)]);
      assert.equal((await inbox.show(id(0)))?.state, 'routed');
    });

    test('more than one statement brings back comes back by one call, once however many call', async () => {
      const { inbox, expand, id, reopen } = await fresh(1);
      const other = await reopen();
      const lanes = Array.from({ length: 5_001 }, (_, n) => `lane ${n}`);
      await expand(routed(id(0), lanes, { notBefore: 500 }));
      const back = (await Promise.all([inbox.bringBack(500), other.bringBack(500)])).flat();
      assert.equal(new Set([...back, ...(await inbox.bringBack(500))]).size, lanes.length);
      assert.equal((await inbox.queued()).length, lanes.length);
      assert.deepEqual(await inLane(inbox, 'lane 5000'), [id(0)]);
    });

    /** Something of everything, about three events; and what there is of it. */
    const everything = (id: (n: number) => number): Expansion[] => [
      settling(id(0), 500, THREAD),
      routed(id(1), ['slack'], { notBefore: 500, ...says({ labels: ['bug'] }), ...ended('1', true) }),
    ];
    async function traces(inbox: Inbox, id: (n: number) => number) {
      const record = await inbox.show(id(1));
      return {
        settlesAt: (await inbox.show(id(0)))?.settlesAt,
        notBefore: record?.notifications.map(({ notBefore }) => notBefore),
        before: await passedBefore(inbox, [{ key: 'ci', run: '2', eventId: id(2) }]),
      };
    }
    const NONE = { settlesAt: null, notBefore: [], before: [null] };

    test('who lost the expander keeps nothing; what is no longer pending is left alone', async () => {
      const { inbox, expander, expand, id, under } = await fresh(3);
      await under.advance(10_001);
      const [next] = await inbox.acquire('b', ['expand'], 10_000);
      assert(next);
      assert.equal(await expand(...everything(id)), 'fenced');
      assert.deepEqual(await traces(inbox, id), NONE);
      assert(next.epoch > expander.epoch);
      await inbox.expand(next, [routed(id(0), []), routed(id(1), [])]);
      assert.equal(await inbox.expand(next, everything(id)), 'done');
      assert.deepEqual(await traces(inbox, id), NONE);
      assert.equal((await inbox.show(id(0)))?.state, 'routed');
    });

    test('a batch that cannot be stored leaves nothing of it', async () => {
      const { inbox, expand, id } = await fresh(3);
      await assert.rejects(expand(...everything(id), { ...routed(id(2), []), state: 'odd' as 'routed' }));
      assert.deepEqual(await traces(inbox, id), NONE);
      assert.equal((await seen(inbox)).length, 3);
    });

    test('everything held is there for the next process, which brings it back; the lane is served by who holds it', async () => {
      const { inbox, expand, id, reopen } = await fresh(3);
      await expand(...everything(id));
      const other = await reopen();
      assert.deepEqual(await traces(other, id), { settlesAt: 500, notBefore: [500], before: [true] });
      assert.deepEqual(await other.bringBack(500), ['slack']);
      await inbox[Symbol.asyncDispose]();
      assert.deepEqual(await seen(other), [
        [id(0), { labels: ['bug'], isDraft: null }],
        [id(2), null],
      ]);
      assert.deepEqual(await inLane(other), [id(1)]);
    });

    test('what one process brings back wakes the others, who find it below what they have come to', async () => {
      const { inbox, expand, id, reopen } = await fresh(3);
      const other = await reopen();
      // A connection that begins to hear looks at everything: what it heard since is asked here.
      const listening = new Promise<void>((resolve) => other.onWake(resolve));
      await inbox.append(newEvent());
      await listening;
      await expand(...everything(id), routed(id(2), ['slack']));
      assert.equal((await seen(other)).length, 1);
      assert.deepEqual(await inLane(other), [id(2)]);
      const found = new Promise<void>((resolve, reject) => {
        other.onWake(() => {
          Promise.all([seen(other), inLane(other)]).then(([events, told]) => {
            if (events[0]?.[0] === id(0) && told[0] === id(1)) resolve();
          }, reject);
        });
      });
      await inbox.bringBack(500);
      await found;
    });

    test('an attempt carries what came back like anything else', async () => {
      const { inbox, expand, id } = await fresh(1);
      await expand(routed(id(0), ['slack'], { notBefore: 500 }));
      await inbox.bringBack(500);
      const [lane] = (await inbox.acquire('a', ['slack'], 10_000)) as Lease[];
      assert(lane);
      const [head] = (await inbox.waiting('slack', 1)).notifications;
      const begun = await inbox.begin(lane, [{ request: 'hello', notifications: [head?.id ?? 0] }]);
      assert(typeof begun !== 'string' && begun[0] !== undefined);
      const told = { outcome: 'sent', detail: 'ok', state: 'sent', exhausted: [], reason: null } as const;
      await inbox.end(lane, [{ attemptId: begun[0], ...told }], { notBefore: 0, failures: 0 });
      assert.deepEqual(await inLane(inbox), []);
      assert.equal((await inbox.show(id(0)))?.notifications[0]?.state, 'sent');
    });
  });
}
