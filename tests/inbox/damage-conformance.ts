import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed } from '../../src/jobs/expand/read-event.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

export interface DamagedUnderTest extends InboxUnderTest {
  /** Turns over the last byte of every segment: what is in them is as it was, and nobody can rely on it. */
  damageSegments(): void | Promise<void>;
}

const DAMAGE = /^its body is damaged: segment \d+ is damaged/;
const ANY = { since: null, until: null, repo: null, source: null };

const append = async (inbox: Inbox, texts: readonly string[]) =>
  (await Promise.all(texts.map((text) => inbox.append(newEvent({ text }))))).map(({ id }) => id);

/** Damaged bodies: the same on every engine. */
export function damageConformance(engine: string, create: () => Promise<DamagedUnderTest>): void {
  describe(`damage: ${engine}`, () => {
    const freshInbox = freshInboxes(create);

    test('of a damaged segment what was decided is read by its SHA-256, and what is pending fails by itself', async () => {
      const { inbox, under, reopen } = await freshInbox();
      const expander = await lease(inbox, 'expand');
      const [decided = 0, pending = 0] = await append(inbox, ['{"a":1}', '{"b":2}']);
      await inbox.expand(expander, [routed(decided, ['slack'], { text: '{"a":1}' })]);
      await under.damageSegments();
      const again = await reopen();
      const [sound = 0] = await append(again, ['{"c":3}']);

      const read = await again.pending(9);
      assert.deepEqual(
        read.map(({ id, body, damage }) => [id, body.toString(), damage === undefined]),
        [
          [pending, '', false],
          [sound, '{"c":3}', true],
        ],
      );
      const [hurt] = read.map((event) => failed(event, `its body is damaged: ${event.damage}`).expansion);
      assert.ok(hurt);
      assert.equal(await again.expand(expander, [hurt]), 'done');
      const shown = await again.show(pending);
      assert.deepEqual([shown?.state, shown?.body, shown?.headers], ['failed', null, null]);
      assert.match(shown?.reason ?? '', DAMAGE);
      assert.equal((await again.show(decided))?.body?.toString(), '{"a":1}');
    });

    test('history, export and check go on around it, and check names it', async () => {
      const { inbox, under, reopen } = await freshInbox();
      const [hurt = 0] = await append(inbox, ['{"a":1}']);
      await under.damageSegments();
      const again = await reopen();
      const [sound = 0] = await append(again, ['{"b":2}']);

      assert.deepEqual(
        (await again.read(0, 9)).map(({ id, damage }) => [id, damage !== undefined]),
        [
          [hurt, true],
          [sound, false],
        ],
      );
      const { events } = await again.readWhole(ANY, 0, 9);
      assert.deepEqual(
        events.map(({ id, body, damage }) => [id, body?.toString() ?? null, damage !== undefined]),
        [
          [hurt, null, true],
          [sound, '{"b":2}', false],
        ],
      );
      const checked = await again.checkEvents(0, 9);
      assert.deepEqual([checked.count, checked.hurt.length, checked.lastId], [2, 1, null]);
      assert.equal(checked.hurt[0]?.id, hurt);
      assert.match(checked.hurt[0]?.damage[0] ?? '', DAMAGE);
      assert.equal(checked.hurt[0]?.known?.state, 'pending');
    });

    test('what is erased from a damaged segment does not make the rest of it look sound', async () => {
      const { inbox, under, reopen } = await freshInbox();
      const expander = await lease(inbox, 'expand');
      const [going = 0, staying = 0] = await append(inbox, ['{"a":1}', '{"b":2}']);
      await inbox.expand(expander, [{ ...routed(going, [], { text: '{"a":1}' }), state: 'skipped' }]);
      await under.damageSegments();
      const again = await reopen();
      const pruner = await lease(again, 'prune');
      const [segment] = await again.keptSegments(0, 1);
      assert.equal(await again.eraseBodies(pruner, segment?.id ?? 0, [going]), 1);
      const { hurt } = await again.checkEvents(0, 9);
      assert.deepEqual(
        hurt.map(({ id }) => id),
        [staying],
      );
    });

    test('a page of large commits is exported whole', async () => {
      const { inbox } = await freshInbox();
      const texts = Array.from({ length: 7 * 16 }, (_, n) => JSON.stringify({ n, text: `${n} `.repeat(4_000) }));
      for (let from = 0; from < texts.length; from += 16) await append(inbox, texts.slice(from, from + 16));
      const bodies: string[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const { events, lastId } = await inbox.readWhole(ANY, after, 400);
        bodies.push(...events.map(({ body }) => body?.toString() ?? 'none'));
        after = lastId;
      }
      assert.deepEqual(bodies, texts);
    });
  });
}
