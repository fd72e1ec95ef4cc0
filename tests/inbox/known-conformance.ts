import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { CardNote, CardToShow } from '../../src/model/inbox/cards.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { FactValue, Heard } from '../../src/model/known/card.ts';
import { routed } from '../fixtures/stored.ts';
import { expanding } from './expanding.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

const THREAD = 'acme/api#12';
const COMMIT = 'acme/api@f00d';

export function says(
  facts: Readonly<Record<string, FactValue>>,
  eventId: number,
  { thread = THREAD, at = 1_000 } = {},
): Heard {
  const kept = Object.entries(facts).map(([name, value]) => [name, { value, at, eventId }]);
  return { thread, facts: Object.fromEntries(kept) };
}

/** It stands, and shows what was wanted. */
function standing({ wanted }: CardToShow, ts = '1'): CardNote {
  return { state: 'ready', receipt: { channel: 'C1', ts }, posts: 1, shown: wanted, hash: 'abc', reason: null };
}

const valuesOf = async (inbox: Inbox, thread = THREAD) => {
  const [subject] = await inbox.subjects([thread]);
  return subject && Object.fromEntries(Object.entries(subject.facts).map(([name, { value }]) => [name, value]));
};

const behind = async (inbox: Inbox, destination = 'team') =>
  (await inbox.cardsBehind(destination, 9)).map(({ thread, wanted, shown }) => [thread, wanted, shown]);

async function card(inbox: Inbox, thread = THREAD, destination = 'team'): Promise<CardToShow> {
  const [found] = await inbox.cards(destination, [thread]);
  assert(found, `a card of ${thread}`);
  return found;
}

