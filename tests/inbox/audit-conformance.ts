import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Audited } from '../../src/model/inbox/audits.ts';
import { NOT_MUTED } from '../../src/model/inbox/mutes.ts';
import { routed } from '../fixtures/stored.ts';
import { expanding } from './expanding.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

const DONE: Audited = {
  at: 1_000,
  who: 'mona (Slack U012AB3CD)',
  from: 'Slack, #releases',
  what: 'mute',
  about: 'acme/api#12 for team',
  outcome: 'for good',
};
const MUTE = { thread: 'acme/api#12', whom: 'team', until: null, by: 'mona', at: 1_000 };

/** What a store owes to whoever asks later who did what. */
export function auditConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, who did what: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('what was done is kept with who, from where, about what and its outcome, newest first', async () => {
      const { inbox, reopen } = await freshInbox();
      assert.deepEqual(await inbox.audited(0, 9), []);
      const later = { ...DONE, at: 2_000, what: 'asked why', about: null, outcome: 'event 42' };
      for (const each of [later, DONE]) await inbox.noteAudited(each);
      const other = await reopen();
      assert.deepEqual(await other.audited(0, 9), [later, DONE]);
      assert.deepEqual(await other.audited(0, 1), [later]);
      assert.deepEqual(await other.audited(1_000, 9), [later, DONE]);
      assert.deepEqual(await other.audited(1_001, 9), [later]);
    });

    test('a mute and what is written of it are one thing; unmuting what was not muted says so', async () => {
      const { inbox } = await freshInbox();
      await inbox.mute(MUTE, DONE);
      const unmute = { ...DONE, at: 1_001, what: 'unmute', outcome: 'done' };
      assert.equal(await inbox.unmute(MUTE.thread, MUTE.whom, unmute), true);
      assert.equal(await inbox.unmute(MUTE.thread, MUTE.whom, { ...unmute, at: 1_002 }), false);
      assert.deepEqual(
        (await inbox.audited(0, 9)).map(({ what, outcome }) => [what, outcome]),
        [
          ['unmute', NOT_MUTED],
          ['unmute', 'done'],
          ['mute', 'for good'],
        ],
      );
    });

    test('endless and broken texts, and those of other scripts, are kept as far as there is room', async () => {
      const { inbox } = await freshInbox();
      const long = '💥\0\ud800'.repeat(100_000);
      const odd = { at: 5, who: long, from: 'مونا ‮', what: long, about: long, outcome: long };
      await inbox.noteAudited(odd);
      const [kept] = await inbox.audited(0, 9);
      assert(kept);
      assert.deepEqual(
        [kept.who, kept.from, kept.what, kept.about ?? '', kept.outcome].map(({ length }) => length),
        [200, odd.from.length, 100, 500, 500],
      );
      assert.ok([kept.who, kept.outcome].every((text) => text.isWellFormed() && text.endsWith('…')));
    });

    test('it goes by age, and at a wish with what names somebody; what was forgotten stays said', async () => {
      const { inbox } = await freshInbox();
      await inbox.noteAudit('forget', { repos: ['acme/secret'] });
      for (const at of [10, 20, 30]) await inbox.noteAudited({ ...DONE, at, who: `hubot ${at}` });
      await inbox.noteAudited({ ...DONE, at: 30, about: 'acme/secret#7 for team' });
      const prune = await lease(inbox, 'prune');
      for (const limit of [1, 9]) await inbox.deleteLeftovers(prune, 30, limit);
      const left = async () => (await inbox.audited(0, 9)).map(({ who }) => who);
      assert.deepEqual(await left(), [DONE.who, 'hubot 30']);
      assert.equal(await inbox.forgetKeys({ repos: ['acme/secret'], logins: [] }), 1);
      assert.deepEqual(await left(), ['hubot 30']);
      assert.equal(await inbox.forgetKeys({ repos: [], logins: ['hubot'] }), 1);
      assert.deepEqual(await left(), []);
      assert.deepEqual((await inbox.audit(9)).length, 1);
    });

    test('whoever is forgotten is no longer named as the one who muted a thread; the event stays', async () => {
      const { inbox, expand, ids } = await expanding(freshInbox, 2);
      const by = 'muted by mona (Slack U012AB3CD) for good';
      const sought = [{ rule: 'r', word: '@asked', told: [], left: { hubot: by, Mona: 'no id in people' } }];
      for (const [n, id] of ids.entries()) {
        const muted =
          n === 0 ? { team: by, '@mona': by, '@hubot': 'muted by hubot for good' } : { ops: 'muted by hubot' };
        const trace = { kind: null, rules: [], sought, muted };
        await expand({ ...routed(id, []), state: 'skipped', reason: `team is not told: ${by}`, trace });
      }
      const [first = 0, second = 0] = ids;
      assert.equal(await inbox.forgetKeys({ repos: [], logins: ['mona'] }), 2);
      assert.equal(await inbox.forgetKeys({ repos: [], logins: ['mona'] }), 0);
      const [one, other] = [await inbox.show(first), await inbox.show(second)];
      assert.deepEqual(one?.trace?.muted, { team: 'muted', muted: 'muted', '@hubot': 'muted by hubot for good' });
      assert.deepEqual(
        [one?.reason, other?.reason, other?.trace?.muted],
        ['muted', 'muted', { ops: 'muted by hubot' }],
      );
      assert.ok(!JSON.stringify([one?.trace, other?.trace]).includes('ona'));
      assert.ok(one?.body !== null);
    });

    test('mutes of a few threads are found, however long their names are, and whether there are any', async () => {
      const { inbox } = await freshInbox();
      assert.equal(await inbox.hasMutes(), false);
      const long = `acme/api#${'9'.repeat(3_000)}`;
      for (const thread of ['acme/api#1', long]) await inbox.mute({ ...MUTE, thread });
      assert.equal(await inbox.hasMutes(), true);
      assert.deepEqual(
        (await inbox.mutes([long, 'never there'], 0)).map(({ thread }) => thread),
        [long],
      );
      assert.equal((await inbox.mutesOf(null, 0, 9)).length, 2);
      assert.equal(await inbox.unmute(long, 'team'), true);
    });
  });
}
