import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { EventCatalog, EventEntry } from '../model/event-catalog.ts';
import { NOBODY, type OnFilter, type Rule } from '../model/rule.ts';
import { compileCondition } from './condition/condition.ts';
import { idleRules } from './idle.ts';
import type { EventKnowledge } from './in-vain.ts';

const NEVER = { never: 'GitHub sends star.created for the same star' };
const MINOR = { minor: 'it comes many times a day' };

const CATALOG: EventCatalog = Object.fromEntries(
  Object.entries<EventEntry['actions']>({
    issues: { opened: 'told', labeled: MINOR, perhaps: { minorWhen: 'it has no words' } },
    workflow_run: { requested: MINOR, completed: 'told' },
    workflow_job: { queued: MINOR, completed: MINOR },
    watch: { started: NEVER },
    push: { '': 'told' },
    message: { '': 'told', edited: MINOR },
    pull_request: { opened: 'told', converted_to_draft: 'told' },
    repository_dispatch: { '*': 'told' },
  }).map(([type, actions]) => [type, { actions, facets: [] }]),
);

const KNOWN: EventKnowledge = { catalog: CATALOG, filesToken: 'GITHUB_TOKEN', sources: ['github', 'stripe'] };

const idle = (...rules: readonly Rule[]) => idleRules(rules, NOBODY, KNOWN);
const one = (type: string, filter: Partial<OnFilter> = {}, changes: Partial<Rule> = {}) =>
  idle(aRule('r', { [type]: filter }, changes));

function conditionOf(text: string): Rule['condition'] {
  const compiled = compileCondition(text);
  return compiled.ok ? compiled.condition : assert.fail(compiled.message);
}

const quiet = { hours: [], days: [], zone: 'UTC' };

test('what can never match is named, with the reason', () => {
  const cases: readonly (readonly [said: readonly string[], why: RegExp])[] = [
    [
      one('workflow_job'),
      /^rule "r" never matches workflow_job: all of its actions are minor.* Write workflow_job: \[queued\]\.$/,
    ],
    [one('watch'), /never matches watch: it is never told, because GitHub sends star\.created/],
    [one('watch', { types: ['started'] }), /it is never told/],
    [one('push', { branches: ['main', '!main'] }), /branches leaves out again/],
    [one('push', { branches: ['release/1', 'main', '!main', '!release/*'] }), /branches leaves out again/],
    [one('push', { tags: ['!**'] }), /tags leaves out again/],
    [one('issues', { authors: ['mona', '!Mona'] }), /authors leaves out again/],
    [one('issues', {}, { repos: ['acme/*', '!acme/*'] }), /repos leaves out again/],
    [one('issues', {}, { sources: ['git*', '!git*'] }), /sources leaves out again/],
    [one('issues', {}, { sources: ['slack-*'] }), /none of the sources is asked for\. There is: github, stripe\.$/],
    [one('issues', { 'labels.any': ['Bug'], 'labels.none': ['bug'] }), /labels asks for what it also leaves out/],
    [one('issues', { 'labels.all': ['a', 'wip'], 'labels.none': ['wip'] }), /labels asks/],
    [one('workflow_run', { conclusion: ['success'], transition: ['broke', 'still_broken'] }), /contradict/],
    [one('workflow_run', { conclusion: ['failure'], transition: ['fixed'] }), /contradict/],
    [one('workflow_run', { workflows: ['CI', '!ci'] }), /workflows leaves out again/],
    [one('workflow_dispatch', { workflows: ['CI'] }), /it has the file of the workflow, not the name/],
    [one('workflow_run', { types: ['requested'], conclusion: ['failure'] }), /only what is completed has a result/],
    [
      one('pull_request', { types: ['converted_to_draft'] }, { ignore: ['drafts'] }),
      /leaves out what has just become one/,
    ],
    [one('issues', { teams: ['acme/web'], authors: ['mona'] }), /nobody of teams is among authors/],
    [one('issues', {}, { condition: conditionOf('1 == 2') }), /its if is never true: 1 == 2/],
    [one('pull_request', { paths: ['src/**'] }), /Set GITHUB_TOKEN/],
    [one('issues', {}, { quiet: { ...quiet, days: [0, 1, 2, 3, 4, 5, 6] } }), /^rule "r" is quiet at all times/],
    [one('issues', {}, { quiet: { ...quiet, hours: [{ from: 0, to: 1440 }] } }), /quiet at all times/],
  ];
  for (const [said, why] of cases) {
    assert.equal(said.length, 1, `${why}: ${said.join(' ')}`);
    assert.match(said[0] ?? '', why);
  }
});

