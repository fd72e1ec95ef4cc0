import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aReminder, aWaitingPull } from '../../../tests/fixtures/reminders.ts';
import { aRule } from '../../../tests/fixtures/rules.ts';
import type { SubjectState } from '../../model/known/card.ts';
import type { Reminder } from '../../model/reminder.ts';
import type { Directory, Rule } from '../../model/rule.ts';
import { createRoute } from '../route.ts';
import { withOwnRules } from './own-rules.ts';
import { sayingOf } from './reminded.ts';
import { reminderActivity, reminderLines } from './said.ts';
import { createWaiters } from './waiting.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 9, 30);

const DIRECTORY: Directory = {
  people: new Map(['mona', 'hubot', 'octo'].map((login) => [login, { ids: { slack: `U-${login}` } }])),
  teams: new Map([['acme/backend', { ids: {}, members: new Set(['hubot', 'zoe']) }]]),
  owners: new Map(),
  direct: {
    by: new Set(['people']),
    types: new Map([
      ['people', 'slack'],
      ['team', 'slack'],
    ]),
  },
};

const PULLS = [
  aWaitingPull(1, NOW - 30 * HOUR),
  aWaitingPull(2, NOW - 3 * HOUR, { 'asked:mona': null, 'asked:Acme/Backend': true }),
  aWaitingPull(3, NOW - 9 * HOUR, { 'asked:mona': null, 'review:mona': 'changes' }),
  aWaitingPull(4, NOW - 2 * HOUR, { 'asked:mona': null }),
];

function reminding(people: readonly string[], changes: Partial<Rule> = {}): Reminder {
  return aReminder({ rule: aRule('reminder team', { pull_request: {} }, { to: [], people, ...changes }) });
}

function saying(reminder: Reminder, pulls: readonly SubjectState[] = PULLS) {
  const waiters = createWaiters(reminder, DIRECTORY, NOW);
  for (const each of pulls) waiters.add(each);
  return sayingOf(reminder, waiters.pulls(), DIRECTORY, NOW);
}

function alone(reminder: Reminder) {
  const parts = saying(reminder)?.parts ?? [];
  return parts.flatMap(({ reminded: { to, pulls } }) => (to ? [[to, ...pulls.map(({ handle }) => handle)]] : []));
}

test('each whose turn it is gets what waits for them, and members what waits for their team', () => {
  const everybody = saying(reminding(['@asked']));
  assert.deepEqual(alone(reminding(['@asked'])), [
    ['hubot', '#2'],
    ['mona', '#1'],
    ['octo', '#3'],
  ]);
  assert.deepEqual(everybody?.left, { zoe: 'unknown to people' });
  assert.equal(everybody?.whole.total, 4);
  assert.deepEqual(
    everybody?.parts.map(({ part, reminded }) => [part, reminderLines(reminded)]),
    [
      ['own', ['1 pull request waits for you', '- acme/api#2 Pull 2: waits 3 h for your review']],
      ['own', ['1 pull request waits for you', '- acme/api#1 Pull 1: waits 30 h for your review']],
      ['own', ['1 pull request waits for you', '- acme/api#3 Pull 3: waits 9 h for your changes']],
    ],
  );
});

test('who is named gets what waits for them, and nothing where nothing does', () => {
  assert.deepEqual(alone(reminding(['@Mona', '@octo'])), [
    ['mona', '#1'],
    ['octo', '#3'],
  ]);
  assert.deepEqual(alone(reminding(['@acme/backend'])), [['hubot', '#2']]);
  assert.deepEqual(saying(reminding(['@mona']), PULLS.slice(2))?.parts, []);
});

test('a channel gets all of it; whom it calls there gets no message of their own besides', () => {
  const both = reminding(['@asked'], { to: ['team'] });
  assert.deepEqual(
    saying(both)?.parts.map(({ part, reminded }) => [part, reminded.to ?? null, reminded.total]),
    [
      ['whole', null, 4],
      ['own', 'hubot', 1],
      ['own', 'mona', 1],
      ['own', 'octo', 1],
    ],
  );
  const calling = saying(reminding(['@asked'], { to: ['team'], mention: ['@mona'] }));
  assert.deepEqual([calling?.parts.length, calling?.left['mona']], [3, 'called in team']);
});

test('its event tells that person and nobody else', () => {
  const reminder = reminding(['@asked'], { to: ['team'] });
  const route = withOwnRules(createRoute([aRule('all', { '*': {} })]), { reminders: [reminder], rules: [] }, DIRECTORY);
  const told = saying(reminder)?.parts.map(({ part, reminded }) =>
    route({ activity: reminderActivity(reminded, part), transition: null }, NOW).tell.map(
      ({ destination, mentions }) => [destination, ...mentions.map(({ name }) => name)],
    ),
  );
  assert.deepEqual(told, [[['team']], [['people', 'hubot']], [['people', 'mona']], [['people', 'octo']]]);
});

test('what a branch needs counts for its pull requests, also where it is heard of behind them', () => {
  const approved = { base: 'main', place: 'Acme/api', 'asked:mona': null, 'review:mona': 'approved' };
  const branch = { noun: 'branch', state: null, 'asked:mona': null, place: 'acme/api', base: 'main', needed: 2 };
  const on = (base: string) => ({ ...aWaitingPull(9, NOW, { ...branch, base }), thread: `acme/api branch ${base}` });
  const pull = aWaitingPull(1, NOW - HOUR, approved);
  const words = (...subjects: readonly SubjectState[]) => {
    const [line = ''] = reminderLines(saying(reminding(['@mona']), subjects)?.whole ?? assert.fail()).slice(1);
    return line.replace(/^.*: /, '');
  };
  assert.equal(words(pull), 'waits 1 h for octo to merge it · 1 approval');
  assert.equal(words(pull, on('main')), 'waits 1 h and nobody is asked for a review · 1 of 2 approvals');
  assert.equal(words(on('main'), pull), words(pull, on('main')));
  assert.equal(words(on('next'), pull), words(pull));
});

test('merge requests are called so', () => {
  const requests = [aWaitingPull(1, NOW - HOUR, { noun: 'merge request', handle: '!1' })];
  const [headline] = reminderLines(saying(reminding(['@mona']), requests)?.whole ?? assert.fail());
  assert.equal(headline, '1 merge request waits · mona: 1');
});
