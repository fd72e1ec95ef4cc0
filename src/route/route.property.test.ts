import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { anActivity, content } from '../../tests/fixtures/activities.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { Activity } from '../model/activity.ts';
import { activity as newActivity } from '../model/new-activity.ts';
import { ANY, type OnFilter, type Rule } from '../model/rule.ts';
import { GlobLists } from './glob-list.ts';
import { createRoute } from './route.ts';
import { StepBudget } from './steps.ts';

// The oracle shares no code and no library with the router: globs by recursion over characters, a rule as one
// expression over plain arrays, `stop` by cutting the list of rules.

function globHolds(glob: string, text: string): boolean {
  if (glob === '') return text === '';
  if (glob === '**') return true;
  if (glob.startsWith('*')) {
    for (let taken = 0; taken <= text.length; taken++) {
      if (globHolds(glob.slice(1), text.slice(taken))) return true;
      if (text[taken] === '/') return false;
    }
    return false;
  }
  return glob[0] === text[0] && globHolds(glob.slice(1), text.slice(1));
}

function listHolds(list: readonly string[], text: string): boolean {
  let allowed = list.every((entry) => entry[0] === '!');
  for (const entry of list) if (entry[0] !== '!' && globHolds(entry, text)) allowed = true;
  for (const entry of list) if (entry[0] === '!' && globHolds(entry.slice(1), text)) allowed = false;
  return allowed;
}

function ruleHolds(rule: Rule, a: Activity): boolean {
  const filter = rule.on.get(a.type);
  if (!filter) return false;
  const { facets } = a;
  const common = (wanted: readonly string[]) => wanted.filter((label) => facets.labels.includes(label)).length;
  const { types, branches, 'labels.any': any, 'labels.all': all, 'labels.none': none } = filter;
  return !(
    (types && (a.action === null || types.indexOf(a.action) < 0)) ||
    (!types && a.isMinor) ||
    (branches && (facets.branch === null || !listHolds(branches, facets.branch))) ||
    (any && common(any) === 0) ||
    (all && common(all) < all.length) ||
    (none && common(none) > 0) ||
    (rule.repos && (!a.place || !listHolds(rule.repos, a.place.name.toLowerCase()))) ||
    (rule.ignore.includes('bots') && a.actor?.isBot) ||
    (rule.ignore.includes('drafts') && facets.isDraft)
  );
}

function destinations(rules: readonly Rule[], a: Activity): string[] {
  const matching = rules.filter((rule) => ruleHolds(rule, a));
  const last = matching.findIndex((rule) => rule.stop);
  return [...new Set((last < 0 ? matching : matching.slice(0, last + 1)).flatMap((rule) => rule.to))];
}

const pick = (...values: string[]) => fc.constantFrom(...values);
const some = (arbitrary: fc.Arbitrary<string>, minLength = 0) => fc.uniqueArray(arbitrary, { minLength, maxLength: 3 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });

const types = pick('issues', 'pull_request', 'push');
const actions = pick('opened', 'closed', 'merged');
const labels = pick('bug', 'wip', 'p1');
const branches = pick('main', 'release/1', 'release/1/x', '.hidden', 'rel', 'a(b)', 'a+b$');
const repos = pick('acme/api', 'Acme/API', 'acme/.github', 'acme/sandbox', 'other/api');
const branchGlobs = pick(
  'main',
  'release/*',
  'release/**',
  '**',
  '*',
  're*',
  '!main',
  '!release/**',
  '!*',
  'a(b)',
  '!rel*',
);
const repoGlobs = pick('acme/*', '*/api', '!acme/sandbox', '!other/*', 'acme/api', '!*/.github', '**');

const filters: fc.Arbitrary<OnFilter> = fc
  .record({
    types: orNull(some(actions, 1)),
    branches: orNull(some(branchGlobs, 1)),
    'labels.any': orNull(some(labels, 1)),
    'labels.all': orNull(some(labels, 1)),
    'labels.none': orNull(some(labels, 1)),
  })
  .map((asked) => ({ ...ANY, ...asked }));
