import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OWN_LANES } from '../../src/model/inbox/lanes.ts';
import { freshInboxes, type InboxUnderTest, lease, queued } from './inbox-under-test.ts';

const HOUR = 3_600_000;
const NO_PAUSE = { notBefore: 0, failures: 0 };

/** What a person may do to a lane: `Lanes.hold`, `resume`. `now`: by the clock that decides when a pause is over. */
export function pausedConformance(name: string, create: () => Promise<InboxUnderTest>, now: () => number): void {
  describe(`inbox conformance, paused lanes: ${name}`, () => {
    const fresh = freshInboxes(create);

    test('nothing begins in a lane that a person paused, whoever owns it, until anybody resumes it', async () => {
      const { inbox, reopen } = await fresh();
      await queued(inbox, 1);
      const slack = await lease(inbox, 'slack');
      const person = await reopen();
      const [waiting] = (await inbox.waiting('slack', 1)).notifications;
      assert(waiting);
      const starts = [{ request: 'x', notifications: [waiting.id], events: [waiting.eventId] }];
      const hold = { by: 'mona, dashboard', at: now(), until: null };
      assert.equal(await person.hold('slack', hold), true);
      assert.equal(await inbox.begin(slack, starts), 'held');
      assert.equal(await inbox.begin(slack, starts, { mayBeLost: true, leastMs: 1 }), 'held');
      assert.deepEqual((await inbox.waiting('slack', 1)).notifications, [waiting]);
      assert.equal(await inbox.isHeld('slack'), true);
      assert.deepEqual(await inbox.begin(slack, [], { mayBeLost: false, evenPaused: true }), []);
      assert.deepEqual(await lease(inbox, 'slack'), { ...slack, held: hold });
      assert.deepEqual(await person.resume('slack'), { wasBroken: false, held: hold });
      assert.deepEqual(await inbox.resume('slack'), { wasBroken: false, held: null });
      assert.deepEqual([await inbox.isHeld('slack'), await lease(inbox, 'slack')], [false, slack]);
      const begun = await inbox.begin(slack, starts);
      assert.equal(begun.length, 1);
    });

    test('a pause ends by itself when its time is over, and is then as if it had never been', async () => {
      const { inbox } = await fresh();
      const slack = await lease(inbox, 'slack');
      await inbox.hold('slack', { by: 'mona', at: now() - HOUR, until: now() - 1 });
      assert.deepEqual([await inbox.isHeld('slack'), (await lease(inbox, 'slack')).held], [false, null]);
      assert.deepEqual(await inbox.begin(slack, []), []);
      assert.equal((await inbox.heads())[0]?.held, null);
      assert.equal((await inbox.depths()).find(({ lane }) => lane === 'slack')?.held, null);
      assert.deepEqual(await inbox.resume('slack'), { wasBroken: false, held: null });
    });

    test('who paused it is said by head and depth; another pause takes its place', async () => {
      const { inbox } = await fresh();
      const hold = { by: 'mona', at: now(), until: now() + HOUR };
      await inbox.hold('slack', hold);
      const said = async () => {
        const head = (await inbox.heads()).find(({ lane }) => lane === 'slack');
        const depth = (await inbox.depths()).find(({ lane }) => lane === 'slack');
        assert.deepEqual(head?.held, depth?.held);
        return head?.held;
      };
      assert.deepEqual(await said(), hold);
      const later = { by: `${'x'.repeat(199)}😀\0`, at: now(), until: null };
      await inbox.hold('slack', later);
      const held = await said();
      assert.deepEqual([held?.at, held?.until, held?.by.startsWith('xxx')], [later.at, null, true]);
      assert((held?.by.length ?? 0) <= 200);
    });

    test("Tidings' own lanes cannot be paused; a destination's can before any worker was there", async () => {
      const { inbox } = await fresh();
      const hold = { by: 'mona', at: now(), until: null };
      for (const own of OWN_LANES) {
        await lease(inbox, own);
        assert.deepEqual([await inbox.hold(own, hold), await inbox.isHeld(own)], [false, false]);
      }
      assert.equal(await inbox.hold('new', hold), true);
      assert.deepEqual((await lease(inbox, 'new')).held, hold);
    });

    test('what had begun ends as it does; a pause says nothing of what is broken, and resume ends both', async () => {
      const { inbox } = await fresh();
      await queued(inbox, 2);
      const slack = await lease(inbox, 'slack');
      const [first, second] = (await inbox.waiting('slack', 2)).notifications;
      assert(first && second);
      const begun = await inbox.begin(slack, [
        { request: '1', notifications: [first.id] },
        { request: '2', notifications: [second.id] },
      ]);
      assert(typeof begun !== 'string' && begun[0] !== undefined && begun[1] !== undefined);
      const hold = { by: 'mona', at: now(), until: null };
      await inbox.hold('slack', hold);
      const base = { detail: 'said so', exhausted: [], reason: null };
      const ends = [
        { ...base, attemptId: begun[0], outcome: 'sent', state: 'sent' },
        { ...base, attemptId: begun[1], outcome: 'retry', state: 'queued' },
      ] as const;
      assert.equal(await inbox.end(slack, ends, { ...NO_PAUSE, failures: 1, breakdown: 'gone' }), 'done');
      const { held, broken, failures } = await lease(inbox, 'slack');
      assert.deepEqual([held, broken?.reason, failures], [hold, 'gone', 1]);
      assert.equal(await inbox.adopt(slack, 'resend'), 0);
      const [one, other] = await Promise.all([inbox.resume('slack'), inbox.resume('slack')]);
      const resumed = [one, other].filter(({ wasBroken }) => wasBroken);
      assert.deepEqual(resumed, [{ wasBroken: true, held: hold }]);
    });

    test('what was read and waits no more begins no attempt, nor does what was read with it', async () => {
      const { inbox } = await fresh();
      const ids = await queued(inbox, 2);
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 2);
      const starts = notifications.map(({ id, eventId }) => ({
        request: 'x',
        notifications: [id],
        events: [eventId],
      }));
      await inbox.forgetEvents({ repos: ['acme/api'], logins: [] }, ids.slice(0, 1));
      assert.deepEqual(await inbox.begin(slack, starts), []);
      const left = (await inbox.waiting('slack', 2)).notifications;
      assert.deepEqual(left, notifications.slice(1));
      assert.equal((await inbox.begin(slack, starts.slice(1))).length, 1);
    });
  });
}
