import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardOf, mergedHeard } from '../../model/known/facts.ts';
import { know } from './know.ts';

type Json = Readonly<Record<string, unknown>>;

const BEGIN = Date.UTC(2026, 0, 1);
const actor = { type: 'user', name: 'Mona Lisa' };

function issue(action: string, fields: Json = {}, around: Json = {}): readonly [type: string, payload: Json] {
  const own = { id: '7', shortId: 'API-1', title: 'Boom', project: { slug: 'api' }, firstSeen: '2026-01-01T00:00:00Z' };
  return ['issue', { action, data: { issue: { ...own, ...fields } }, ...around }];
}

function said(...events: readonly (readonly [type: string, payload: Json])[]): Record<string, unknown> {
  const heard = events.flatMap(([type, payload], n) =>
    heardOf(know(type, payload), { id: n + 1, receivedAt: BEGIN + 9e6 + n }),
  );
  const facts = mergedHeard(heard).find(({ thread }) => thread === 'sentry issue 7')?.facts ?? {};
  return Object.fromEntries(Object.entries(facts).map(([name, { value }]) => [name, value]));
}

test('an issue is what was heard of it last; what made it takes nothing back, however late', () => {
  const created = issue('created', { assignedTo: null });
  const assigned = issue('assigned', { assignedTo: { type: 'user', name: 'Mona Lisa' } }, { actor });
  const resolved = issue('resolved', { assignedTo: { type: 'user', name: 'Mona Lisa' } });
  const known = { handle: 'API-1', noun: 'issue', place: 'api', title: 'Boom' };
  for (const events of [
    [created, assigned, resolved],
    [assigned, resolved, created],
  ]) {
    const end = { state: 'resolved', assignees: ['Mona Lisa'], latest: 'It was resolved' };
    assert.deepEqual(said(...events), { ...known, ...end });
  }
  assert.deepEqual(said(created), { ...known, state: 'open', assignees: [], latest: 'It was first seen' });
  assert.equal(said(created, assigned)['latest'], 'Mona Lisa assigned it');
  assert.equal(said(resolved, issue('unresolved'))['state'], 'open');
  assert.equal(said(created, issue('archived'))['state'], 'closed');
});

test('a comment is what happened last', () => {
  const data = { issue_id: 7, comment: 'Hm.', timestamp: new Date(BEGIN + 9e6).toISOString() };
  assert.deepEqual(said(['comment', { action: 'created', data, actor }]), { latest: 'Mona Lisa commented' });
  assert.deepEqual(said(['comment', { action: 'deleted', data, actor }]), {});
});

test('odd payloads say nothing, and never throw', () => {
  for (const odd of [null, 7, '', 'x', [], [null], {}, { id: 7 }, true]) {
    assert.deepEqual(know('issue', odd), []);
    assert.deepEqual(know('issue', { action: odd, data: odd }), []);
    said(issue('created', { title: odd, shortId: odd, project: odd, firstSeen: odd, assignedTo: odd, id: odd }));
    said(['issue', { action: odd, actor: odd, data: { issue: { id: '7', numComments: odd } } }]);
    said(['comment', { action: 'created', actor: odd, data: { issue_id: 7, timestamp: odd } }]);
  }
});
