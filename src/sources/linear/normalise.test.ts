import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';

type Json = Readonly<Record<string, unknown>>;

const MONA = { id: 'u1', name: 'Mona', type: 'user' };
const ISSUE = { id: 'i1', identifier: 'ENG-7', title: 'Uploads fail', team: { key: 'ENG', name: 'Eng' } };
const PROJECT = { id: 'p1', name: 'Faster' };

function told(type: string, action: string, data: Json, more: Json = {}): Activity {
  const payload = { type, action, actor: MONA, createdAt: '2026-01-01T00:00:00Z', data, ...more };
  const normalised = normalise(storedEvent(type, payload));
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

const changed = (type: string, data: Json, updatedFrom: Json) => sentence(told(type, 'update', data, { updatedFrom }));

test('what changed is in the sentence, of issues and of projects', () => {
  const issue = (data: Json, before: Json) => changed('Issue', { ...ISSUE, ...data }, before).replace(/ in Eng.*/, '');
  assert.equal(issue({ estimate: 3 }, { estimate: null }), 'Mona set the estimate of issue ENG-7 to 3');
  assert.equal(issue({}, { estimate: 2 }), 'Mona removed the estimate of issue ENG-7');
  const parent = { parentId: 'i0', parent: { identifier: 'ENG-1' } };
  assert.equal(issue(parent, { parentId: null }), 'Mona made issue ENG-7 a sub-issue of ENG-1');
  assert.equal(issue({ description: 'x' }, { description: '' }), 'Mona edited the description of issue ENG-7');
  const project = (data: Json, before: Json) => changed('Project', { ...PROJECT, ...data }, before);
  assert.equal(project({ priority: 1 }, { priority: 3 }), 'Mona set the priority of project Faster to Urgent');
  assert.equal(project({ health: 'atRisk' }, { health: null }), 'Mona set the health of project Faster to at risk');
  const lead = { leadId: 'u1', lead: { id: 'u1', name: 'Mona' } };
  assert.equal(project(lead, { leadId: null }), 'Mona made themselves lead of project Faster');
  assert.equal(project({ leadId: null }, { leadId: 'u2' }), 'Mona removed the lead of project Faster');
  assert.equal(
    changed('Initiative', { id: 'n', name: 'Go', status: 'Active' }, { status: 'Planned' }),
    'Mona moved initiative Go to Active',
  );
});

test('what knows the id of its issue alone is in the thread of the issue', () => {
  const all = [
    told('Issue', 'create', ISSUE),
    told('Comment', 'remove', { id: 'c', issueId: 'i1' }),
    told('Attachment', 'create', { id: 'a', issueId: 'i1', title: 'PR' }),
    told('Issue', 'update', { ...ISSUE, identifier: 'OPS-1' }, { updatedFrom: { teamId: 't' } }),
  ];
  assert.deepEqual([...new Set(all.map(({ keys }) => keys.thread))], ['linear issue  i1']);
});

test('a reaction says to what, as far as anybody knows', () => {
  const url = 'https://linear.app/acme/issue/ENG-7/uploads-fail';
  assert.equal(
    sentence(told('Reaction', 'create', { id: 'r', emoji: '👍' }, { url })),
    'Mona reacted with 👍 to issue ENG-7 in acme',
  );
  assert.equal(
    sentence(told('Reaction', 'update', { id: 'r', emoji: 'tada' })),
    'Mona reacted with :tada: to a comment',
  );
});
