import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import type { KeptEvent } from '../../src/model/inbox/upkeep.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { ended, passedBefore } from './expanding.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

/** What a store owes to retention: it says what there is, takes away what may go, and nothing else. */
export function upkeepConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, upkeep: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    /** Events of one commit, told to slack as `told` says; and one after them, which stays the newest. */
    async function fresh(count: number, told: (n: number) => boolean = () => true) {
      const { inbox } = await freshInbox();
      const expander = await lease(inbox, 'expand');
      const prune = await lease(inbox, 'prune');
      const appended = await Promise.all(
        Array.from({ length: count }, (_, n) => inbox.append(newEvent({ text: `{"n":${n}}`, receivedAt: 1_000 + n }))),
      );
      const ids = appended.map(({ id }) => id);
      await inbox.expand(
        expander,
        ids.map((id, n) => routed(id, told(n) ? ['slack'] : [], { text: `{"n":${n}}` })),
      );
      const { id: newest } = await inbox.append(newEvent());
      await inbox.expand(expander, [routed(newest, [])]);
      return { inbox, expander, prune, ids, newest };
    }

    test('segments and events are listed in order, with what is there of each and whether it is needed', async () => {
      const { inbox, ids, newest } = await fresh(3, (n) => n === 1);
      const segments = await inbox.keptSegments(0, 100);
      const listed = segments.flatMap(({ events }) => events);
      assert.deepEqual(
        listed.map(({ id, isNeeded }) => [id, isNeeded]),
        [...ids, newest].map((id) => [id, id === ids[1]]),
      );
      const [first] = listed;
      assert.deepEqual([first?.source, first?.repo, first?.receivedAt], ['github', 'acme/api', 1_000]);
      assert.equal(first?.bytes, JSON.stringify({ 'x-github-event': 'issues' }).length + 7);
      assert.deepEqual(await inbox.keptEvents(0, 100), listed);
      assert.deepEqual(await inbox.keptEvents(ids[1] ?? 0, 1), listed.slice(2, 3));
      const [before, ...behind] = segments;
      assert.deepEqual(await inbox.keptSegments(before?.id ?? 0, 100), behind);
      assert.deepEqual(await inbox.keptSegments(before?.id ?? 0, 1), behind.slice(0, 1));
      assert((await inbox.storedSize()).bytes > 0);
    });

    test('a body goes from between others, which stay as they are; the last takes its segment with it', async () => {
      const { inbox, prune, ids } = await fresh(3, () => false);
      const [one = 0, two = 0, three = 0] = ids;
      assert.equal(await erase(inbox, prune, [two]), 1);
      const shown = await Promise.all(ids.map((id) => inbox.show(id)));
      assert.deepEqual(
        shown.map((event) => event && [event.body?.toString(), event.headers?.['x-github-event'], event.bodySize]),
        [
          ['{"n":0}', 'issues', 7],
          [undefined, undefined, 7],
          ['{"n":2}', 'issues', 7],
        ],
      );
      assert.equal(await erase(inbox, prune, [two]), 0);
      assert.equal(await erase(inbox, prune, [one, three]), 2);
      assert.deepEqual(await bytesOf(inbox, ids), [0, 0, 0]);
      const [kept] = await inbox.keptSegments(0, 100);
      assert(kept && kept.events.every(({ id }) => !ids.includes(id)));
    });

    test('what is needed stays, whatever is asked: waiting, settling, quarantined, dead or perhaps told', async () => {
      const { inbox, expander, prune } = await fresh(0);
      const add = async () => (await inbox.append(newEvent())).id;
      const [pending, settles, forged, queued, done] = [
        await add(),
        await add(),
        await add(),
        await add(),
        await add(),
      ];
      await inbox.expand(expander, [
        settling(settles, 9_000_000),
        { ...routed(forged, []), state: 'quarantined' },
        routed(queued, ['slack']),
        routed(done, []),
      ]);
      const { id: newest } = await inbox.append(newEvent());
      const all = [pending, settles, forged, queued, done, newest];
      await inbox.expand(expander, [routed(newest, [])]);
      const needed = (await inbox.keptEvents(0, 100)).filter(({ isNeeded }) => isNeeded).map(({ id }) => id);
      assert.deepEqual(needed, [pending, settles, forged, queued]);
      assert.equal(await erase(inbox, prune, all), 2);
      assert.equal(await inbox.deleteEvents(prune, all), 1, 'the newest stays');
      const slack = await lease(inbox, 'slack');
      const end = async (state: 'dead' | 'sent') => {
        const { notifications } = await inbox.waiting('slack', 9);
        const started = await inbox.begin(slack, [{ request: '', notifications: notifications.map(({ id }) => id) }]);
        assert(typeof started !== 'string');
        const common = {
          outcome: state === 'dead' ? 'rejected' : 'sent',
          detail: '',
          reason: null,
          exhausted: [],
        } as const;
        await inbox.end(slack, [{ attemptId: started[0] ?? 0, state, ...common }], slack);
      };
      await end('dead');
      assert.equal(await erase(inbox, prune, [queued]), 0);
      assert.equal(await inbox.deleteEvents(prune, [queued]), 0);
      assert.deepEqual(await inbox.replay({ state: 'dead' }, { dryRun: false }), [queued]);
      await end('sent');
      assert.equal(await erase(inbox, prune, [queued]), 1);
      assert.equal(await inbox.deleteEvents(prune, [queued]), 1);
      assert.equal((await inbox.pending(9)).length, 1);
    });

    test('an event whose body is gone is still explained and recognised, and cannot be decided again', async () => {
      const { inbox, expander, prune, ids, newest } = await fresh(2, () => false);
      const [one = 0, two = 0] = ids;
      const again = newEvent({ guid: 'again', text: 'again' });
      const { id } = await inbox.append(again);
      await inbox.expand(expander, [routed(id, [], { text: 'again' })]);
      const { id: last } = await inbox.append(newEvent());
      await inbox.expand(expander, [routed(last, [])]);
      assert.equal(await erase(inbox, prune, [one, id]), 2);
      const event = await inbox.show(one);
      assert.deepEqual(
        [event?.headers, event?.body, event?.bodySize, event?.trace?.kind],
        [null, null, 7, 'issues.opened'],
      );
      assert.deepEqual(await inbox.append(again), { status: 'duplicate', id });
      assert.deepEqual([...(await inbox.known('github', ['again', 'never']))], ['again']);
      assert.deepEqual(await inbox.replay({ ids: [one, two] }, { dryRun: true }), [two]);
      assert.deepEqual(await inbox.replay({ ids: [one, two] }, { dryRun: false }), [two]);
      assert.deepEqual(await inbox.bodiless({ ids: [one, two, 4_711] }), [one]);
      assert.deepEqual(await inbox.bodiless({ state: 'routed' }), [one, id]);
      assert.deepEqual(
        (await inbox.pending(9)).map(({ id }) => id),
        [two],
      );
      assert.deepEqual(await inbox.replay({ state: 'routed' }, { dryRun: true }), [newest, last]);
      assert.deepEqual(
        (await inbox.read(0, 1)).map((each) => each.id),
        [two],
      );
      assert.equal(await inbox.gone(0, last), 2);
      assert.equal(await inbox.gone(one, id), 1);
    });

    test('an event goes with all that is about it, and nothing of another', async () => {
      const { inbox, prune, ids } = await fresh(3);
      const [one = 0, two = 0, three = 0] = ids;
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 9);
      const started = await inbox.begin(slack, [
        { request: 'all', notifications: notifications.map((each) => each.id) },
      ]);
      assert(typeof started !== 'string');
      const sent = { outcome: 'sent', state: 'sent', detail: '', reason: null, exhausted: [] } as const;
      await inbox.end(slack, [{ attemptId: started[0] ?? 0, ...sent }], slack);
      assert.equal(await inbox.deleteEvents(prune, [one, 4_711]), 1);
      assert.equal(await inbox.show(one), null);
      const shown = await inbox.show(two);
      assert.deepEqual(
        shown?.notifications.map(({ state, attempts }) => [state, attempts.map(({ request }) => request)]),
        [['merged', ['all']]],
        'told in a message of which nothing else is known any more',
      );
      assert.deepEqual(shown?.body?.toString(), '{"n":1}');
      assert.equal(await inbox.deleteEvents(prune, [two, three]), 2);
      assert.equal(
        await inbox.deleteAttempts(prune, 9_000_000_000_000, 9),
        0,
        'the attempt went with the last of them',
      );
    });

    test('attempts go by age, oldest first, and not while what they carried waits', async () => {
      const { inbox, prune, ids } = await fresh(3);
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 9);
      const started = await inbox.begin(
        slack,
        notifications.map(({ id }) => ({ request: `${id}`, notifications: [id] })),
      );
      assert(typeof started !== 'string');
      const sent = { outcome: 'sent', state: 'sent', detail: '', reason: null, exhausted: [] } as const;
      const retry = { outcome: 'retry', state: 'queued', detail: '', reason: null, exhausted: [] } as const;
      const [first = 0, second = 0, third = 0] = started;
      const ends = [{ attemptId: first, ...retry }, ...[second, third].map((attemptId) => ({ attemptId, ...sent }))];
      await inbox.end(slack, ends, slack);
      assert.deepEqual([await inbox.countAttempts(1_000), await inbox.countAttempts(2_000_000)], [0, 2]);
      assert.equal(await inbox.deleteAttempts(prune, 1_000, 9), 0, 'none is so old');
      assert.equal(await inbox.deleteAttempts(prune, 2_000_000, 1), 1);
      const left = async () => {
        const events = await Promise.all(ids.map((id) => inbox.show(id)));
        return events.map((event) => event?.notifications.flatMap(({ attempts }) => attempts.map(({ id }) => id)));
      };
      assert.deepEqual(await left(), [[first], [], [third]]);
      assert.equal(await inbox.deleteAttempts(prune, 2_000_000, 9), 1);
      assert.equal(await inbox.deleteAttempts(prune, 2_000_000, 9), 0);
      assert.deepEqual(await left(), [[first], [], []]);
    });

    test('of results whose events are gone those stay that answer a question still', async () => {
      const { inbox, expander, prune, ids, newest } = await fresh(8, () => false);
      const id = (n: number) => ids[n] ?? 0;
      await inbox.replay({ ids }, { dryRun: false });
      const passed = [true, false, true, false, false, true];
      await inbox.expand(expander, [
        ...passed.map((each, n) => routed(id(n), [], { ...ended(`run ${n}`, each), text: `${n}` })),
        routed(id(6), [], { ...ended('run 6', false), text: '6' }),
        routed(id(7), [], { ...ended('other', true, 'other'), text: '7' }),
      ]);
      const ask = (eventId: number, run: string, key = 'ci') => ({ key, run, eventId });
      const questions = [
        ask(newest, 'x'),
        ask(newest, 'run 6'),
        ask(id(4), 'x'),
        ask(id(4), 'run 4'),
        ask(newest, 'x', 'other'),
      ];
      const before = await passedBefore(inbox, questions);
      assert.equal(await inbox.deleteLeftovers(prune, 0, 9), 0, 'all events are there');
      assert.equal(await inbox.deleteEvents(prune, [0, 1, 2, 3, 5, 6, 7].map(id)), 7);
      let count = 0;
      for (let some = 1; some !== 0; count += some) {
        const deleted = await inbox.deleteLeftovers(prune, 0, 1);
        assert(deleted === 0 || deleted === 1);
        some = deleted;
      }
      assert.equal(count, 2, 'runs 0 and 1');
      assert.deepEqual(await passedBefore(inbox, questions), before);
      const [asked] = await inbox.resultsBefore([{ ...ask(newest, 'x'), passed: true }]);
      assert.deepEqual(asked, { eventId: id(6), passed: false, failingSince: null }, 'nobody knows since when');
    });

    test('receipts go by age, and one that is kept anew stays', async () => {
      const { inbox, prune } = await fresh(2);
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 9);
      const started = await inbox.begin(slack, [{ request: '', notifications: notifications.map(({ id }) => id) }]);
      assert(typeof started !== 'string');
      const sent = { outcome: 'sent', state: 'sent', detail: '', reason: null, exhausted: [] } as const;
      const receipt = { thread: 'acme/api#7', value: { ts: '1' } };
      await inbox.end(slack, [{ attemptId: started[0] ?? 0, ...sent, receipt }], slack);
      assert.equal(await inbox.deleteLeftovers(prune, 1_000, 9), 0);
      assert.deepEqual(await inbox.receipts('slack', ['acme/api#7']), [{ ts: '1' }]);
      assert.equal(await inbox.deleteLeftovers(prune, 2_000_000, 9), 1);
      assert.deepEqual(await inbox.receipts('slack', ['acme/api#7']), [null]);
    });

    test('of a replay and an erasure at the same moment one comes first: what is pending has its body', async () => {
      const { inbox, prune, ids } = await fresh(5, () => false);
      const erasing = (async () => {
        for (const id of ids) await erase(inbox, prune, [id]);
      })();
      await Promise.all([erasing, ...ids.map((id) => inbox.replay({ ids: [id] }, { dryRun: false }))]);
      const events = await Promise.all(ids.map((id) => inbox.show(id)));
      for (const event of events) assert.equal(event?.state === 'pending', event?.body !== null, `event ${event?.id}`);
      const pending = events.filter((event) => event?.state === 'pending');
      assert.equal((await inbox.pending(99)).length, pending.length);
    });

    test('two who erase bodies of one segment at once bring back nothing that the other took away', async () => {
      const { inbox } = await freshInbox();
      const [expander, prune] = [await lease(inbox, 'expand'), await lease(inbox, 'prune')];
      const texts = [1, 2, 3].map(() => JSON.stringify(randomBytes(3_000).toString('hex')));
      const appended = await Promise.all(texts.map((text) => inbox.append(newEvent({ text }))));
      const { id: newest } = await inbox.append(newEvent());
      const ids = appended.map(({ id }) => id);
      await inbox.expand(
        expander,
        [...ids, newest].map((id) => routed(id, [])),
      );
      const [[whole]] = await Promise.all([inbox.keptSegments(0, 1), inbox.keptSegments(0, 1)]);
      await Promise.all(ids.slice(1).map((id) => inbox.eraseBodies(prune, whole?.id ?? 0, [id])));
      const [left] = await inbox.keptSegments(0, 1);
      assert((left?.bytes ?? 0) * 2 < (whole?.bytes ?? 0), `${left?.bytes} of ${whole?.bytes} bytes are left`);
    });

    test('who lost the lane takes nothing away', async () => {
      const { inbox, prune, ids } = await fresh(2, () => false);
      const [segment] = await inbox.keptSegments(0, 1);
      const late = { ...prune, epoch: prune.epoch - 1 };
      assert.equal(await inbox.eraseBodies(late, segment?.id ?? 0, ids.slice(0, 1)), 'fenced');
      assert.equal(await inbox.deleteEvents(late, ids), 'fenced');
      assert.deepEqual(await bytesOf(inbox, ids), [34, 34]);
    });
  });
}

async function erase(
  inbox: Inbox,
  lease: Parameters<Inbox['eraseBodies']>[0],
  ids: readonly number[],
): Promise<number> {
  let count = 0;
  for (const { id } of await inbox.keptSegments(0, 1_000)) {
    const erased = await inbox.eraseBodies(lease, id, ids);
    assert(erased !== 'fenced');
    count += erased;
  }
  return count;
}

async function bytesOf(inbox: Inbox, ids: readonly number[]): Promise<readonly number[]> {
  const events: readonly KeptEvent[] = await inbox.keptEvents(0, 1_000);
  return events.filter(({ id }) => ids.includes(id)).map(({ bytes }) => bytes);
}
