import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { content } from '../../tests/fixtures/activities.ts';
import { aHostileActivity } from '../../tests/fixtures/hostile-activity.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { OnFilter, Rule } from '../model/rule.ts';
import { compileCondition } from './condition/condition.ts';
import { activityValue } from './condition/condition-fields.ts';
import { createRoute } from './route.ts';
import { StepBudget, TooManySteps } from './steps.ts';

const HOSTILE = content(aHostileActivity());

function condition(text: string) {
  const compiled = compileCondition(text);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
  return compiled.condition;
}

function rules(count: number, filter: Partial<OnFilter>, changes: Partial<Rule> = {}): readonly Rule[] {
  return Array.from({ length: count }, (_, n) => aRule(`rule-${n}`, { pull_request: filter }, changes));
}

describe('100 rules decide about the largest event there can be', () => {
  const ASKED: readonly (readonly [what: string, filter: Partial<OnFilter>, condition?: string])[] = [
    ['branches', { branches: ['release/*-*-*-*', '*-*-*-*-*z'] }],
    ['head branches', { 'branches.head': ['{*a,*-}{*a,*-}{*a,*-}z'] }],
    ['files', { paths: ['**/*-*-*.md', 'src/**', '!**/*.test.ts'] }],
    ['authors', { authors: ['*-*-*-*b', '!*[bot]'] }],
    ['titles', {}, 'activity.subject.title.matches("^([a-z]+ ?)+$")'],
    ['texts', {}, 'activity.excerpt.matches("(x+x+)+y") || activity.excerpt.contains("@")'],
    ['labels', {}, 'activity.labels.exists(l, l.matches("^(a|aa)+$"))'],
  ];
  for (const [what, filter, text] of ASKED) {
    test(`by ${what}`, () => {
      const route = createRoute(rules(100, filter, text === undefined ? {} : { condition: condition(text) }));
      assert.deepEqual(route(HOSTILE, 0).tell, []);
    });
  }
});

describe('an expression comes to an end', () => {
  const ENDLESS = [
    // Loops in loops, whatever else goes wrong in them.
    'activity.paths.all(a, activity.paths.all(b, a == b || a != b))',
    'activity.paths.exists(a, activity.paths.exists(b, activity.severity == a + b))',
    'cel.bind(p, activity.paths, p.map(a, p.map(b, a + b)).size() > 1)',
    // Texts and lists that double, side by side and one in the other.
    'cel.bind(a, activity.excerpt + activity.excerpt, cel.bind(b, a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b, cel.bind(d, c+c+c+c+c+c+c+c, d+d+d+d+d+d+d+d == d+d+d+d+d+d+d+d+a))))',
    'cel.bind(a, activity.paths + activity.paths, cel.bind(b, a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b, cel.bind(d, c+c+c+c+c+c+c+c, d == c))))',
    'cel.bind(a, [activity.labels, activity.labels], cel.bind(b, [a,a,a,a,a,a,a,a], cel.bind(c, [b,b,b,b,b,b,b,b], cel.bind(d, [c,c,c,c,c,c,c,c], [d,d,d,d,d,d,d,d] == [d]))))',
    'activity.paths.join(activity.paths.join(",")).size() > 5',
    // Much read many times, and patterns made up on the way.
    'activity.paths.all(p, size(activity.excerpt) > 0)',
    'activity.paths.all(p, activity.excerpt.lowerAscii() != "")',
    'activity.paths.all(p, activity.excerpt.split("").size() > 1)',
    'activity.paths.all(p, !activity.excerpt.contains(p))',
    'activity.paths.all(p, p.matches("(a-/)*" + p))',
    'activity.labels.all(l, !activity.excerpt.matches("x*[ax]{900}x{90}[yz]" + l))',
  ];
  for (const text of ENDLESS) {
    test(text.slice(0, 80), () => {
      const { ask } = condition(text);
      assert.throws(() => ask(activityValue(HOSTILE), new StepBudget()), TooManySteps);
    });
  }
});

test('the rule that takes most is named, also where another takes the last step', () => {
  const costly = aRule(
    'greedy',
    { pull_request: {} },
    { condition: condition('activity.paths.all(p, size(activity.excerpt) > 0 || p == "")') },
  );
  const cheap = rules(3, { branches: ['main'] });
  const route = createRoute([...cheap, costly, ...cheap]);
  assert.throws(() => route(HOSTILE, 0), {
    name: 'TooManySteps',
    message:
      /^asking the rules takes too long: rule "greedy" takes 100 % of what all of them may\. .*replay the event$/,
  });
});

test('100 rules with a long pattern each decide about the first event after a start', () => {
  const words = Array.from({ length: 40 }, (_, n) => `word${n}`).join('|');
  const conditions = Array.from({ length: 100 }, (_, n) =>
    condition(`activity.subject.title.matches("(?i)\\\\b(${words}|${n})\\\\b")`),
  );
  const route = createRoute(conditions.map((each, n) => aRule(`rule-${n}`, { pull_request: {} }, { condition: each })));
  const subject = {
    noun: 'pull request',
    handle: '#1',
    title: 'Retry uploads that the proxy cut off, with backoff',
    url: '',
  };
  assert.deepEqual(route(content({ ...HOSTILE.activity, subject }), 0).tell, []);
});

test('patterns made up of labels come to an end, however large they are written out', () => {
  const { activity } = HOSTILE;
  const labels = Array.from({ length: 100 }, (_, n) => `(a{1000}){9}${n}`);
  const { ask } = condition('activity.labels.exists(l, activity.labels.exists(m, m.matches(l)))');
  assert.throws(
    () => ask(activityValue(content({ ...activity, facets: { ...activity.facets, labels } })), new StepBudget()),
    TooManySteps,
  );
});

test('what one event cost is not held against the next', () => {
  const route = createRoute(rules(10, { paths: ['**/*a*/**/z'] }));
  for (let event = 0; event < 50; event++) assert.deepEqual(route(HOSTILE, 0).tell, []);
});
