import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySet } from './apply-set.ts';

function payload() {
  return { action: 'opened', issue: { title: 'Old', labels: [{ name: 'bug' }], draft: false } };
}

function after(...assignments: readonly string[]) {
  const changed = payload();
  for (const assignment of assignments) applySet(changed, assignment);
  return changed;
}

test('a field is replaced by text, or by the JSON that the value is', () => {
  assert.equal(after('issue.title=New & = better').issue.title, 'New & = better');
  assert.equal(after('issue.draft=true').issue.draft, true);
  assert.deepEqual(after('issue.labels=[]').issue.labels, []);
  assert.equal(after('issue.title="12"').issue.title, '12');
  assert.equal(after('action=').action, '');
});

test('list items are named by number, and one can be added at the end', () => {
  assert.equal(after('issue.labels.0.name=wip').issue.labels[0]?.name, 'wip');
  assert.deepEqual(after('issue.labels.1={"name":"new"}').issue.labels[1], { name: 'new' });
});

test('the last key may be new, the way to it may not', () => {
  assert.deepEqual(after('issue.extra=1').issue, { ...payload().issue, extra: 1 });
  assert.throws(() => after('isue.title=x'), /there is no isue\. There is: action, issue\./);
  assert.throws(() => after('issue.labels.7.name=x'), /no issue\.labels\.7\. The list has 1 items/);
  assert.throws(() => after('issue.labels.9=x'), /9 is no place in a list of 1/);
  assert.throws(() => after('issue.title.text=x'), /issue\.title has no fields/);
});

test('an assignment without path, value sign or with empty parts says how to write it', () => {
  for (const wrong of ['', '=x', 'issue.title']) assert.throws(() => after(wrong), /write path=value/);
  for (const wrong of ['issue.=x', '.title=x', 'issue..title=x']) assert.throws(() => after(wrong), /is empty/);
});

test('a path cannot reach into prototypes', () => {
  assert.throws(() => after('constructor.prototype.polluted=1'), /there is no constructor/);
  assert.throws(() => after('__proto__.polluted=1'), /there is no __proto__/);
  assert.equal((after('__proto__={"polluted":1}') as Record<string, unknown>)['polluted'], undefined);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});
