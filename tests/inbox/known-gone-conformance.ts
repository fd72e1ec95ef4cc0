import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CardNote } from '../../src/model/inbox/cards.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { routed } from '../fixtures/stored.ts';
import { expanding } from './expanding.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';
import { says } from './known-conformance.ts';

const MONA = { repos: [], logins: ['mona'] };
const SECRET = { repos: ['acme/secret'], logins: [] };
const SHOWN: CardNote = { state: 'ready', receipt: { ts: '1' }, posts: 1, shown: 1, hash: 'h', reason: 'mona is away' };

/** What goes of what is known, and of what people wished: by age, and at a person's wish. */
export function knownGoneConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, what is known goes: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    /** An inbox with a card at `team` of each of these threads, shown. */
    async function showing(threads: readonly string[]) {
      const { inbox, expand, ids } = await expanding(freshInbox, threads.length);
      const team = await lease(inbox, 'team');
      for (const [n, thread] of threads.entries()) {
        const id = ids[n] ?? 0;
        await expand(
          routed(id, [], {
            known: [says({ state: 'open' }, id, { thread })],
            cards: [{ destination: 'team', thread }],
          }),
        );
        await inbox.noteCard(team, thread, SHOWN);
      }
      return { inbox, ids };
    }

    const cardsOf = async (inbox: Inbox, threads: readonly string[]) =>
      (await inbox.cards('team', threads)).map(
        (card) => card && [card.wanted, Object.keys(card.subject.facts), card.reason],
      );

    test('subjects go by when something was heard of them last, with their cards', async () => {
      const threads = ['acme/api#1', 'acme/api#2', 'acme/api#3'];
      const { inbox } = await showing(threads);
      const prune = await lease(inbox, 'prune');
      assert.equal(await inbox.deleteLeftovers(prune, 1_000_000, 9), 0);
      const going = [
        await inbox.deleteLeftovers(prune, 1_000_001, 2),
        await inbox.deleteLeftovers(prune, 1_000_001, 2),
      ];
      assert.deepEqual(going, [2, 1]);
      assert.equal(await inbox.deleteLeftovers(prune, 1_000_001, 2), 0);
      assert.deepEqual(await inbox.cards('team', threads), [null, null, null]);
      assert.deepEqual(await inbox.subjectsAfter('', 9), []);
    });

    test('mutes and reminders go once they are over; a mute for good stays with what is known of its thread', async () => {
      const { inbox } = await showing(['acme/api#1']);
      const prune = await lease(inbox, 'prune');
      const mute = { thread: 'acme/api#1', whom: 'team', by: 'mona', at: 10 };
      await inbox.mute({ ...mute, until: null });
      await inbox.mute({ ...mute, whom: '@mona', until: 100 });
      await inbox.mute({ ...mute, thread: 'unknown', until: null });
      await inbox.mute({ ...mute, thread: 'unknown', whom: '@mona', until: 5_000 });
      for (const dueAt of [50, 5_000]) await inbox.takeReminder({ name: 'morning', dueAt }, 'a', 1_000);
      for (const limit of [1, 9, 9]) await inbox.deleteLeftovers(prune, 1_000, limit);
      assert.equal(await inbox.deleteLeftovers(prune, 1_000, 9), 0);
      assert.deepEqual(
        (await inbox.mutesOf('team', 0, 9)).map(({ thread }) => thread),
        ['acme/api#1'],
      );
      assert.deepEqual(
        (await inbox.mutesOf('@mona', 0, 9)).map(({ until }) => until),
        [],
      );
      assert.deepEqual(
        (await inbox.reminders('morning', 9)).map(({ dueAt }) => dueAt),
        [5_000],
      );
    });

    test('of a repository all goes, of a person what names them; cards that showed it show less', async () => {
      const threads = ['acme/secret#1', 'acme/api#1', 'acme/api#2'];
      const { inbox } = await showing(threads);
      const facts = { 'review:mona': 'approved', latest: 'Approved by Mona.', assignees: ['mona'], author: 'monalisa' };
      await inbox.learn([says(facts, 0, { thread: 'acme/api#1' })]);
      await inbox.mute({ thread: 'acme/api#2', whom: '@mona', until: null, by: 'mona', at: 1 });
      await inbox.mute({ thread: 'acme/secret#1', whom: 'team', until: null, by: 'hubot', at: 1 });
      const due = await inbox.takeReminder({ name: 'morning', dueAt: 1 }, 'a', 1_000);
      assert(due);
      await inbox.endReminder(due, 'said', 'to @mona');
      assert.equal(await inbox.forgetKeys(SECRET), 2);
      assert.equal(await inbox.forgetKeys(SECRET), 0);
      assert.equal(await inbox.forgetKeys(MONA), 2);
      assert.equal(await inbox.forgetKeys(MONA), 0);
      assert.deepEqual(await cardsOf(inbox, threads), [
        null,
        [3, ['author', 'state'], null],
        [1, ['state'], 'mona is away'],
      ]);
      assert.deepEqual(await inbox.mutesOf('@mona', 0, 9), []);
      assert.deepEqual(
        (await inbox.reminders('morning', 9)).map(({ outcome, detail }) => [outcome, detail]),
        [['said', 'forgotten']],
      );
    });

    test('what forgotten events said is known no longer, also of subjects that do not name them', async () => {
      const threads = ['acme/api#1', 'acme/api#2'];
      const { inbox, ids } = await showing(threads);
      await inbox.learn([says({ title: 'Fix it' }, 0, { thread: 'acme/api#1' })]);
      await inbox.forgetEvents(MONA, ids);
      assert.equal(await inbox.forgetKeys(MONA), 2);
      assert.deepEqual(await cardsOf(inbox, threads), [[3, ['title'], null], null]);
      assert.deepEqual(
        (await inbox.cardsBehind('team', 9)).map(({ thread }) => thread),
        ['acme/api#1'],
      );
    });
  });
}