const rules: fc.Arbitrary<Rule[]> = fc
  .array(
    fc.record({
      on: fc.array(fc.tuple(types, filters), { minLength: 1, maxLength: 2 }).map((entries) => new Map(entries)),
      repos: orNull(some(repoGlobs, 1)),
      ignore: fc.subarray(['bots', 'drafts'] as const),
      to: some(pick('x', 'y', 'z'), 1),
      stop: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((list) => list.map((rule, index) => aRule(`rule-${index}`, {}, rule)));
const activities: fc.Arbitrary<Activity> = fc
  .record({
    type: types,
    action: orNull(actions),
    place: orNull(repos.map((name) => ({ name, url: '' }))),
    actor: orNull(fc.boolean().map((isBot) => ({ login: 'mona', url: null, avatarUrl: null, isBot }))),
    labels: some(labels),
    branch: orNull(branches),
    isDraft: fc.boolean(),
    isMinor: fc.boolean(),
  })
  .map((given) =>
    newActivity({
      kind: given.action === null ? given.type : `${given.type}.${given.action}`,
      source: 'github',
      headline: '',
      tone: 'neutral',
      subject: null,
      dedupKey: '',
      ...given,
    }),
  );

test('tells whom the naive reading of the rules tells', () => {
  fc.assert(
    fc.property(rules, activities, (list, a) => {
      const told = createRoute(list)(content(a), 0).tell.map(({ destination }) => destination);
      assert.deepEqual(told, destinations(list, a));
    }),
    { numRuns: 2000 },
  );
});

test('a rule matched exactly when each of its checks held, and has a reason exactly when nobody is told', () => {
  fc.assert(
    fc.property(rules, activities, (list, a) => {
      const { tell, trace, reason } = createRoute(list)(content(a), 0);
      assert.equal(reason === null, tell.length > 0);
      assert.equal(trace.rules.length, list.length);
      const stopAt = trace.rules.findIndex(({ result }, index) => result === 'matched' && list[index]?.stop);
      for (const [index, { result, checks }] of trace.rules.entries()) {
        const asked = stopAt < 0 || index <= stopAt;
        assert.equal(result !== 'not_asked', asked);
        assert.equal(checks.length > 0, asked);
        if (asked)
          assert.equal(
            result === 'matched',
            checks.every(({ ok }) => ok),
          );
      }
    }),
  );
});

test('a name without glob characters matches itself and nothing else', () => {
  const name = fc
    .string({ unit: fc.constantFrom(...'ab./-_+()|^$@#%&,;=~\'"'.split('')), minLength: 1, maxLength: 8 })
    .filter((text) => !/(^|\/)\.{1,2}(\/|$)/.test(text)); // no Git name has such a segment
  fc.assert(
    fc.property(name, name, (pattern, text) => {
      const globs = new GlobLists().compile([pattern], { ignoreCase: false });
      const matches = (name: string) => globs(name, new StepBudget());
      assert.equal(matches(pattern), true);
      assert.equal(matches(text), text === pattern);
    }),
  );
});

test('turning every glob of a list round turns the answer round, when the list has one kind only', () => {
  const plain = repoGlobs.filter((glob) => !glob.startsWith('!'));
  fc.assert(
    fc.property(some(plain, 1), repos, (list, name) => {
      const matches = (patterns: string[]) => {
        const rule = aRule('a', { push: {} }, { repos: patterns, to: ['x'] });
        const a = { ...PUSH, place: { name, url: '' } };
        return createRoute([rule])(content(a), 0).tell.length === 1;
      };
      assert.notEqual(matches(list), matches(list.map((glob) => `!${glob}`)));
    }),
  );
});

const PUSH = anActivity({ kind: 'push', type: 'push', action: null, actor: null, place: null, subject: null });
