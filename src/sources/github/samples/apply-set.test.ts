import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fieldsFile } from '../../../../scripts/fields.ts';
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

test('what GitHub has and the payload leaves out can be set, with the objects on the way', () => {
  assert.deepEqual(after('issue.state_reason=completed').issue, { ...payload().issue, state_reason: 'completed' });
  const milestone = { ...payload().issue, milestone: { title: '1.0', number: 3 } };
  assert.deepEqual(after('issue.milestone.title="1.0"', 'issue.milestone.number=3').issue, milestone);
  assert.deepEqual(after('issue.labels.1.name=new').issue.labels, [{ name: 'bug' }, { name: 'new' }]);
  assert.deepEqual((after('installation.id=7') as Record<string, unknown>)['installation'], { id: 7 });
  const free = { client_payload: {} };
  applySet(free, 'client_payload.anything=1');
  assert.deepEqual(free, { client_payload: { anything: 1 } });
});

test('what nobody has is refused with what was meant, and nothing is changed', () => {
  const refused = (assignment: string) => {
    const changed = payload();
    let said = '';
    try {
      applySet(changed, assignment);
    } catch (error) {
      said = String(error);
    }
    assert.deepEqual(changed, payload(), assignment);
    return said;
  };
  assert.match(refused('issue.titel=x'), /--set issue\.titel: there is no issue\.titel\. Did you mean issue\.title\?/);
  assert.match(refused('isue.title=x'), /there is no isue\. Did you mean issue\?/);
  assert.match(refused('issue.milestone.titel=x'), /Did you mean issue\.milestone\.title\?/);
  assert.match(refused('title=x'), /there is no title\. Did you mean issue\.title\?/);
  assert.match(refused('issue.zzzzzz=x'), /there is no issue\.zzzzzz\. There is: title, labels, draft, /);
  assert.match(refused('issue.labels.name=x'), /issue\.labels is a list: write issue\.labels\.0\.name/);
  assert.match(refused('issue.labels.7.name=x'), /no issue\.labels\.7\. The list has 1 items/);
  assert.match(refused('issue.labels.9=x'), /The list has 1 items/);
  assert.match(refused('issue.title.text=x'), /issue\.title has no fields/);
});

test('an assignment without path, value sign or with empty parts says how to write it', () => {
  for (const wrong of ['', '=x', 'issue.title']) assert.throws(() => after(wrong), /write path=value/);
  for (const wrong of ['issue.=x', '.title=x', 'issue..title=x']) assert.throws(() => after(wrong), /is empty/);
});

test('a path cannot reach into prototypes', () => {
  assert.throws(() => after('constructor.prototype.polluted=1'), /there is no constructor/);
  assert.throws(() => after('__proto__.polluted=1'), /there is no __proto__/);
  assert.throws(() => after('__proto__={"polluted":1}'), /there is no __proto__/);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('the fields that are known are those of every payload kept here', () => {
  const written = readFileSync(new URL('fields.ts', import.meta.url), 'utf8');
  assert.equal(written, fieldsFile(), 'run `npm run reference`');
});
