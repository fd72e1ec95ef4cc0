import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardOf, mergedHeard } from '../../model/known/facts.ts';
import { askedSince, reviewersOf } from '../../model/known/reviewers.ts';
import { know } from './know.ts';

type Json = Readonly<Record<string, unknown>>;
type Event = readonly [type: string, payload: Json];

const BEGIN = Date.UTC(2026, 0, 1);
const project = { path_with_namespace: 'Acme/api', web_url: 'https://gitlab.com/acme/api' };
const REQUEST = 'gitlab acme/api!12';
const COMMIT = 'gitlab acme/api@f00d';

/** As GitLab writes times: `2026-01-01 00:00:07 UTC`. */
function at(second: number): string {
  return new Date(BEGIN + second * 1_000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}

function request(action: string, second: number, fields: Json = {}, around: Json = {}): Event {
  const own = { iid: 12, state: 'opened', title: 'Retry', source_branch: 'retry', target_branch: 'main' };
  const attributes = { ...own, updated_at: at(second), last_commit: { id: 'f00d' }, action, ...fields };
  return ['merge_request', { user: { username: 'mona' }, project, object_attributes: attributes, ...around }];
}

function pipeline(status: string, times: Json): Event {
  return ['pipeline', { project, object_attributes: { sha: 'f00d', status, name: 'CI', ...times } }];
}

function factsOf(thread: string, events: readonly Event[]) {
  const heard = events.flatMap(([type, payload], n) =>
    heardOf(know(type, payload), { id: n + 1, receivedAt: BEGIN + 9e6 + n }),
  );
  return mergedHeard(heard).find((each) => each.thread === thread)?.facts ?? {};
}

function said(thread: string, ...events: readonly Event[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(factsOf(thread, events)).map(([name, { value }]) => [name, value]));
}

function bothWays(...events: readonly Event[]): readonly (readonly Event[])[] {
  return [events, events.toReversed()];
}

test('a merge request is what its newest event says, whatever came last', () => {
  const open = request('open', 5, { title: 'Draft: Retry', draft: true, labels: [{ title: 'bug' }] });
  const merge = request('merge', 5, { state: 'merged', labels: [] });
  for (const events of bothWays(open, merge)) {
    assert.deepEqual(said(REQUEST, ...events), {
      assignees: [],
      base: 'main',
      checks: COMMIT,
      handle: '!12',
      head: 'retry',
      labels: [],
      latest: 'mona merged it',
      noun: 'merge request',
      place: 'Acme/api',
      state: 'merged',
      title: 'Retry',
      url: 'https://gitlab.com/acme/api/-/merge_requests/12',
    });
  }
  assert.equal(said(REQUEST, open)['state'], 'draft');
  assert.equal(
    said(REQUEST, open, request('merge', 6, { state: 'locked' }))['state'],
    'draft',
    'while it is being merged',
  );
});

test('where reviewers have a state, it says who is waited for and what the others said', () => {
  const reviewers = [
    { username: 'eve', state: 'unreviewed' },
    { username: 'hubot', state: 'requested_changes' },
    { username: 'ann', state: 'reviewed' },
  ];
  const before = request('update', 1, {}, { reviewers: [{ username: 'ann', state: 'unreviewed' }] });
  for (const events of bothWays(before, request('update', 2, {}, { reviewers }))) {
    assert.deepEqual(reviewersOf({ facts: factsOf(REQUEST, events) }), {
      asked: ['eve'],
      approved: [],
      changes: ['hubot'],
      commented: ['ann'],
    });
  }
});

test('who is asked waits since then, whatever is changed meanwhile; asked again, since then', () => {
  const eve = (state: string) => [{ username: 'eve', state }];
  const changes = { reviewers: { previous: [], current: eve('unreviewed') } };
  const asks = request('update', 1, {}, { reviewers: eve('unreviewed'), changes });
  const label = request('update', 9, { created_at: at(0) }, { reviewers: eve('unreviewed') });
  const since = (events: readonly Event[]) => {
    const subject = { facts: factsOf(REQUEST, events) };
    return [reviewersOf(subject).asked, Math.floor(((askedSince(subject, 'eve') ?? 0) - BEGIN) / 1_000)];
  };
  for (const events of bothWays(asks, label)) assert.deepEqual(since(events), [['eve'], 1]);
  const again = { reviewers: { previous: eve('approved'), current: eve('unreviewed') } };
  const asksAgain = request('update', 7, {}, { reviewers: eve('unreviewed'), changes: again });
  for (const events of bothWays(asks, asksAgain)) assert.deepEqual(since([label, ...events]), [['eve'], 7]);
  assert.equal(factsOf(REQUEST, [label])['opened']?.at, BEGIN);
});

test('where they have none, it is known who was asked and who has approved', () => {
  const eve = [{ username: 'eve' }];
  const ask = request('update', 1, {}, { reviewers: eve, changes: { reviewers: { previous: [], current: eve } } });
  const approve = request('approved', 2, {}, { reviewers: eve, user: { username: 'eve' } });
  const unapprove = request('unapproved', 3, {}, { reviewers: eve, user: { username: 'eve' } });
  const who = (events: readonly Event[]) => reviewersOf({ facts: factsOf(REQUEST, events) });
  assert.deepEqual(who([ask]).asked, ['eve']);
  for (const events of bothWays(ask, approve)) {
    assert.deepEqual([who(events).asked, who(events).approved], [[], ['eve']]);
    assert.deepEqual(who([unapprove, ...events]).approved, []);
  }
});

test('a pipeline is a check of its commit, and its end stands', () => {
  const runs = pipeline('running', { created_at: at(1), finished_at: null });
  const fails = pipeline('failed', { created_at: at(1), finished_at: at(1) });
  for (const events of bothWays(runs, fails)) assert.deepEqual(said(COMMIT, ...events), { 'check:CI': 'failed' });
  assert.deepEqual(said(COMMIT, fails, pipeline('running', {})), { 'check:CI': 'failed' }, 'without a time');
  assert.deepEqual(said(COMMIT, pipeline('success', { source: 'parent_pipeline' })), {});
});

test('a comment says that it was written, and what its older snapshot says changes nothing', () => {
  const attributes = { noteable_type: 'MergeRequest', action: 'create', created_at: at(9) };
  const old = { iid: 12, state: 'opened', title: 'Old', updated_at: at(1) };
  const note: Event = [
    'note',
    { user: { username: 'eve' }, project, object_attributes: attributes, merge_request: old },
  ];
  for (const events of bothWays(request('close', 5, { state: 'closed' }), note)) {
    const { title, state, latest } = said(REQUEST, ...events);
    assert.deepEqual([title, state, latest], ['Retry', 'closed', 'eve commented']);
  }
});

test('odd payloads say nothing, and never throw', () => {
  const odd = [null, 7, '', 'x', [], [null], {}, { username: 7 }, true];
  for (const value of odd) {
    for (const type of ['merge_request', 'issue', 'note', 'pipeline', '__proto__']) {
      assert.deepEqual(know(type, value), []);
      const around = { project, user: value, reviewers: [value], changes: { reviewers: { previous: value } } };
      const fields = { iid: 12, updated_at: value, state: value, labels: [value], last_commit: value, sha: value };
      know(type, { ...around, object_attributes: value, merge_request: value, issue: value });
      know(type, { ...around, object_attributes: fields, merge_request: fields, labels: value, assignees: value });
    }
  }
});
