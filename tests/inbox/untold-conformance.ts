import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptEnd } from '../../src/model/inbox/outbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { causeOf } from '../../src/model/trouble/cause.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

const NO_PAUSE = { notBefore: 0, failures: 0 };
const REAL = { dryRun: false } as const;
const TRIAL = { dryRun: true } as const;

type Lost = 'dead' | 'unknown';

/** What nobody got, and what a person decides about it: `causes`, `dismiss`, `drain`, `replay` by place and cause. */
export function untoldConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, what nobody got: ${name}`, () => {
    const fresh = freshInboxes(create);

    async function tell(inbox: Inbox, to: readonly string[], notBefore: number | null = null): Promise<number> {
      const { id } = await inbox.append(newEvent());
      await inbox.expand(await lease(inbox, 'expand'), [routed(id, to, notBefore === null ? {} : { notBefore })]);
      return id;
    }

    async function begin(inbox: Inbox, lane: string) {
      const held = await lease(inbox, lane);
      const { notifications } = await inbox.waiting(lane, 5_000);
      const starts = [{ request: 'x', notifications: notifications.map(({ id }) => id) }];
      const begun = await inbox.begin(held, starts);
      assert(typeof begun !== 'string' && begun[0] !== undefined);
      const attemptId = begun[0];
      return (end: Pick<AttemptEnd, 'outcome' | 'state' | 'reason'>) =>
        inbox.end(held, [{ attemptId, detail: 'x', exhausted: [], ...end }], NO_PAUSE);
    }

    /** An event whose messages to `lane` are lost so. */
    async function lose(inbox: Inbox, lane: string, state: Lost, reason: string | null): Promise<number> {
      const id = await tell(inbox, [lane]);
      const end = await begin(inbox, lane);
      await end({ outcome: state === 'dead' ? 'rejected' : 'unknown', state, reason });
      return id;
    }

    const statesOf = async (inbox: Inbox, id: number) =>
      ((await inbox.show(id))?.notifications ?? []).map(({ state, dismissedAt }) =>
        dismissedAt === null ? state : `${state}, dismissed`,
      );

    test('what went wrong is said once for each place and cause, the last first, with when and which', async () => {
      const { inbox } = await fresh();
      assert.deepEqual(await inbox.causes(), []);
      const gone = [];
      for (const channel of ['deploys', 'ops', 'x'])
        gone.push(await lose(inbox, 'team', 'dead', `404 channel_not_found: no channel "${channel}"`));
      const archived = await lose(inbox, 'team', 'dead', '404 is_archived: no channel "x"');
      const elsewhere = await lose(inbox, 'desk', 'dead', '404 channel_not_found: no channel "x"');
      const lost = await lose(inbox, 'team', 'unknown', null);
      const { id: broken } = await inbox.append(newEvent({ source: 'forge' }));
      const { id: copy } = await inbox.append(newEvent());
      const expander = await lease(inbox, 'expand');
      await inbox.expand(expander, [
        { ...routed(broken, []), state: 'failed', reason: 'issue.title is missing in event 17' },
        { ...routed(copy, []), state: 'quarantined', reason: 'same body as event 3 under another delivery id' },
      ]);
      const causes = await inbox.causes();
      const said = causes.map(({ kind, place, count, eventIds, isMore }) => ({ kind, place, count, eventIds, isMore }));
      const one = { count: 1, isMore: false };
      assert.deepEqual(
        new Set(said),
        new Set([
          { kind: 'dead', place: 'team', count: 3, eventIds: gone.toReversed(), isMore: false },
          { kind: 'dead', place: 'team', ...one, eventIds: [archived] },
          { kind: 'dead', place: 'desk', ...one, eventIds: [elsewhere] },
          { kind: 'unknown', place: 'team', ...one, eventIds: [lost] },
          { kind: 'failed', place: 'forge', ...one, eventIds: [broken] },
          { kind: 'quarantined', place: 'github', ...one, eventIds: [copy] },
        ]),
      );
      const most = causes.find(({ count }) => count === 3);
      assert.equal(most?.cause, '404 channel_not_found: no channel "…"');
      assert.equal(most.reason, '404 channel_not_found: no channel "x"');
      assert(most.firstAt > 0 && most.firstAt <= most.lastAt);
      const times = causes.map(({ lastAt }) => lastAt);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
      await inbox.replay({ ids: [broken, copy] }, REAL);
      assert.deepEqual(
        (await inbox.causes()).filter(({ kind }) => kind === 'failed' || kind === 'quarantined'),
        [],
      );
    });

    test('of many the newest thousand are looked at, and it is said that there are more', async () => {
      const { inbox } = await fresh();
      const appended = await Promise.all(Array.from({ length: 1_010 }, () => inbox.append(newEvent())));
      const ids = appended.map(({ id }) => id).toSorted((a, b) => a - b);
      await inbox.expand(
        await lease(inbox, 'expand'),
        ids.map((id) => routed(id, ['team'])),
      );
      await (await begin(inbox, 'team'))({ outcome: 'rejected', state: 'dead', reason: 'gone' });
      const [cause] = await inbox.causes();
      assert.deepEqual([cause?.count, cause?.isMore, cause?.eventIds], [1_000, true, ids.slice(-10).toReversed()]);
      const { count } = await inbox.dismiss({ state: 'dead' }, REAL);
      assert.equal(count, 1_010);
      assert.deepEqual([await inbox.causes(), await inbox.untold()], [[], []]);
      const later = await lose(inbox, 'team', 'dead', 'gone');
      const [next] = await inbox.causes();
      assert.deepEqual([next?.count, next?.isMore, next?.eventIds], [1, false, [later]]);
    });

    test('a replay takes those of one place and cause, or of some events, and nothing else', async () => {
      const { inbox } = await fresh();
      const [one, two] = [
        await lose(inbox, 'team', 'dead', '503 from 10.0.0.1'),
        await lose(inbox, 'team', 'dead', '503 from 10.0.0.2'),
      ];
      const other = await lose(inbox, 'team', 'dead', '404 gone');
      const elsewhere = await lose(inbox, 'desk', 'dead', '503 from 10.0.0.3');
      const lost = await lose(inbox, 'team', 'unknown', '503 from 10.0.0.4');
      const cause = causeOf('503 from 10.9.9.9');
      const which = { state: 'dead', destination: 'team', cause } as const;
      assert.deepEqual(await inbox.replay({ state: 'dead' }, TRIAL), [one, two, other, elsewhere]);
      assert.deepEqual(await inbox.replay({ state: 'dead', cause }, TRIAL), [one, two, elsewhere]);
      assert.deepEqual(await inbox.replay({ ...which, events: [two, other, lost] }, TRIAL), [two]);
      for (const destination of ['nobody', 'no\0body', '\ud800']) {
        assert.deepEqual(await inbox.replay({ ...which, destination }, REAL), []);
      }
      assert.deepEqual(await inbox.replay({ ...which, events: [] }, REAL), []);
      assert.deepEqual(await inbox.replay(which, REAL), [one, two]);
      const states = await Promise.all([one, two, other, elsewhere, lost].map((id) => statesOf(inbox, id)));
      assert.deepEqual(states.flat(), ['queued', 'queued', 'dead', 'dead', 'unknown']);
      assert.deepEqual(
        (await inbox.waiting('team', 9)).notifications.map(({ eventId, tries }) => [eventId, tries]),
        [
          [one, 0],
          [two, 0],
        ],
      );
      assert.deepEqual(await inbox.bodiless({ ...which }), []);
    });

    test('what is dismissed is no trouble, is not sent with all others, and is still found, with its reason', async () => {
      const { inbox } = await fresh();
      const [seen, left] = [await lose(inbox, 'team', 'dead', '404 gone'), await lose(inbox, 'team', 'dead', '503')];
      const lost = await lose(inbox, 'team', 'unknown', 'no answer');
      const which = { state: 'dead', cause: '404 gone' } as const;
      assert.deepEqual(await inbox.dismiss(which, TRIAL), { count: 1, ids: [seen] });
      assert.deepEqual(await statesOf(inbox, seen), ['dead']);
      assert.deepEqual(await inbox.dismiss(which, REAL), { count: 1, ids: [seen] });
      assert.deepEqual(await inbox.dismiss(which, REAL), { count: 0, ids: [] });
      assert.deepEqual(await statesOf(inbox, seen), ['dead, dismissed']);
      assert.deepEqual(await inbox.untold(), [
        { destination: 'team', fate: 'dead', count: 1 },
        { destination: 'team', fate: 'unknown', count: 1 },
      ]);
      assert.deepEqual(
        (await inbox.causes())
          .map(({ eventIds }) => eventIds)
          .flat()
          .toSorted((a, b) => a - b),
        [left, lost],
      );
      const found = await inbox.list({ state: 'dead', limit: 9 });
      assert.deepEqual(
        found.map(({ id, fates }) => [id, fates[0]?.reason]),
        [
          [left, '503'],
          [seen, '404 gone'],
        ],
      );
      assert.deepEqual(await inbox.replay({ state: 'dead' }, REAL), [left]);
      assert.deepEqual(await statesOf(inbox, seen), ['dead, dismissed']);
      assert.deepEqual(await inbox.dismiss({ state: 'unknown', destination: 'team' }, REAL), { count: 1, ids: [lost] });
      assert.deepEqual(await inbox.untold(), []);
    });

    test('an event whose messages were dismissed is replayed by id as any other is, and needed no longer before', async () => {
      const { inbox } = await fresh();
      const id = await lose(inbox, 'team', 'dead', '404');
      await lose(inbox, 'team', 'dead', 'another');
      const isNeeded = async () => (await inbox.keptEvents(0, 9)).find((event) => event.id === id)?.isNeeded;
      assert.equal(await isNeeded(), true);
      await inbox.dismiss({ state: 'dead', events: [id] }, REAL);
      assert.equal(await isNeeded(), false);
      assert.deepEqual(await inbox.replay({ ids: [id] }, REAL), [id]);
      assert.equal(await isNeeded(), true);
      await inbox.expand(await lease(inbox, 'expand'), [routed(id, ['team'])]);
      assert.deepEqual(await statesOf(inbox, id), ['dead, dismissed', 'queued']);
      await (await begin(inbox, 'team'))({ outcome: 'rejected', state: 'dead', reason: '404' });
      assert.deepEqual(
        (await inbox.untold()).map(({ count }) => count),
        [2],
      );
    });

    test('what waits in a lane is drained: given up, with who said so, and no trouble; quiet hours and other lanes stay', async () => {
      const { inbox } = await fresh();
      const [one, two] = [await tell(inbox, ['team', 'desk']), await tell(inbox, ['team'])];
      const quiet = await tell(inbox, ['team'], 5_000_000);
      assert.equal(await inbox.drain('team', { by: 'mona, dashboard' }, TRIAL), 2);
      assert.deepEqual(await statesOf(inbox, two), ['queued']);
      assert.equal(await inbox.drain('team', { by: 'mona\0, dashboard' }, REAL), 2);
      assert.equal(await inbox.drain('team', { by: 'mona' }, REAL), 0);
      assert.equal(await inbox.drain('nobody', { by: 'mona' }, REAL), 0);
      assert.deepEqual(
        [await statesOf(inbox, one), await statesOf(inbox, two), await statesOf(inbox, quiet)],
        [['dead, dismissed', 'queued'], ['dead, dismissed'], ['queued']],
      );
      assert.match((await inbox.show(two))?.notifications[0]?.reason ?? '', /^drained by mona.*, dashboard$/);
      assert.deepEqual([(await inbox.waiting('team', 9)).total, (await inbox.waiting('desk', 9)).total], [0, 1]);
      assert.deepEqual([await inbox.untold(), await inbox.causes()], [[], []]);
      assert.equal((await inbox.depths()).find(({ lane }) => lane === 'team')?.depth ?? 0, 0);
      const later = await tell(inbox, ['team']);
      assert.deepEqual(
        (await inbox.waiting('team', 9)).notifications.map(({ eventId }) => eventId),
        [later],
      );
    });

    test('what is being sent is not drained, and ends as it does; what was read before it was drained begins no attempt', async () => {
      const { inbox, reopen } = await fresh();
      const sending = await tell(inbox, ['team']);
      const end = await begin(inbox, 'team');
      const waits = await tell(inbox, ['team']);
      const read = (await inbox.waiting('team', 9)).notifications.filter(({ eventId }) => eventId === waits);
      const person = await reopen();
      assert.equal(await person.drain('team', { by: 'mona' }, TRIAL), 1);
      assert.equal(await person.drain('team', { by: 'mona' }, REAL), 1);
      const starts = read.map(({ id, eventId }) => ({ request: 'x', notifications: [id], events: [eventId] }));
      assert.deepEqual(await inbox.begin(await lease(inbox, 'team'), starts), []);
      await end({ outcome: 'sent', state: 'sent', reason: null });
      assert.deepEqual([await statesOf(inbox, sending), await statesOf(inbox, waits)], [['sent'], ['dead, dismissed']]);
    });

    test('of a worker that begins and a person who drains at the same moment one comes first, message by message', async () => {
      const { inbox, reopen } = await fresh();
      const person = await reopen();
      const team = await lease(inbox, 'team');
      for (let round = 0; round < 10; round++) {
        const ids = [await tell(inbox, ['team']), await tell(inbox, ['team']), await tell(inbox, ['team'])];
        const { notifications } = await inbox.waiting('team', 9);
        const beginOne = async (index: number) => {
          const waiting = notifications[index];
          assert(waiting);
          const begun = await inbox.begin(team, [
            { request: 'x', notifications: [waiting.id], events: [waiting.eventId] },
          ]);
          assert(typeof begun !== 'string');
          for (const attemptId of begun)
            await inbox.end(
              team,
              [{ attemptId, outcome: 'sent', detail: 'x', state: 'sent', exhausted: [], reason: null }],
              NO_PAUSE,
            );
          return begun.length;
        };
        const [drained, ...begun] = await Promise.all([
          person.drain('team', { by: 'mona' }, REAL),
          beginOne(0),
          beginOne(1),
          beginOne(2),
        ]);
        assert.equal(drained + begun.reduce((sum, each) => sum + each, 0), 3);
        const states = await Promise.all(ids.map((id) => statesOf(inbox, id)));
        assert.deepEqual(
          states,
          begun.map((count) => [count === 1 ? 'sent' : 'dead, dismissed']),
        );
      }
    });
  });
}
