import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { aReminder } from '../../../tests/fixtures/reminders.ts';
import { aRule } from '../../../tests/fixtures/rules.ts';
import type { FactValue, SubjectState } from '../../model/known/card.ts';
import type { Reminder } from '../../model/reminder.ts';
import { NOBODY } from '../../model/rule.ts';
import { sayingOf } from './reminded.ts';
import { reminderActivity, reminderLines } from './said.ts';
import { createWaiters, waitingPull } from './waiting.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 9, 30);
const ago = (hours: number) => NOW - hours * HOUR;

type Facts = Readonly<Record<string, FactValue | readonly [FactValue, number]>>;

/** A fact alone was said 48 hours ago; else as many hours ago as stand behind it. */
function aPull(number: number, facts: Facts = {}): SubjectState {
  const all = {
    noun: 'pull request',
    state: 'open',
    place: 'acme/api',
    title: `Pull ${number}`,
    author: 'octo',
    ...facts,
  };
  const kept = Object.entries(all).map(([name, given], eventId) => {
    const isTimed = Array.isArray(given) && typeof given[1] === 'number';
    const [value, hours] = isTimed ? (given as unknown as readonly [FactValue, number]) : [given as FactValue, 48];
    return [name, { value, at: ago(hours), eventId }];
  });
  return { thread: `acme/api#${number}`, version: 1, facts: Object.fromEntries(kept) };
}

function remindedOf(subjects: readonly SubjectState[], changes: Partial<Reminder> = {}, directory = NOBODY) {
  const waiters = createWaiters(aReminder(changes), directory, NOW);
  for (const subject of subjects) waiters.add(subject);
  return sayingOf(aReminder(changes), waiters.pulls(), directory, NOW)?.whole ?? null;
}

describe('whose turn it is', () => {
  const turn = (facts: Facts) => {
    const pull = waitingPull(aPull(1, facts));
    return pull && [pull.turn, pull.on.join(), (NOW - pull.since) / HOUR, `${pull.approvals}/${pull.needed}`];
  };

  test('of those that are asked, since the first of them was', () => {
    assert.deepEqual(turn({ 'asked:mona': [true, 5], 'asked:acme/backend': [true, 20] }), [
      'review',
      'acme/backend,mona',
      20,
      '0/null',
    ]);
  });

  test('of its author once somebody wants changes, until they are asked again', () => {
    assert.deepEqual(turn({ 'review:mona': ['changes', 3], 'asked:hubot': true }), ['changes', 'octo', 3, '0/null']);
    assert.deepEqual(turn({ 'review:mona': ['changes', 3], 'asked:mona': [true, 1] }), ['review', 'mona', 1, '0/null']);
    assert.deepEqual(turn({ 'review:mona': ['approved', 3], 'review:hubot': ['changes', 9] })?.slice(0, 2), [
      'changes',
      'octo',
    ]);
  });

  test('of its author once it has the approvals it needs, since it had them', () => {
    const approved: Facts = {
      'review:mona': ['approved', 8],
      'review:hubot': ['approved', 4],
      'review:ann': ['approved', 2],
    };
    assert.deepEqual(turn({ ...approved, needed: 2 }), ['merge', 'octo', 4, '3/2']);
    assert.deepEqual(turn({ 'review:mona': ['approved', 8] }), ['merge', 'octo', 8, '1/null']);
    assert.deepEqual(turn({ 'review:mona': ['approved', 8], needed: 2, 'asked:ann': [true, 6] }), [
      'review',
      'ann',
      6,
      '1/2',
    ]);
  });

  test('of who is asked again, whatever they said before; and of nobody whom a newer list leaves out', () => {
    assert.deepEqual(turn({ 'review:mona': ['approved', 8], 'asked:mona': [true, 6] }), [
      'review',
      'mona',
      6,
      '0/null',
    ]);
    const facts = aPull(1, { 'asked:mona': [true, 6], 'asked:ann': [true, 6] }).facts;
    const listed = { ...facts, asked: { value: ['ann'], at: ago(2), eventId: 9 } };
    assert.deepEqual(waitingPull({ thread: 'acme/api#1', version: 1, facts: listed })?.on, ['ann']);
  });

  test('of nobody where nobody is asked; its author’s own words and a dismissed review count for nothing', () => {
    const own: Facts = { 'review:octo': 'approved', 'review:mona': null, 'asked:mona': null };
    assert.deepEqual(turn(own), ['nobody', '', 48, '0/null']);
  });

  test('of nobody at all once it is over, or where it is no pull request', () => {
    for (const facts of [{ state: 'merged' }, { state: 'closed' }, { noun: 'issue' }] as const)
      assert.equal(turn(facts), null);
    assert.equal(waitingPull({ thread: 'acme/api@f00dfeed', version: 1, facts: {} }), null);
  });
});

