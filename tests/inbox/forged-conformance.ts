import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

/** What looks forged is quarantined: src/model/inbox/backlog.ts, expand. */
export function forgedConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, what looks forged: ${name}`, () => {
    const fresh = freshInboxes(create);

    test('a body told before under another guid is quarantined; the same guid through a second hook is not', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const ids: number[] = [];
      for (const [guid, hook] of [
        ['g1', 1],
        ['g1', 2],
        ['g2', 1],
        ['g1', 3],
      ] as const) {
        ids.push((await inbox.append(newEvent({ text: 'same', guid, deliveryId: `${hook}:${guid}` }))).id);
      }
      await inbox.expand(
        expander,
        ids.map((id) => routed(id, ['slack'], { text: 'same' })),
      );
      const records = await Promise.all(ids.map((id) => inbox.show(id)));
      assert.equal(records[0]?.bodyDigest, createHash('sha256').update('same').digest('hex'));
      assert.deepEqual(
        records.map((record) => [record?.state, record?.suspectOf, record?.notifications.length]),
        [
          ['routed', null, 1],
          ['routed', null, 1],
          ['quarantined', ids[0], 0],
          ['routed', null, 1],
        ],
      );
      assert.match(records[2]?.reason ?? '', new RegExp(`^same body as event ${ids[0]} .*: looks like a replay$`));
    });

    test('a body seen before that nobody would be told is skipped like any other', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const { id: first } = await inbox.append(newEvent({ text: 'same' }));
      const { id: second } = await inbox.append(newEvent({ text: 'same' }));
      const untold = { ...routed(second, [], { text: 'same' }), state: 'skipped' as const, reason: 'no rule' };
      await inbox.expand(expander, [routed(first, ['slack'], { text: 'same' }), untold]);
      assert.deepEqual([(await inbox.show(second))?.state, (await inbox.show(second))?.reason], ['skipped', 'no rule']);
    });

    test('a released event is told although its body came before', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const { id: first } = await inbox.append(newEvent({ text: 'same' }));
      const { id: second } = await inbox.append(newEvent({ text: 'same' }));
      await inbox.expand(expander, [
        routed(first, ['slack'], { text: 'same' }),
        routed(second, ['slack'], { text: 'same' }),
      ]);
      assert.equal((await inbox.show(second))?.state, 'quarantined');
      await inbox.replay({ ids: [second] }, { dryRun: false });
      await inbox.expand(expander, [routed(second, ['slack'], { text: 'same' })]);
      const record = await inbox.show(second);
      assert.deepEqual([record?.state, record?.replays, record?.suspectOf], ['routed', 0, null]);
    });

    test('a body seen before as another type is quarantined, also under its own guid; released, it is told', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const append = async (hook: number, type: string) =>
        (await inbox.append(newEvent({ text: 'same', guid: 'g1', deliveryId: `${hook}:g1`, type }))).id;
      const [genuine, forged, later] = [
        await append(1, 'issues'),
        await append(2, 'star'),
        await append(3, 'invented'),
      ];
      await inbox.expand(
        expander,
        [genuine, forged].map((id) => routed(id, ['slack'], { text: 'same' })),
      );
      await inbox.expand(expander, [routed(later, ['slack'], { text: 'same' })]);
      const records = await Promise.all([genuine, forged, later].map((id) => inbox.show(id)));
      assert.deepEqual(
        records.map((record) => [record?.state, record?.suspectOf]),
        [
          ['routed', null],
          ['quarantined', genuine],
          ['quarantined', genuine],
        ],
      );
      assert.match(records[1]?.reason ?? '', /^same body as event \d+ as another type of event: looks like a replay$/);
      await inbox.replay({ ids: [forged] }, { dryRun: false });
      await inbox.expand(expander, [routed(forged, ['slack'], { text: 'same' })]);
      assert.equal((await inbox.show(forged))?.state, 'routed');
    });

    test('a body that another source received is a copy, unless the two sources are unrelated', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const append = async (source: string) => (await inbox.append(newEvent({ text: 'same', source }))).id;
      const ids = [await append('one'), await append('two'), await append('three')];
      const decide = (id: number, unrelatedSources: readonly string[]) =>
        inbox.expand(expander, [routed(id, ['slack'], { text: 'same', unrelatedSources })]);
      await decide(ids[0] ?? 0, ['three']);
      await decide(ids[1] ?? 0, []);
      await decide(ids[2] ?? 0, ['one', 'two']);
      const records = await Promise.all(ids.map((id) => inbox.show(id)));
      assert.deepEqual(
        records.map((record) => [record?.state, record?.suspectOf]),
        [
          ['routed', null],
          ['quarantined', ids[0]],
          ['routed', null],
        ],
      );
    });

    test('within one batch, too, copies at other sources are seen, at unrelated ones not', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const append = async (source: string) => (await inbox.append(newEvent({ text: 'same', source }))).id;
      const [one, two, three] = [await append('one'), await append('two'), await append('three')];
      await inbox.expand(expander, [
        routed(one, ['slack'], { text: 'same', unrelatedSources: ['two'] }),
        routed(two, ['slack'], { text: 'same', unrelatedSources: ['one'] }),
        routed(three, ['slack'], { text: 'same', unrelatedSources: ['one'] }),
      ]);
      const records = await Promise.all([one, two, three].map((id) => inbox.show(id)));
      assert.deepEqual(
        records.map((record) => [record?.state, record?.suspectOf]),
        [
          ['routed', null],
          ['routed', null],
          ['quarantined', two],
        ],
      );
    });

    test('a source whose bodies may repeat tells an equal body under another guid or type, also within one batch', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const append = async (fields: { readonly guid?: string; readonly type?: string; readonly source?: string }) =>
        (await inbox.append(newEvent({ text: 'same', source: 'monitor', ...fields }))).id;
      const ids = [await append({}), await append({}), await append({ type: 'recovery' })];
      const repeated = { text: 'same', bodyMayRepeat: true };
      await inbox.expand(
        expander,
        ids.slice(0, 2).map((id) => routed(id, ['slack'], repeated)),
      );
      await inbox.expand(expander, [routed(ids[2] ?? 0, ['slack'], repeated)]);
      assert.equal((await inbox.waiting('slack', 9)).total, 3);
      const copy = await append({ source: 'shop' });
      await inbox.expand(expander, [routed(copy, ['slack'], { text: 'same' })]);
      const record = await inbox.show(copy);
      assert.deepEqual([record?.state, record?.suspectOf], ['quarantined', ids[0]]);
    });

    test('a repeated body with the dedup key of the one before is told once all the same', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const append = async () => (await inbox.append(newEvent({ text: 'same' }))).id;
      const [first, second] = [await append(), await append()];
      const repeated = { text: 'same', bodyMayRepeat: true, dedupKey: 'k' };
      await inbox.expand(
        expander,
        [first, second].map((id) => routed(id, ['slack'], repeated)),
      );
      const record = await inbox.show(second);
      assert.deepEqual([record?.state, record?.reason], ['skipped', `already told as event ${first}`]);
    });

    test('what contradicts itself is held, and is not the original of what came genuinely after it', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const append = async (guid: string, type: string) =>
        (await inbox.append(newEvent({ text: 'same', guid, deliveryId: `${type}:${guid}`, type }))).id;
      const [forged, genuine] = [await append('g1', 'star'), await append('g1', 'issues')];
      await inbox.expand(expander, [
        { ...routed(forged, [], { text: 'same' }), state: 'quarantined' as const, reason: 'it is no star' },
      ]);
      await inbox.expand(expander, [routed(genuine, ['slack'], { text: 'same' })]);
      const record = await inbox.show(forged);
      assert.deepEqual([record?.state, record?.suspectOf, record?.notifications.length], ['quarantined', null, 0]);
      assert.equal((await inbox.show(genuine))?.state, 'routed');
      await inbox.replay({ ids: [forged] }, { dryRun: false });
      assert.deepEqual(
        (await inbox.pending(10)).map(({ id, released }) => [id, released]),
        [[forged, true]],
      );
    });
  });
}
