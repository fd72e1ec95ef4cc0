import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { ended, passedBefore } from './expanding.ts';
import { freshInboxes, type InboxUnderTest } from './inbox-under-test.ts';

/** What a store owes to what runs again and again: how it ended before, as of any event. */
export function resultConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, results: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    async function fresh(count: number) {
      const { inbox } = await freshInbox();
      const [expander] = await inbox.acquire('a', ['expand'], 10_000);
      assert(expander);
      const at = (n: number) => 1_000 + n;
      const appended = await Promise.all(
        Array.from({ length: count }, (_, n) => inbox.append(newEvent({ receivedAt: at(n) }))),
      );
      const expand = (...expansions: Expansion[]) => inbox.expand(expander, expansions);
      return { inbox, expand, id: (n: number) => appended[n]?.id ?? 0, at };
    }

    test('the last result of an earlier event and another run is the one before, for each question in order', async () => {
      const { inbox, expand, id } = await fresh(6);
      await expand(
        routed(id(0), [], ended('1', false)),
        routed(id(1), [], ended('2', true)),
        routed(id(2), [], ended('2', true)),
        routed(id(3), [], ended('9', true, 'other')),
      );
      const before = (key: string, run: string, eventId: number) => ({ key, run, eventId });
      assert.deepEqual(
        await passedBefore(inbox, [
          before('ci', '3', id(4)),
          before('ci', '2', id(2)),
          before('ci', '1', id(0)),
          before('other', '9', id(5)),
          before('other', '10', id(5)),
          before('none', '1', id(5)),
        ]),
        [true, false, null, null, true, null],
      );
      assert.deepEqual(await inbox.resultsBefore([]), []);
    });

    test('a replay is answered as of its id, and writes over its own result', async () => {
      const { inbox, expand, id } = await fresh(3);
      for (const n of [0, 1, 2]) await expand(routed(id(n), [], ended(`run ${n}`, n !== 1)));
      await inbox.replay({ ids: [id(1)] }, { dryRun: false });
      assert.deepEqual(await passedBefore(inbox, [{ key: 'ci', run: 'run 1', eventId: id(1) }]), [true]);
      await expand(routed(id(1), [], ended('run 1', true)));
      assert.deepEqual(await passedBefore(inbox, [{ key: 'ci', run: 'run 2', eventId: id(2) }]), [true]);
    });

    test('a pass hears when the first of the failures in a row before it was received, and nothing else does', async () => {
      const { inbox, expand, id, at } = await fresh(9);
      const runs = [true, false, false, true, false, true, false, false];
      // Run 4 failed, and passed when it was run again.
      const run = (n: number) => `${n === 5 ? 4 : n}`;
      await expand(...runs.map((passed, n) => routed(id(n), [], ended(run(n), passed))));
      await expand(settling(id(8), 500, null, ended('slow', false, 'other')));
      const asked = runs.map((passed, n) => ({ key: 'ci', run: run(n), eventId: id(n), passed }));
      const since = (await inbox.resultsBefore(asked)).map((before) => before && before.failingSince);
      assert.deepEqual(since, [null, null, null, at(1), null, null, null, null]);
      const ask = { key: 'ci', run: '9', eventId: id(8), passed: true };
      const others = [
        { ...ask, run: '6' },
        { ...ask, run: '7' },
        { ...ask, key: 'other' },
        { ...ask, passed: false },
      ];
      assert.deepEqual(await inbox.resultsBefore([ask, ...others]), [
        { eventId: id(7), passed: false, failingSince: at(6) },
        { eventId: id(7), passed: false, failingSince: at(7) },
        { eventId: id(6), passed: false, failingSince: at(6) },
        null,
        { eventId: id(7), passed: false, failingSince: null },
      ]);
    });

    test('what was compared with a copy in its batch is left pending, with all behind it', async () => {
      const { inbox, expand, id } = await fresh(7);
      const to = ['slack'];
      await expand(routed(id(0), to, { text: 'run 1', ...ended('1', false) }));
      await expand(routed(id(1), to, ended('2', true)));
      const copy = routed(id(2), to, { text: 'run 1', ...ended('1', false) });
      const behind = [settling(id(5), 500), routed(id(6), to)];
      const others = [routed(id(3), to, ended('1', true)), routed(id(4), to, ended('3', false, 'other'))];
      assert.deepEqual(await expand(copy, ...others, routed(id(5), to, ended('3', false)), routed(id(6), to)), {
        pendingFrom: id(5),
      });
      const states = async () => Promise.all([2, 3, 4, 5, 6].map(async (n) => (await inbox.show(id(n)))?.state));
      assert.deepEqual(await states(), ['quarantined', 'routed', 'routed', 'pending', 'pending']);
      assert.deepEqual(
        (await inbox.pending(9)).map((event) => event.id),
        [id(5), id(6)],
      );
      assert.deepEqual(await passedBefore(inbox, [{ key: 'ci', run: '3', eventId: id(5) }]), [true]);
      assert.equal(await expand(...behind), 'done');
      assert.deepEqual(await states(), ['quarantined', 'routed', 'routed', 'pending', 'routed']);
    });

    test('what was polled or recovered says nothing of when it happened', async () => {
      const { inbox, expand } = await fresh(0);
      const { id } = await inbox.append(newEvent({ origin: 'recovered' }));
      await expand(routed(id, [], ended('1', false)));
      assert.deepEqual(await inbox.resultsBefore([{ key: 'ci', run: '2', eventId: id + 1, passed: true }]), [
        { eventId: id, passed: false, failingSince: null },
      ]);
    });

    test('a result is kept also of an event that settles; long and odd keys are told apart', async () => {
      const { inbox, expand, id } = await fresh(4);
      // Not compressible, three bytes a character: more than an index row takes.
      const long = Array.from({ length: 5_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join(
        '',
      );
      await expand(
        settling(id(0), 500, null, ended('1', true, long)),
        routed(id(1), [], ended('1', false, `${long}!`)),
        routed(id(2), [], ended('1', true, 'nul \0')),
      );
      const ask = (key: string) => ({ key, run: '2', eventId: id(3) });
      assert.deepEqual(await passedBefore(inbox, [long, `${long}!`, 'nul \0', 'nul \uFFFD'].map(ask)), [
        true,
        false,
        true,
        null,
      ]);
    });
  });
}
