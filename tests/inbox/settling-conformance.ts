import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { depthOf, ended, expanding, inLane, NOTHING_LEARNED, passedBefore, says, seen, THREAD } from './expanding.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

/** What a store owes to events that settle. */
export function settlingConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, settling: ${name}`, () => {
    const freshInbox = freshInboxes(create);
    const fresh = (count: number) => expanding(freshInbox, count);

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

    test('who joins comes back with what settles on its thread already, if that lasts longer than it says', async () => {
      const { inbox, expand, id } = await fresh(7);
      const until = async (n: number) => (await inbox.show(id(n)))?.settlesAt;
      await expand(
        settling(id(0), 500, 'push'),
        settling(id(1), 550, 'push', { joinsAfter: 50 }),
        settling(id(2), 1_000, 'push', { joinsAfter: 500 }),
        settling(id(3), 1_100, 'push', { joinsAfter: 600 }),
        settling(id(4), 560, 'other', { joinsAfter: 60 }),
      );
      await expand(settling(id(5), 900, 'push'));
      await expand(settling(id(6), 590, 'push', { joinsAfter: 90 }));
      assert.deepEqual(await Promise.all([0, 1, 2, 3, 4, 5, 6].map(until)), [500, 500, 1_000, 1_000, 560, 900, 500]);
      await inbox.bringBack(500);
      assert.deepEqual(
        (await inbox.pending(9)).map((event) => event.id),
        [id(0), id(1), id(6)],
      );
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

    test('a body that came while the first settles is told, and the first is then kept back as its copy', async () => {
      const { inbox, expand } = await fresh(0);
      const first = (await inbox.append(newEvent({ text: 'same', guid: 'g1' }))).id;
      const second = (await inbox.append(newEvent({ text: 'same', guid: 'g2' }))).id;
      await expand(
        { ...settling(first, 500, THREAD), bodyDigest: routed(first, [], { text: 'same' }).bodyDigest },
        routed(second, ['slack'], { text: 'same' }),
      );
      assert.equal((await inbox.show(second))?.state, 'routed');
      await inbox.bringBack(500);
      await expand(routed(first, ['slack'], { text: 'same' }));
      const { state, suspectOf } = (await inbox.show(first)) ?? {};
      assert.deepEqual([state, suspectOf], ['quarantined', second]);
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
      assert.deepEqual(await passedBefore(inbox, question), [null]);
      assert.deepEqual((await inbox.pending(9)).at(0)?.settled, NOTHING_LEARNED);
      await inbox.replay({ ids: [suspect] }, { dryRun: false });
      await expand(routed(suspect, ['slack'], forged));
      assert.deepEqual(await passedBefore(inbox, question), [false]);
      assert.deepEqual((await inbox.pending(9)).at(0)?.settled, { labels: ['forged'], isDraft: null });
    });
  });
}
