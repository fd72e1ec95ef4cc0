import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

/** What a store owes to whoever reads all of it. */
export function historyConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, history: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('every event is read once, in id order, page by page, as it came, whatever became of it', async () => {
      const { inbox } = await freshInbox();
      const events = Array.from({ length: 5 }, (_, n) => newEvent({ receivedAt: 1_000 + n, type: `t${n}` }));
      const ids: number[] = [];
      for (const event of events) ids.push((await inbox.append(event)).id);
      const [expander] = await inbox.acquire('a', ['expand'], 10_000);
      assert(expander);
      const [first = 0, second = 0] = ids;
      await inbox.expand(expander, [routed(first, ['slack']), settling(second, 9_999, 'acme/api#1')]);
      const pages = [await inbox.read(0, 2), await inbox.read(second, 2), await inbox.read(ids.at(3) ?? 0, 2)];
      assert.deepEqual(
        pages.map((page) => page.length),
        [2, 2, 1],
      );
      for (const [index, stored] of pages.flat().entries()) {
        const { secretNo: _, body, ...sent } = events[index] ?? newEvent();
        assert.partialDeepStrictEqual(stored, { id: ids[index], ...sent, replays: 0, settled: null });
        assert.deepEqual(stored.body, body);
      }
      assert.deepEqual(await inbox.read(ids.at(-1) ?? 0, 2), []);
    });

    test('what is quarantined is left out until it is released; large bodies come in smaller pages', async () => {
      const { inbox } = await freshInbox();
      const text = JSON.stringify({ big: 'x'.repeat(3 * 1024 * 1024) });
      const [a, b] = [await inbox.append(newEvent({ text })), await inbox.append(newEvent({ text }))];
      const [expander] = await inbox.acquire('a', ['expand'], 10_000);
      assert(expander);
      const idsOf = async (afterId: number) => (await inbox.read(afterId, 10)).map(({ id }) => id);
      assert.deepEqual([await idsOf(0), await idsOf(a.id)], [[a.id], [b.id]]);
      await inbox.expand(expander, [
        routed(a.id, ['slack'], { text: 'same' }),
        routed(b.id, ['slack'], { text: 'same' }),
      ]);
      assert.equal((await inbox.show(b.id))?.state, 'quarantined');
      assert.deepEqual([await idsOf(0), await idsOf(a.id)], [[a.id], []]);
      await inbox.replay({ ids: [b.id] }, { dryRun: false });
      assert.deepEqual(await idsOf(a.id), [b.id]);
    });

    test('the last event before a time is the newest one that is older; 0 where none is', async () => {
      const { inbox } = await freshInbox();
      assert.equal(await inbox.lastBefore(5_000), 0);
      const ids: number[] = [];
      for (const receivedAt of [1_000, 3_000, 2_000, 4_000]) {
        ids.push((await inbox.append(newEvent({ receivedAt }))).id);
      }
      const asked = await Promise.all([1_000, 1_001, 3_000, 4_000, 9_000].map((time) => inbox.lastBefore(time)));
      assert.deepEqual(asked, [0, ids[0], ids[2], ids[2], ids[3]]);
    });
  });
}
