import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FATES } from '../../src/model/fate.ts';
import type { AttemptEnd } from '../../src/model/inbox/outbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

const NO_PAUSE = { notBefore: 0, failures: 0 };

type Ending = Pick<AttemptEnd, 'outcome' | 'state' | 'reason'>;
const SENT: Ending = { outcome: 'sent', state: 'sent', reason: null };
const DEAD: Ending = { outcome: 'rejected', state: 'dead', reason: '404 channel_not_found' };
const UNKNOWN: Ending = { outcome: 'unknown', state: 'unknown', reason: 'no answer' };

/** What became of events, and what monitors ask: the same of every store. */
export function fateConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`fates: ${name}`, () => {
    const fresh = freshInboxes(create);

    async function tell(inbox: Inbox, destinations: readonly string[], notBefore: number | null = null) {
      const { id } = await inbox.append(newEvent());
      const expansion = routed(id, destinations, notBefore === null ? {} : { notBefore });
      await inbox.expand(await lease(inbox, 'expand'), [expansion]);
      return id;
    }

    /** One attempt carries all that waits in the lane, and ends so. */
    async function end(inbox: Inbox, lane: string, ending: Ending): Promise<void> {
      const held = await lease(inbox, lane);
      const { notifications } = await inbox.waiting(lane, 2_000);
      const begun = await inbox.begin(held, [{ request: 'x', notifications: notifications.map(({ id }) => id) }]);
      assert(typeof begun !== 'string' && begun[0] !== undefined);
      await inbox.end(held, [{ attemptId: begun[0], detail: 'x', exhausted: [], ...ending }], NO_PAUSE);
    }

    /** `[digested, hopeless, quiet]`: told in one digest; given up at two of four; held by quiet hours. */
    async function manyFates(inbox: Inbox) {
      const digested = await tell(inbox, ['team']);
      const hopeless = await tell(inbox, ['team', 'audit', 'desk', 'late']);
      await end(inbox, 'team', SENT);
      await end(inbox, 'audit', DEAD);
      await end(inbox, 'desk', UNKNOWN);
      return [digested, hopeless, await tell(inbox, ['team'], 5_000_000)] as const;
    }

    const idsIn = async (inbox: Inbox, state: (typeof FATES)[number]) =>
      (await inbox.list({ state, limit: 10 })).map(({ id }) => id);

    test('an event says what became of it at each destination: why, where nobody got it, and what it would have said', async () => {
      const { inbox } = await fresh();
      const [digested, hopeless, quiet] = await manyFates(inbox);
      const listed = new Map((await inbox.list({ limit: 10 })).map(({ id, fates }) => [id, fates]));
      const words = listed.get(quiet)?.[0]?.words;
      assert.match(words ?? '', /^\w.+: #\d+ \w/);
      const told = { destination: 'team', fate: 'told', reason: null, words: null };
      assert.deepEqual(listed.get(digested), [told]);
      assert.deepEqual(listed.get(hopeless), [
        told,
        { destination: 'audit', fate: 'dead', reason: '404 channel_not_found', words },
        { destination: 'desk', fate: 'unknown', reason: 'no answer', words },
        { destination: 'late', fate: 'waiting', reason: null, words },
      ]);
      assert.deepEqual(listed.get(quiet), [{ destination: 'team', fate: 'held', reason: null, words }]);
      assert.deepEqual((await inbox.show(hopeless))?.fates, listed.get(hopeless));
    });

    test('events are found by what became of them, and by their ids', async () => {
      const { inbox } = await fresh();
      const [digested, hopeless, quiet] = await manyFates(inbox);
      const found = await Promise.all(FATES.map((fate) => idsIn(inbox, fate)));
      assert.deepEqual(Object.fromEntries(FATES.map((fate, index) => [fate, found[index]])), {
        told: [hopeless, digested],
        waiting: [hopeless],
        held: [quiet],
        unknown: [hopeless],
        dead: [hopeless],
      });
      const both = await inbox.list({ ids: [digested, quiet, 999], limit: 10 });
      assert.deepEqual(
        both.map(({ id }) => id),
        [quiet, digested],
      );
      assert.deepEqual(await inbox.list({ state: 'dead', type: 'star', limit: 10 }), []);
    });

    test('what nobody got is counted by destination', async () => {
      const { inbox } = await fresh();
      assert.deepEqual(await inbox.untold(), []);
      await manyFates(inbox);
      await tell(inbox, ['audit', 'team']);
      await end(inbox, 'audit', DEAD);
      await end(inbox, 'team', DEAD);
      assert.deepEqual(await inbox.untold(), [
        { destination: 'audit', fate: 'dead', count: 2 },
        { destination: 'team', fate: 'dead', count: 1 },
        { destination: 'desk', fate: 'unknown', count: 1 },
      ]);
      await inbox.replay({ state: 'dead' }, { dryRun: false });
      assert.deepEqual(
        (await inbox.untold()).map(({ destination }) => destination),
        ['desk'],
      );
    });

    test('an event that was put to a destination again has the newer fate: it is not given up, nor told a third time', async () => {
      const { inbox } = await fresh();
      const id = await tell(inbox, ['team', 'audit']);
      await end(inbox, 'team', DEAD);
      await end(inbox, 'audit', DEAD);
      await inbox.replay({ ids: [id] }, { dryRun: false });
      await inbox.expand(await lease(inbox, 'expand'), [routed(id, ['team'])]);
      const fates = async () =>
        (await inbox.list({ limit: 1 }))[0]?.fates.map(({ destination, fate }) => `${destination} ${fate}`);
      assert.deepEqual(await fates(), ['audit dead', 'team waiting']);
      await end(inbox, 'team', SENT);
      assert.deepEqual(await inbox.untold(), [{ destination: 'audit', fate: 'dead', count: 1 }]);
      assert.deepEqual(await inbox.replay({ state: 'dead' }, { dryRun: false }), [id]);
      assert.deepEqual(await fates(), ['audit waiting', 'team told']);
      assert.equal((await inbox.waiting('team', 9)).total, 0);
    });

    test('the head of a lane is what is worked on next; what settles or waits for quiet hours to end is not', async () => {
      const { inbox, under } = await fresh();
      const headOf = async (lane: string) => (await inbox.heads()).find((each) => each.lane === lane);
      assert.deepEqual(await inbox.heads(), []);
      await tell(inbox, ['team'], 5_000_000);
      const settles = await inbox.append(newEvent());
      const slow = await lease(inbox, 'team');
      await inbox.expand(await lease(inbox, 'expand'), [settling(settles.id, 5_000_000)]);
      await inbox.end(slow, [], { notBefore: 77_000, failures: 1 });
      const idle = { eventId: null, receivedAt: null, owner: 'a', notBefore: 0, broken: null, held: null };
      assert.deepEqual(await inbox.heads(), [
        { lane: 'expand', ...idle },
        { lane: 'team', ...idle, notBefore: 77_000 },
      ]);
      const first = await tell(inbox, ['team']);
      await tell(inbox, ['team']);
      const { id: pending } = await inbox.append(newEvent({ receivedAt: 5 }));
      await inbox.append(newEvent());
      const busy = { eventId: first, receivedAt: 1_000, owner: 'a', notBefore: 77_000, broken: null, held: null };
      assert.deepEqual(await headOf('team'), { lane: 'team', ...busy });
      assert.deepEqual(await headOf('expand'), { lane: 'expand', ...idle, eventId: pending, receivedAt: 5 });
      await under.advance(10_001);
      assert.equal((await headOf('team'))?.owner, null);
    });
  });
}
