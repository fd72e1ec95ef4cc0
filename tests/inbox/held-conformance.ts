import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UNSAID } from '../../src/model/activity.ts';
import type { Settled } from '../../src/model/event.ts';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

const THREAD = 'acme/api#12';
const NOTHING_LEARNED: Settled = { labels: null, isDraft: null };

const says = (settled: Partial<Settled>, thread = THREAD) => ({
  news: { thread, settled: { ...NOTHING_LEARNED, ...settled } },
});
const ended = (run: string, passed: boolean, key = 'ci') => ({ result: { key, run, passed } });

/** What a store owes to what is not due yet: events that settle, notifications in quiet hours. */
export function heldConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, held: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    async function fresh(count: number) {
      const { inbox, reopen, under } = await freshInbox();
      const [expander] = await inbox.acquire('a', ['expand'], 10_000);
      assert(expander);
      const appended = await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())));
      const ids = appended.map(({ id }) => id);
      const expand = (...expansions: Expansion[]) => inbox.expand(expander, expansions);
      return { inbox, expander, expand, ids, id: (n: number) => ids[n] ?? 0, reopen, under };
    }

    const seen = async (inbox: Inbox) => (await inbox.pending(999)).map(({ id, settled }) => [id, settled]);
    const inLane = async (inbox: Inbox, lane = 'slack') =>
      (await inbox.waiting(lane, 9_999)).notifications.map(({ eventId }) => eventId);
    const depthOf = async (inbox: Inbox, lane: string) =>
      (await inbox.depths()).find((each) => each.lane === lane) ?? { depth: 0, oldestReceivedAt: null };

    test('an event that settles stays pending, out of sight until it is due, and says what was learned: nothing', async () => {
      const { inbox, expand, id } = await fresh(2);
      assert.equal(await expand(settling(id(0), 500, THREAD)), 'done');
      assert.deepEqual(await seen(inbox), [[id(1), null]]);
      const record = await inbox.show(id(0));
      assert.deepEqual([record?.state, record?.settlesAt, record?.expandedAt], ['pending', 500, null]);
      assert.equal((await inbox.list({ state: 'pending', limit: 9 })).length, 2);
      assert.equal((await depthOf(inbox, 'expand')).depth, 1);
      assert.deepEqual(await inbox.bringBack(499), []);
      assert.equal((await seen(inbox)).length, 1);
      assert.deepEqual(await inbox.bringBack(500), []);
      assert.deepEqual(await seen(inbox), [
        [id(0), NOTHING_LEARNED],
        [id(1), null],
      ]);
      assert.equal((await inbox.show(id(0)))?.settlesAt, null);
      assert.equal((await depthOf(inbox, 'expand')).depth, 2);
    });

    test('it learns what later events say of its thread: the last in id order, field by field; null says nothing', async () => {
      const { inbox, expand, id } = await fresh(6);
      // In one batch with the first news, and out of order.
      await expand(
        settling(id(0), 500, THREAD),
        routed(id(1), [], says({ labels: ['bug'], isDraft: true })),
        routed(id(4), [], says({ labels: ['wip', 'bug'] })),
      );
      await expand(routed(id(3), [], says({ labels: ['early'], isDraft: false })));
      await expand(routed(id(5), [], says({})));
      await inbox.bringBack(500);
      assert.deepEqual(await seen(inbox), [
        [id(0), { labels: ['wip', 'bug'], isDraft: false }],
        [id(2), null],
      ]);
    });

    test('what an earlier event says, the event itself, or another thread, is no news', async () => {
      const { inbox, expand, id } = await fresh(5);
      const own = says({ labels: ['own'], isDraft: true });
      await expand(settling(id(1), 500, THREAD, own), settling(id(2), 500, 'acme/api#13'), settling(id(3), 500));
      await expand(routed(id(0), [], says({ labels: ['before'], isDraft: true })));
      await expand(routed(id(4), [], says({ labels: [], isDraft: false }, 'acme/api#13')));
      await inbox.bringBack(500);
      assert.deepEqual(await seen(inbox), [
        [id(1), NOTHING_LEARNED],
        [id(2), { labels: [], isDraft: false }],
        [id(3), NOTHING_LEARNED],
      ]);
    });

    test('it may settle again, and keeps what it learned', async () => {
      const { inbox, expand, id } = await fresh(3);
      await expand(settling(id(0), 500, THREAD), routed(id(1), [], says({ labels: ['bug'] })));
      await inbox.bringBack(600);
      await expand(settling(id(0), 900, THREAD));
      await expand(routed(id(2), [], says({ isDraft: true })));
      await inbox.bringBack(899);
      assert.deepEqual(await seen(inbox), []);
      assert.equal((await inbox.show(id(0)))?.settlesAt, 900);
      await inbox.bringBack(900);
      assert.deepEqual(await seen(inbox), [[id(0), { labels: ['bug'], isDraft: true }]]);
    });

    test('once decided, what was kept is gone: a replay starts unsettled, and may settle like any other', async () => {
      const { inbox, expand, id } = await fresh(2);
      await expand(settling(id(0), 500, THREAD), routed(id(1), [], says({ labels: ['bug'] })));
      await inbox.bringBack(500);
      await expand(routed(id(0), ['slack'], { text: 'body' }));
      assert.deepEqual(await seen(inbox), []);
      assert.deepEqual(await inbox.replay({ ids: [id(0)] }, { dryRun: false }), [id(0)]);
      assert.deepEqual(await seen(inbox), [[id(0), null]]);

      await expand(settling(id(0), 900, THREAD));
      assert.deepEqual(await seen(inbox), []);
      const record = await inbox.show(id(0));
      assert.deepEqual([record?.state, record?.settlesAt, record?.replays], ['pending', 900, 1]);
      assert.deepEqual(await inbox.list({ state: 'routed', limit: 9 }), [(await inbox.list({ limit: 1 }))[0]]);
      assert.deepEqual(await inbox.replay({ state: 'routed' }, { dryRun: true }), [id(1)]);
    });

    test('a replay leaves an event that settles alone', async () => {
      const { inbox, expand, id } = await fresh(1);
      await expand(settling(id(0), 500, THREAD));
      assert.deepEqual(await inbox.replay({ ids: [id(0)] }, { dryRun: false }), []);
      assert.deepEqual(await inbox.replay({ state: 'pending' }, { dryRun: false }), [id(0)]);
      assert.deepEqual(await seen(inbox), []);
      await inbox.bringBack(500);
      assert.deepEqual((await inbox.pending(1))[0]?.replays, 0);
    });

    test('an event decided out of sight is decided: nothing brings it back', async () => {
      const { inbox, expand, id } = await fresh(1);
      await expand(settling(id(0), 500, THREAD));
      await expand(routed(id(0), ['slack']));
      assert.equal((await inbox.show(id(0)))?.state, 'routed');
      await inbox.bringBack(500);
      assert.deepEqual(await seen(inbox), []);
      assert.deepEqual(await inLane(inbox), [id(0)]);
    });

    test('a body that came while the first settles is told, and the first is then told already', async () => {
      const { inbox, expand } = await fresh(0);
      const first = (await inbox.append(newEvent({ text: 'same', guid: 'g1' }))).id;
      const second = (await inbox.append(newEvent({ text: 'same', guid: 'g2' }))).id;
      await expand(
        { ...settling(first, 500, THREAD), bodyDigest: routed(first, [], { text: 'same' }).bodyDigest },
        routed(second, ['slack'], { text: 'same', dedupKey: 'k' }),
      );
      assert.equal((await inbox.show(second))?.state, 'routed');
      await inbox.bringBack(500);
      await expand(routed(first, ['slack'], { text: 'same', dedupKey: 'k' }));
      assert.equal((await inbox.show(first))?.reason, `already told as event ${second}`);
    });

    test('an event that is replayed and settles is no first of its body meanwhile', async () => {
      const { inbox, expand } = await fresh(0);
      const first = (await inbox.append(newEvent({ text: 'same', guid: 'g1' }))).id;
      const second = (await inbox.append(newEvent({ text: 'same', guid: 'g2' }))).id;
      await expand(routed(first, [], { text: 'same' }));
      await inbox.replay({ ids: [first] }, { dryRun: false });
      await expand(settling(first, 500));
      await expand(routed(second, ['slack'], { text: 'same' }));
      assert.equal((await inbox.show(second))?.state, 'routed');
    });

    test('200 events that settle in front of the queue do not hide those behind', async () => {
      const { inbox, expand, ids } = await fresh(260);
      await expand(...ids.slice(0, 200).map((id, n) => settling(id, 500 + n, `acme/api#${n % 2}`)));
      const first = await inbox.pending(40);
      assert.deepEqual(
        first.map(({ id }) => id),
        ids.slice(200, 240),
      );
      const rest = await inbox.pending(999, first.at(-1)?.id);
      assert.deepEqual(
        rest.map(({ id }) => id),
        ids.slice(240),
      );
      const [last] = rest.toReversed();
      await expand(routed(last?.id ?? 0, [], says({ labels: ['odd'] }, 'acme/api#1')));
      await inbox.bringBack(599);
      const back = (await inbox.pending(999)).slice(0, 101);
      assert.deepEqual(
        back.map(({ id }) => id),
        [...ids.slice(0, 100), ids[200]],
      );
      assert.deepEqual(
        back.slice(0, 2).map(({ settled }) => settled?.labels),
        [null, ['odd']],
      );
    });

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

    test('nobody learns from what is quarantined before it is released', async () => {
      const { inbox, expand } = await fresh(0);
      const ids: number[] = [];
      for (const [text, guid] of [
        ['same', 'g1'],
        ['opened', 'g2'],
        ['same', 'g3'],
      ] as const) {
        ids.push((await inbox.append(newEvent({ text, guid }))).id);
      }
      const [first = 0, opened = 0, suspect = 0] = ids;
      const forged = { text: 'same', ...says({ labels: ['forged'] }), ...ended('1', false) };
      await expand(routed(first, ['slack'], { text: 'same' }), settling(opened, 500, THREAD));
      await expand(routed(suspect, ['slack'], forged));
      assert.equal((await inbox.show(suspect))?.state, 'quarantined');
      await inbox.bringBack(500);
      const question = [{ key: 'ci', run: '2', eventId: suspect + 1 }];
      assert.deepEqual(await inbox.resultsBefore(question), [null]);
      assert.deepEqual((await inbox.pending(9)).at(0)?.settled, NOTHING_LEARNED);
      await inbox.replay({ ids: [suspect] }, { dryRun: false });
      await expand(routed(suspect, ['slack'], forged));
      assert.deepEqual(await inbox.resultsBefore(question), [false]);
      assert.deepEqual((await inbox.pending(9)).at(0)?.settled, { labels: ['forged'], isDraft: null });
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
        before: await inbox.resultsBefore([{ key: 'ci', run: '2', eventId: id(2) }]),
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

    test('an activity that was stored before a field existed says nothing of it', async () => {
      const { inbox, expand, id } = await fresh(1);
      const expansion = routed(id(0), ['slack']);
      const notifications = expansion.notifications.map((notification) => {
        const { mentions: _, pullRequest: __, isMinor: ___, ...activity } = notification.activity;
        return { ...notification, activity: activity as typeof notification.activity };
      });
      await expand({ ...expansion, notifications });
      const [told] = (await inbox.waiting('slack', 1)).notifications;
      assert.deepEqual(
        [told?.activity.mentions, told?.activity.pullRequest, told?.activity.isMinor],
        [UNSAID.mentions, UNSAID.pullRequest, UNSAID.isMinor],
      );
      assert.equal(told?.activity.kind, 'issues.opened');
    });

    test('an attempt carries what came back like anything else', async () => {
      const { inbox, expand, id } = await fresh(1);
      await expand(routed(id(0), ['slack'], { notBefore: 500 }));
      await inbox.bringBack(500);
      const [lane] = (await inbox.acquire('a', ['slack'], 10_000)) as Lease[];
      assert(lane);
      const [head] = (await inbox.waiting('slack', 1)).notifications;
      const begun = await inbox.begin(lane, [{ request: 'hello', notifications: [head?.id ?? 0] }]);
      assert(begun !== 'fenced' && begun[0] !== undefined);
      const told = { outcome: 'sent', detail: 'ok', state: 'sent', exhausted: [], reason: null } as const;
      await inbox.end(lane, [{ attemptId: begun[0], ...told }], { notBefore: 0, failures: 0 });
      assert.deepEqual(await inLane(inbox), []);
      assert.equal((await inbox.show(id(0)))?.notifications[0]?.state, 'sent');
    });
  });
}