/** What a store owes to whoever shows how things stand. */
export function knownConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, what is known: ${name}`, () => {
    const freshInbox = freshInboxes(create);
    const fresh = (count: number) => expanding(freshInbox, count);
    const team = (thread = THREAD) => [{ destination: 'team', thread }];

    test('of each fact the newest stands, in whatever order events are decided, also within one batch', async () => {
      const { inbox, expand, id, reopen } = await fresh(3);
      await expand(routed(id(1), [], { known: [says({ state: 'merged', title: 'Fix' }, 2, { at: 2_000 })] }));
      await expand(
        routed(id(0), [], { known: [says({ state: 'open', author: 'mona' }, 1)] }),
        routed(id(2), [], {
          known: [says({ 'review:mona': ['♥', '\0\uD800'] }, 3), says({ state: 'open' }, 3, { thread: 'x' })],
        }),
      );
      const known = { author: 'mona', 'review:mona': ['♥', '\0\uD800'], state: 'merged', title: 'Fix' };
      assert.deepEqual(await valuesOf(inbox), known);
      assert.deepEqual(await valuesOf(await reopen()), known);
      assert.deepEqual(await inbox.subjects(['none', 'nul \0', 'x'].slice(0, 2)), [null, null]);
      const pages = [
        await inbox.subjectsAfter('', 1),
        await inbox.subjectsAfter(THREAD, 9),
        await inbox.subjectsAfter('x', 9),
      ];
      assert.deepEqual(
        pages.map((page) => page.map(({ thread }) => thread)),
        [[THREAD], ['x'], []],
      );
    });

    test('shuffled, doubled, late and in other batches it ends in the same', async () => {
      const { inbox, expand, ids } = await fresh(40);
      const said = Array.from({ length: 20 }, (_, n) => ({
        facts: { state: `${n % 3}`, [`check:${n % 4}`]: n % 5 === 0 ? null : `${n}`, labels: [`${n % 7}`] },
        eventId: n + 1,
        at: 1_000 + (n % 6),
      }));
      const about = (thread: string) => said.map(({ facts, eventId, at }) => says(facts, eventId, { thread, at }));
      const batches = about('in order').map((heard, n) => [routed(ids[n] ?? 0, [], { known: [heard] })]);
      for (const batch of batches) await expand(...batch);
      const shuffled = fc.sample(fc.shuffledSubarray(about('shuffled'), { minLength: 20 }), 2).flat();
      const perEvent = ids.slice(20).map((id, n) => routed(id, [], { known: shuffled.slice(2 * n, 2 * n + 2) }));
      for (const [from, to] of [
        [0, 3],
        [3, 4],
        [4, 20],
      ])
        await expand(...perEvent.slice(from, to));
      const [one, other] = await inbox.subjects(['in order', 'shuffled']);
      assert.deepEqual(other?.facts, one?.facts);
      assert.equal(Object.keys(one?.facts ?? {}).length, 6);
    });

    test('its version grows with what it says, not with what is said again', async () => {
      const { inbox, expand, id } = await fresh(3);
      const version = async () => (await inbox.subjects([THREAD]))[0]?.version;
      await expand(routed(id(0), [], { known: [says({ state: 'open' }, 1)] }));
      assert.equal(await version(), 1);
      await expand(routed(id(1), [], { known: [says({ state: 'open' }, 2, { at: 3_000 })] }));
      assert.equal(await version(), 1);
      await expand(routed(id(2), [], { known: [says({ state: 'closed' }, 3, { at: 2_000 })] }));
      assert.equal(await version(), 1, 'it is older');
      await inbox.learn([says({ state: 'closed' }, 0, { at: 4_000 })]);
      assert.equal(await version(), 2);
    });

    test('what is quarantined, or decided by who lost the lane, is not believed; what settles is', async () => {
      const { inbox, expander, id, under } = await fresh(4);
      const known = (eventId: number) => ({ known: [says({ state: `by ${eventId}` }, eventId)], cards: team() });
      const held = { ...routed(id(0), [], known(1)), state: 'quarantined' as const };
      await inbox.expand(expander, [held]);
      assert.deepEqual(await inbox.cards('team', [THREAD]), [null]);
      const settle = { until: 9e12, thread: null, joinsAfter: null };
      await inbox.expand(expander, [{ ...routed(id(1), [], known(2)), state: 'pending', settle }]);
      assert.deepEqual(await valuesOf(inbox), { state: 'by 2' });
      await under.advance(20_000);
      await lease(inbox, 'expand', 'b');
      assert.equal(await inbox.expand(expander, [routed(id(2), [], known(3))]), 'fenced');
      assert.deepEqual(await valuesOf(inbox), { state: 'by 2' });
    });

    test('a card is wanted once, where something is known, and shows subject and checks of one moment', async () => {
      const { inbox, expand, id } = await fresh(3);
      await expand(
        routed(id(0), [], {
          known: [says({ title: 'Fix' }, 1)],
          cards: [...team(), ...team(), ...team('nothing known')],
        }),
      );
      const shown = await card(inbox);
      const { subject, checks, ...first } = shown;
      const nothing = { state: 'new', receipt: null, posts: 0, shown: 0, hash: null, reason: null };
      assert.deepEqual(first, { destination: 'team', thread: THREAD, wanted: 1, ...nothing });
      assert.deepEqual([subject.version, subject.facts['title']?.value, checks], [1, 'Fix', null]);
      await expand(
        routed(id(1), [], {
          known: [says({ checks: COMMIT }, 2), says({ 'check:lint': 'failed' }, 2, { thread: COMMIT })],
          cards: team(),
        }),
      );
      const later = await card(inbox);
      assert.deepEqual(
        [later.wanted, later.checks?.thread, later.checks?.facts['check:lint']?.value],
        [2, COMMIT, 'failed'],
      );
      assert.deepEqual(await inbox.cards('team', ['nothing known', null, THREAD]), [null, null, later]);
      assert.deepEqual(await inbox.cardsBehind('team', 9), [later]);
      assert.deepEqual(await inbox.cardsBehind('other', 9), []);
      const depths = await inbox.depths();
      assert.deepEqual(
        depths.filter(({ cardsBehind }) => cardsBehind > 0).map(({ lane, cardsBehind }) => [lane, cardsBehind]),
        [['team', 1]],
      );
    });

    test('it falls behind when its subject changes, or the checks of its newest commit, and by nothing else', async () => {
      const { inbox, expand, ids } = await fresh(6);
      const [one = 0, two = 0, three = 0, four = 0, five = 0, six = 0] = ids;
      await expand(routed(one, [], { known: [says({ title: 'Fix', checks: COMMIT }, one)], cards: team() }));
      const lane = await lease(inbox, 'team');
      await inbox.noteCard(lane, THREAD, standing(await card(inbox)));
      assert.deepEqual(await behind(inbox), []);
      await expand(routed(two, [], { known: [says({ title: 'Fix' }, two, { at: 2_000 })], cards: team() }));
      await expand(routed(three, [], { known: [says({ 'check:lint': 'failed' }, three, { thread: 'acme/api@old' })] }));
      assert.deepEqual(await behind(inbox), []);
      await expand(routed(four, [], { known: [says({ 'check:lint': 'failed' }, four, { thread: COMMIT })] }));
      assert.deepEqual(await behind(inbox), [[THREAD, 2, 1]]);
      await inbox.noteCard(lane, THREAD, standing(await card(inbox)));
      await expand(routed(five, [], { known: [says({ checks: 'acme/api@new' }, five, { at: 3_000 })] }));
      await inbox.noteCard(lane, THREAD, standing(await card(inbox)));
      await expand(routed(six, [], { known: [says({ 'check:lint': 'passed' }, six, { thread: COMMIT, at: 4_000 })] }));
      assert.deepEqual(await behind(inbox), [], 'another commit is its newest now');
    });

    test('the card that waits longest comes first, also where others change again and again', async () => {
      const { inbox, expand, ids } = await fresh(4);
      const [one = 0, two = 0, three = 0, four = 0] = ids;
      const at = (thread: string, value: string, eventId: number) => ({
        known: [says({ state: value }, eventId, { thread, at: eventId })],
        cards: team(thread),
      });
      await expand(routed(one, [], at('b', 'open', one)), routed(two, [], at('a', 'open', two)));
      assert.deepEqual(
        (await behind(inbox)).map(([thread]) => thread),
        ['a', 'b'],
      );
      const lane = await lease(inbox, 'team');
      for (const thread of ['a', 'b']) await inbox.noteCard(lane, thread, standing(await card(inbox, thread)));
      await expand(routed(three, [], at('b', 'closed', three)));
      const read = await card(inbox, 'b');
      await expand(routed(four, [], at('b', 'merged', four)));
      await inbox.noteCard(lane, 'b', standing(read));
      assert.deepEqual(await behind(inbox), [['b', 3, 2]], 'it changed while it was shown');
      assert.deepEqual((await inbox.cardsBehind('team', 0)).length, 0);
    });

    test('how it was shown is kept, by the owner of its lane alone, and one that is gone is left alone', async () => {
      const { inbox, expand, id, under, reopen } = await fresh(2);
      await expand(routed(id(0), [], { known: [says({ state: 'open' }, 1)], cards: team() }));
      const lane = await lease(inbox, 'team');
      const begun: CardNote = {
        state: 'creating',
        receipt: null,
        posts: 1,
        shown: 0,
        hash: null,
        reason: 'mid-air ♥ \0',
      };
      assert.equal(await inbox.noteCard(lane, THREAD, begun), 'done');
      assert.deepEqual(await behind(inbox), [[THREAD, 1, 0]]);
      const { receipt, state, posts, shown } = await card(await reopen());
      assert.deepEqual([receipt, state, posts, shown], [null, 'creating', 1, 0]);
      assert.equal(await inbox.noteCard(lane, 'no such thread', begun), 'done');
      const note = standing(await card(inbox), '♥.1');
      await inbox.noteCard(lane, THREAD, note);
      assert.deepEqual((await card(inbox)).receipt, note.receipt);
      await inbox.noteCard(lane, THREAD, { ...note, state: 'gone', receipt: null, shown: 0 });
      await expand(routed(id(1), [], { known: [says({ state: 'closed' }, 2)], cards: team() }));
      assert.deepEqual(await behind(inbox), []);
      await under.advance(20_000);
      await lease(inbox, 'team', 'b');
      assert.equal(await inbox.noteCard(lane, THREAD, begun), 'fenced');
      assert.equal((await card(inbox)).state, 'gone');
    });

    test('two that learn of one subject at once lose nothing of each other', async () => {
      const { inbox, reopen } = await fresh(0);
      const other = await reopen();
      const names = Array.from({ length: 20 }, (_, n) => `check:${n}`);
      await Promise.all(names.map((check, n) => (n % 2 === 0 ? inbox : other).learn([says({ [check]: 'passed' }, 0)])));
      assert.equal(Object.keys((await valuesOf(inbox)) ?? {}).length, 20);
    });
  });
}
