import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { issueDependencies, issueRelatesTo, subIssues } from './issue-relations.ts';

type Changes = Readonly<Record<string, unknown>>;

const sub = (action: string, changes: Changes = {}) =>
  toldBy(subIssues, PAIRS_CONVERSATION[`sub_issues.${action}`], changes);
const dependency = (action: string, changes: Changes = {}) =>
  toldBy(issueDependencies, PAIRS_CONVERSATION[`issue_dependencies.${action}`], changes);
const relation = (changes: Changes = {}) =>
  toldBy(issueRelatesTo, PAIRS_CONVERSATION['issue_relates_to.relates_to_added'], changes);

test('a sub-issue is told of its parent, with how far that is', () => {
  const said = sub('sub_issue_added');
  assert.deepEqual([said.headline, said.did], ['Sub-issue added', 'added issue #47 as a sub-issue of {it}']);
  assert.deepEqual([said.subject?.handle, said.thread], ['#42', 'acme/api#42']);
  assert.deepEqual(said.facts, ['#47 Avatar preview answers 500 behind a proxy', '3 of 8 done']);
  assert.deepEqual(said.sum, { noun: 'sub-issue', part: 'added', alone: null });
  assert.equal(sub('sub_issue_removed').did, 'removed issue #47 as a sub-issue of {it}');
});

test('both events of one link are worded alike in one repository, and are one happening', () => {
  const parent = sub('sub_issue_added');
  const child = sub('sub_issue_added', { action: 'parent_issue_added' });
  assert.deepEqual({ ...child, action: 'sub_issue_added' }, parent);
  assert.ok(parent.happening?.startsWith('sub-issue '));
  assert.notEqual(sub('sub_issue_removed').happening, parent.happening);
  const again = { 'sub_issue.updated_at': '2026-02-01T00:00:00Z' };
  assert.notEqual(sub('sub_issue_added', again).happening, parent.happening);
  assert.equal(sub('sub_issue_added', { 'sub_issue.id': null }).happening, null);
});

test('a parent in another repository is named with it, and the sub-issue is told', () => {
  const said = sub('parent_issue_added');
  assert.deepEqual(
    [said.headline, said.did],
    ['Issue given a parent', 'added {it} as a sub-issue of issue acme/web#50'],
  );
  assert.equal(said.subject?.handle, '#47');
  const unseen = sub('parent_issue_added', { parent_issue: undefined });
  assert.deepEqual([unseen.did, unseen.facts], ['added {it} as a sub-issue of another issue', []]);
});

test('a blocked issue waits; the last blocker gone is said', () => {
  const blocked = dependency('blocked_by_added');
  assert.deepEqual([blocked.did, blocked.tone], ['marked {it} as blocked by issue #48', 'waiting']);
  assert.deepEqual(blocked.facts, ['#48 Rate limiter starts again from zero on large projects']);
  assert.equal(dependency('blocked_by_removed').facts[1], 'nothing else blocks it');
  const two = { 'blocked_issue.issue_dependencies_summary.blocked_by': 2 };
  assert.equal(dependency('blocked_by_removed', two).facts[1], '2 blockers left');
});

test('what blocks an issue elsewhere is told of the one that is here', () => {
  const said = dependency('blocking_added');
  assert.deepEqual([said.did, said.tone], ['marked {it} as blocking issue acme/web#44', 'neutral']);
  const here = dependency('blocked_by_added', { action: 'blocking_added' });
  assert.equal(here.did, 'marked {it} as blocked by issue #48');
});

test('a relation is one happening from either side', () => {
  const one = relation();
  const { issue, related_issue } = PAIRS_CONVERSATION['issue_relates_to.relates_to_added'] ?? {};
  const other = relation({ issue: related_issue, related_issue: issue });
  assert.deepEqual([one.subject?.handle, other.subject?.handle], ['#45', '#49']);
  assert.equal(one.happening, other.happening);
});

test('an event that holds no issue, or an action invented later, is told plainly', () => {
  const bare = dependency('blocked_by_added', { blocked_issue: undefined });
  assert.deepEqual([bare.headline, bare.did, bare.subject], ['Issue blocked', null, null]);
  assert.deepEqual([sub('sub_issue_added', { action: null }).headline], ['Issues linked']);
  const later = sub('sub_issue_added', { action: 'sub_issue_moved' });
  assert.deepEqual([later.headline, later.did, later.subject?.handle], ['Sub issue moved', null, '#42']);
});
