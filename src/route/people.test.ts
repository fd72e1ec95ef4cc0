import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity, person } from '../../tests/fixtures/activities.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { ActivityFields } from '../model/new-activity.ts';
import type { Directory, Rule } from '../model/rule.ts';
import { soughtWords } from '../model/sought.ts';
import { createRoute } from './route.ts';

const NOON = Date.UTC(2026, 0, 15, 12);

const DIRECTORY: Directory = {
  people: new Map([
    ['mona', { ids: { slack: 'U0MONA' } }],
    ['hubot', { ids: { slack: 'U0HUBOT' } }],
    ['priya-k', { ids: { discord: '42' } }],
  ]),
  teams: new Map([
    ['acme/backend', { ids: { slack: 'S0BACK' }, members: new Set(['mona', 'hubot', 'new']) }],
    ['acme/empty', { ids: { slack: 'S0EMPTY' }, members: new Set<string>() }],
  ]),
  owners: new Map([['desk', 'hubot']]),
  direct: {
    by: new Set(['people']),
    types: new Map([
      ['people', 'slack'],
      ['team', 'slack'],
      ['desk', 'slack'],
      ['chat', 'discord'],
    ]),
  },
};

function routed(changes: readonly Partial<Rule>[], fields: Partial<ActivityFields>, directory = DIRECTORY) {
  const rules = changes.map((each, index) => aRule(`r${index + 1}`, { issues: {} }, { to: [], ...each }));
  const activity = anActivity({ actor: person('ada'), ...fields });
  const decision = createRoute(rules, directory)({ activity, transition: null }, NOON);
  return {
    ...decision,
    people: decision.tell.find(({ destination }) => destination === 'people')?.recipients ?? [],
    words: decision.trace.sought?.map(soughtWords),
  };
}

function names(recipients: ReturnType<typeof routed>['people']): readonly string[] {
  return recipients.map(({ mention }) => mention.name);
}

test('each of whom a word stands for is told once, by one telling; who is left out stands in the trace with why', () => {
  const { tell, people, words } = routed([{ people: ['@asked', '@author', '@mona'] }], {
    asked: ['Mona', 'zoe', 'acme/web'],
    author: 'hubot',
  });
  assert.deepEqual(names(people), ['Mona', 'hubot']);
  assert.deepEqual(
    tell.map(({ destination, rule, mentions }) => [destination, rule, mentions.map(({ ids }) => ids)]),
    [['people', 'r1', [{ slack: 'U0MONA' }, { slack: 'U0HUBOT' }]]],
  );
  assert.deepEqual(words, [
    '@asked: Mona, zoe (unknown to people), acme/web (unknown to teams)',
    '@author: hubot',
    '@mona: mona',
  ]);
});

test('a team is its members; one without is nobody; words may stand for nobody', () => {
  const { people, words } = routed([{ people: ['@acme/backend', '@acme/empty', '@assignees'] }], {});
  assert.deepEqual(names(people), ['mona', 'hubot']);
  assert.deepEqual(words, [
    '@acme/backend: mona, hubot, new (unknown to people)',
    '@acme/empty: acme/empty (has no members in teams)',
    '@assignees: nobody',
  ]);
});

test('never who did it, in whatever case, nor who has no id where people are told; then nobody is, and it says why', () => {
  const { tell, reason } = routed([{ people: ['@author', '@priya-k'] }], { actor: person('MONA'), author: 'mona' });
  assert.deepEqual(tell, []);
  assert.equal(reason, 'rule r1 matched and tells nobody: @author: mona (did it); @priya-k: priya-k (no id in people)');
});

test('not twice: who is called by name where others are told, alone or in a team, or has a destination of their own', () => {
  const asked = { people: ['@mona', '@hubot'] };
  const words = (rule: Partial<Rule>) => routed([asked, rule], {}).words;
  assert.deepEqual(words({ to: ['team'], mention: ['@mona'] }), ['@mona: mona (called in team)', '@hubot: hubot']);
  assert.deepEqual(words({ to: ['team'], mention: ['acme/backend'] }), [
    '@mona: mona (called in team)',
    '@hubot: hubot (called in team)',
  ]);
  assert.deepEqual(words({ to: ['desk'] }), ['@mona: mona', '@hubot: hubot (told in desk)']);
  // Where nobody knows them by an id their name rings no bell; nor does everybody's.
  assert.deepEqual(words({ to: ['chat'], mention: ['@mona'] }), ['@mona: mona', '@hubot: hubot']);
  assert.deepEqual(words({ to: ['team'], mention: ['here'] }), ['@mona: mona', '@hubot: hubot']);
});

test('quiet hours are of the rules that name somebody: another rule wakes nobody but its own', () => {
  const quiet = { hours: [{ from: 11 * 60, to: 13 * 60 }], days: [], zone: 'UTC' };
  const { people } = routed([{ people: ['@mona', '@hubot'], quiet }, { people: ['@hubot'] }], {});
  assert.deepEqual(
    people.map(({ mention, rule, notBefore }) => [mention.name, rule, notBefore]),
    [
      ['mona', 'r1', NOON + 3_600_000],
      ['hubot', 'r1', null],
    ],
  );
});

test('the trace of a rule names people beside destinations; without a destination for them nobody is told', () => {
  const { trace, people } = routed([{ to: ['team'], people: ['@mona'] }], {});
  assert.deepEqual(trace.rules[0]?.to, ['team', '@mona']);
  assert.deepEqual(names(people), ['mona']);
  const { direct: _, ...without } = DIRECTORY;
  const nowhere = routed([{ people: ['@mona'] }], {}, without);
  assert.deepEqual(nowhere.tell, []);
  assert.match(nowhere.reason ?? '', /no id in people/);
});

test('a login like a property of every object is a login', () => {
  const { words } = routed([{ people: ['@asked'] }], { asked: ['__proto__', 'constructor'] });
  assert.deepEqual(words, ['@asked: __proto__ (unknown to people), constructor (unknown to people)']);
});

test('one word stands for two hundred at most: nobody writes to thousands, nor fills the trace', () => {
  const asked = Array.from({ length: 1_000 }, (_, index) => `p${index}`);
  const people = new Map(asked.map((login) => [login, { ids: { slack: `U000${login}` } }]));
  const found = routed([{ people: ['@asked'] }], { asked }, { ...DIRECTORY, people });
  assert.equal(found.people.length, 200);
  assert.match(found.words?.[0] ?? '', /, p199, 800 more \(more than 200\)$/);
});

test('whom a rule tells later is told by no other telling, and nobody later who is told at once', () => {
  const later = { people: ['@asked'], afterMs: 30 * 60_000 };
  const { tell, later: postponed, words, reason } = routed([later], { asked: ['Mona', 'zoe'] });
  assert.deepEqual([tell, postponed], [[], [{ rule: 'r1', afterMs: 30 * 60_000, people: ['mona'] }]]);
  assert.deepEqual(words, ['@asked: Mona (in 30 min, if nothing happens until then), zoe (unknown to people)']);
  assert.match(reason ?? '', /Mona \(in 30 min, if nothing happens until then\)/);
  for (const rules of [
    [later, { people: ['@mona'] }],
    [{ people: ['@mona'] }, later],
  ]) {
    const both = routed(rules, { asked: ['Mona', 'hubot'] });
    assert.deepEqual(names(both.people), ['mona']);
    assert.deepEqual(both.later?.[0]?.people, ['hubot']);
  }
});