describe('which of them', () => {
  const handles = (subjects: readonly SubjectState[], changes: Partial<Reminder> = {}) =>
    remindedOf(subjects, changes)?.pulls.map(({ handle }) => handle) ?? null;
  const rule = (...rest: Parameters<typeof aRule> extends [string, ...infer R] ? R : never) => ({
    rule: aRule('reminder team', ...rest),
  });

  test('oldest first, by the filters of a rule', () => {
    const pulls = [
      aPull(1, { 'asked:mona': [true, 2], labels: ['wip'] }),
      aPull(2, { 'asked:mona': [true, 9], author: 'renovate[bot]' }),
      aPull(3, { state: 'draft' }),
      aPull(4, { 'asked:mona': [true, 5], place: 'acme/sandbox', base: 'dev' }),
    ];
    assert.deepEqual(handles(pulls), ['#3', '#2', '#4', '#1']);
    assert.deepEqual(handles(pulls, rule({ pull_request: {} }, { ignore: ['drafts', 'bots'] })), ['#4', '#1']);
    assert.deepEqual(handles(pulls, rule({ pull_request: { 'labels.none': ['WIP'] } })), ['#3', '#2', '#4']);
    assert.deepEqual(handles(pulls, rule({ pull_request: {} }, { repos: ['acme/*', '!acme/sandbox'] })), [
      '#3',
      '#2',
      '#1',
    ]);
    assert.deepEqual(handles(pulls, rule({ pull_request: { branches: ['dev'] } })), ['#4']);
    assert.deepEqual(handles(pulls, { olderThanMs: 6 * HOUR }), ['#3', '#2']);
  });

  test('none: then nobody is told', () => {
    assert.equal(handles([]), null);
    assert.equal(handles([aPull(1)], { olderThanMs: 49 * HOUR }), null);
  });

  test('however they are found, it says the same', () => {
    const pulls = Array.from({ length: 6 }, (_, index) => aPull(index, { 'asked:mona': [true, index % 3] }));
    fc.assert(
      fc.property(fc.shuffledSubarray(pulls, { minLength: 6 }), (shuffled) => {
        assert.deepEqual(remindedOf(shuffled), remindedOf(pulls));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is said', () => {
  const TWO = [
    aPull(12, {
      title: 'Retry *uploads*',
      'asked:mona': [true, 72],
      'asked:hubot': [true, 2],
      needed: 2,
      'review:ann': 'approved',
    }),
    aPull(13, { title: 'Fix', url: 'https://git.example/acme/api/pull/13', 'asked:mona': [true, 3] }),
  ];

  test('the count and the people, then each with whose turn it is, how long, and its approvals', () => {
    assert.deepEqual(reminderLines(remindedOf(TWO) ?? assert.fail()), [
      '2 pull requests wait · mona: 2, hubot: 1',
      '- acme/api#12 Retry *uploads*: waits 3 days for a review by hubot, mona · 1 of 2 approvals',
      '- acme/api#13 Fix: waits 3 h for a review by mona',
    ]);
    assert.match(reminderLines(remindedOf(TWO.slice(1)) ?? assert.fail())[0] ?? '', /^1 pull request waits/);
  });

  test('in one message, or the list by itself behind the count, in one thread', () => {
    const reminded = remindedOf(TWO) ?? assert.fail();
    const [whole, summary, list] = (['whole', 'summary', 'list'] as const).map((part) =>
      reminderActivity(reminded, part),
    );
    assert.equal(whole?.kind, 'reminder.team');
    assert.deepEqual(whole?.said.facts, ['mona: 2, hubot: 1']);
    assert.match(
      whole?.said.excerpt ?? '',
      /^- acme\\\/api\\#12 Retry \\\*uploads\\\*: .*\n- \[acme\\\/api\\#13\]\(<https:/,
    );
    assert.equal(summary?.said.excerpt, null);
    assert.equal(list?.said.excerpt, whole?.said.excerpt);
    assert.equal(summary?.keys.thread, list?.keys.thread);
    assert.equal(new Set([whole, summary, list].map((each) => each?.keys.dedup)).size, 3);
    assert.deepEqual([whole?.facets.asked, list?.facets.asked], [['mona', 'hubot'], []]);
  });

  test('titles of strangers are words, and links are to pages', () => {
    const hostile = '](https://evil.example) <!channel> @everyone\n# Big `x`';
    const reminded = remindedOf([aPull(1, { title: hostile, url: 'javascript:alert(1)' })]) ?? assert.fail();
    const excerpt = reminderActivity(reminded, 'whole').said.excerpt ?? '';
    assert.equal(excerpt.split('\n').length, 1);
    assert.doesNotMatch(excerpt, /(?<!\\)[[\]<>@`]|javascript/);
  });

  test('names and addresses without end are cut, and the list still names what waits', () => {
    const long = (letter: string) => letter.repeat(190);
    const asked = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', '*', '_'].map((each) => [`asked:${long(each)}`, true]),
    );
    const facts = {
      ...asked,
      place: '['.repeat(1_900),
      title: '<'.repeat(1_900),
      url: `https://x.example/${'y'.repeat(1_900)}`,
    };
    const { said } = reminderActivity(remindedOf([aPull(1, facts)]) ?? assert.fail(), 'whole');
    assert.match(said.excerpt ?? '', /^- \\\[.*waits 2 days for a review by /);
    assert.ok((said.excerpt ?? '').length <= 3_000);
  });

  test('of many, those that wait longest; the others are counted', () => {
    const title = 'Ein sehr langer Titel 🐙 '.repeat(40);
    const pulls = Array.from({ length: 300 }, (_, index) => aPull(index, { title, 'asked:mona': [true, index] }));
    const reminded = remindedOf(pulls) ?? assert.fail();
    const { said } = reminderActivity(reminded, 'whole');
    assert.equal(reminded.total, 300);
    assert.equal(said.headline, '300 pull requests wait');
    assert.ok((said.excerpt ?? '').length <= 3_000);
    assert.match(said.excerpt ?? '', /^- acme\\\/api\\#299 .*\n\nand 2\d\d more$/s);
    assert.ok((said.excerpt ?? '').isWellFormed());
    assert.equal(reminderLines(reminded).at(-1), 'and 250 more');
  });
});