test('a rule behind one that stops everything is never asked', () => {
  const wall = aRule('wall', { issues: {} }, { stop: true, to: [] });
  assert.match(
    idle(wall, aRule('late', { issues: {} }))[0] ?? '',
    /^rule "late" is never asked about issues: rule "wall"/,
  );
  assert.match(idle(wall, aRule('late', { issues: { types: ['opened'] } }))[0] ?? '', /never asked/);
  assert.match(
    idle(wall, aRule('late', { 'issues.opened': {} }))[0] ?? '',
    /^rule "late" is never asked about issues\.opened: /,
  );
  const all = aRule('all', { '*': {} }, { stop: true });
  assert.match(idle(all, aRule('late', { push: {} }))[0] ?? '', /never asked about push/);
  for (const free of [
    [wall, aRule('minor', { 'issues.labeled': {} })],
    [
      aRule('whole', { 'issues.opened': { branches: ['main'] }, '*': {} }, { stop: true }),
      aRule('late', { issues: {} }),
    ],
    [wall, aRule('minor', { issues: { types: ['labeled'] } })],
    [wall, aRule('perhaps', { issues: { types: ['perhaps'] } })],
    [wall, aRule('other', { push: {} })],
    [wall, aRule('every', { '*': {} })],
    [aRule('narrow', { issues: { branches: ['main'] } }, { stop: true }), aRule('late', { issues: {} })],
    [aRule('some', { issues: { types: ['opened'] } }, { stop: true }), aRule('late', { issues: {} })],
    [aRule('here', { issues: {} }, { stop: true, repos: ['a/b'] }), aRule('late', { issues: {} })],
    [aRule('there', { issues: {} }, { stop: true, sources: ['github'] }), aRule('late', { issues: {} })],
    [aRule('goes on', { issues: {} }), aRule('late', { issues: {} })],
  ]) {
    assert.deepEqual(idle(...free), []);
  }
});

test('what may match is not named', () => {
  for (const said of [
    one('issues'),
    one('*'),
    one('message'),
    one('invented_tomorrow'),
    one('repository_dispatch'),
    one('workflow_job', { types: ['completed'] }),
    one('workflow_run', { types: ['completed'], conclusion: ['failure'], transition: ['broke'] }),
    one('push', { branches: ['release/*', '!release/0'], paths: ['src/**'] }),
    one('push', { branches: ['!main'] }),
    one('workflow_dispatch', { workflows: ['CI', 'ci.yml'] }),
    one('workflow_run', { workflows: ['*', '!ci.yml'] }),
    one('push', {}, { sources: ['git*', '!stripe'] }),
    one('issues', { 'labels.any': ['bug', 'wip'], 'labels.none': ['wip'] }),
    one('issues', {}, { condition: conditionOf('1 == 1') }),
    one('issues', {}, { condition: conditionOf('has(activity.severity)') }),
    one('pull_request', {}, { ignore: ['drafts'], quiet: { ...quiet, days: [0, 6] } }),
    idleRules([aRule('r', { pull_request: { paths: ['a'] } })], NOBODY, { ...KNOWN, filesToken: null }),
  ]) {
    assert.deepEqual(said, []);
  }
});
