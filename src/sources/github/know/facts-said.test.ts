import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardOf, mergedHeard } from '../../../model/known/facts.ts';
import { askedSince, reviewersOf } from '../../../model/known/reviewers.ts';
import { know } from './know.ts';

const repository = { full_name: 'acme/api', owner: { login: 'acme' } };
const sender = { login: 'hubot[bot]' };
const BEGIN = Date.UTC(2026, 0, 1);

type Event = readonly [type: string, fields: Record<string, unknown>];

function at(second: number): string {
  return new Date(BEGIN + second * 1_000).toISOString();
}

/** What is known of a thread once all have arrived in this order, long after they happened. */
function said(thread: string, ...events: readonly Event[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(factsOf(thread, events)).map(([name, { value }]) => [name, value]));
}

function factsOf(thread: string, events: readonly Event[]) {
  const heard = events.flatMap(([type, fields], n) =>
    heardOf(know(type, { repository, sender, ...fields }), { id: n + 1, receivedAt: BEGIN + 9e6 + n }),
  );
  return mergedHeard(heard).find((each) => each.thread === thread)?.facts ?? {};
}

function request(second: number, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { number: 1, state: 'open', draft: false, updated_at: at(second), user: { login: 'octocat' }, ...fields };
}

function review(state: string, submitted: number, now = submitted, login = 'mona'): Event {
  const action = state === 'dismissed' ? 'dismissed' : 'submitted';
  const fields = { state, submitted_at: at(submitted), user: { login } };
  return ['pull_request_review', { action, review: fields, pull_request: request(now) }];
}

function asked(second: number, whom: Record<string, unknown>, all: Record<string, unknown> = {}): Event {
  return ['pull_request', { action: 'review_requested', ...whom, pull_request: request(second, all) }];
}

function reviewers(...events: readonly Event[]) {
  return reviewersOf({ facts: factsOf('acme/api#1', events) });
}

const NOBODY = { asked: [], approved: [], changes: [], commented: [] };
const MONA = { requested_reviewer: { login: 'mona' } };

test('of two reviews of one person the later verdict stands; a comment takes none back', () => {
  for (const events of bothWays(review('approved', 10), review('CHANGES_REQUESTED', 20))) {
    assert.deepEqual(reviewers(...events), { ...NOBODY, changes: ['mona'] });
  }
  for (const events of bothWays(review('approved', 10), review('commented', 20))) {
    assert.deepEqual(reviewers(...events), { ...NOBODY, approved: ['mona'] });
  }
  assert.deepEqual(reviewers(review('commented', 20)), { ...NOBODY, commented: ['mona'] });
});

test('a dismissed review ends, and no later one of the same person', () => {
  for (const events of bothWays(review('approved', 10), review('dismissed', 10, 30))) {
    assert.deepEqual(reviewers(...events), NOBODY);
    assert.deepEqual(reviewers(...events, review('approved', 20)), { ...NOBODY, approved: ['mona'] });
  }
});

test('whoever is asked anew is waited for, whatever they said before, until they say something', () => {
  for (const events of bothWays(review('approved', 10), asked(20, MONA))) {
    assert.deepEqual(reviewers(...events), { ...NOBODY, asked: ['mona'] });
    assert.deepEqual(reviewers(...events, review('changes_requested', 30)), { ...NOBODY, changes: ['mona'] });
  }
  for (const events of bothWays(asked(20, MONA), review('commented', 30))) {
    assert.deepEqual(reviewers(...events), { ...NOBODY, commented: ['mona'] });
  }
});

test('a team is asked no more once a newer snapshot is without it, and keeps its organisation', () => {
  const team = { slug: 'web', name: 'Web' };
  const ask = asked(10, { requested_team: team }, { requested_reviewers: [], requested_teams: [team] });
  const later: Event = [
    'pull_request',
    { action: 'labeled', pull_request: request(20, { requested_reviewers: [], requested_teams: [] }) },
  ];
  assert.deepEqual(reviewers(ask), { ...NOBODY, asked: ['acme/web'] });
  for (const events of bothWays(ask, later)) assert.deepEqual(reviewers(...events), NOBODY);
});

test('two that are asked within one second are both waited for, whichever list came last', () => {
  const one = asked(10, MONA, { requested_reviewers: [{ login: 'mona' }] });
  const both = [{ login: 'mona' }, { login: 'eve' }];
  const other = asked(10, { requested_reviewer: { login: 'eve' } }, { requested_reviewers: both });
  for (const events of bothWays(one, other)) {
    assert.deepEqual(reviewers(...events), { ...NOBODY, asked: ['eve', 'mona'] });
  }
});

test('who is asked waits since then, whatever is pushed or labelled meanwhile; whom nobody heard of being asked, since it was opened', () => {
  const list = { requested_reviewers: [{ login: 'mona' }, { login: 'eve' }], created_at: at(0) };
  const push: Event = ['pull_request', { action: 'synchronize', pull_request: request(50, list) }];
  for (const events of bothWays(asked(10, MONA, { requested_reviewers: [{ login: 'mona' }] }), push)) {
    const facts = factsOf('acme/api#1', events);
    assert.deepEqual(reviewersOf({ facts }).asked, ['eve', 'mona']);
    assert.equal(askedSince({ facts }, 'mona'), BEGIN + 10_001);
    assert.equal(askedSince({ facts }, 'eve'), undefined);
    assert.equal(facts['opened']?.at, BEGIN);
  }
  const ready: Event = ['pull_request', { action: 'ready_for_review', pull_request: request(40, list) }];
  for (const events of bothWays(ready, push)) {
    assert.equal(factsOf('acme/api#1', events)['opened']?.at, BEGIN + 40_001);
  }
});

test("an author's answers are no review", () => {
  assert.deepEqual(reviewers(review('commented', 10, 10, 'octocat')), NOBODY);
});

const STATES: readonly [state: string | undefined, type: string, fields: Record<string, unknown>][] = [
  ['open', 'pull_request', { action: 'opened', pull_request: request(1) }],
  ['draft', 'pull_request', { action: 'opened', pull_request: request(1, { draft: true }) }],
  ['closed', 'pull_request', { action: 'closed', pull_request: request(1, { state: 'closed', draft: true }) }],
  ['merged', 'pull_request', { action: 'closed', pull_request: request(1, { state: 'closed', merged: true }) }],
  ['merged', 'pull_request', { action: 'labeled', pull_request: request(1, { state: 'closed', merged_at: at(0) }) }],
  [undefined, 'pull_request', { action: 'labeled', pull_request: request(1, { state: 7 }) }],
  ['open', 'issues', { action: 'opened', issue: request(1) }],
  ['closed', 'issues', { action: 'closed', issue: request(1, { state: 'closed' }) }],
  ['closed', 'issues', { action: 'deleted', issue: request(1) }],
  ['closed', 'issues', { action: 'transferred', issue: request(1) }],
  ['open', 'issue_comment', { action: 'deleted', comment: {}, issue: request(1) }],
  ['draft', 'issue_comment', { action: 'created', issue: request(1, { draft: true, pull_request: {} }) }],
  // Older forms do not tell these apart.
  [undefined, 'issue_comment', { action: 'created', issue: request(1, { draft: undefined, pull_request: {} }) }],
  [undefined, 'issue_comment', { action: 'created', issue: request(1, { state: 'closed', pull_request: {} }) }],
  [
    'closed',
    'issue_comment',
    { action: 'created', issue: request(1, { state: 'closed', pull_request: { merged_at: null } }) },
  ],
  [
    'merged',
    'issue_comment',
    { action: 'created', issue: request(1, { state: 'closed', pull_request: { merged_at: at(0) } }) },
  ],
];

test('its state is what the snapshot tells, and nothing where it does not tell', () => {
  for (const [state, type, fields] of STATES) {
    assert.equal(said('acme/api#1', [type, fields])['state'], state, JSON.stringify([type, fields]));
  }
});

test('what ended stays ended, whatever else the same second says; reopened in that second, it is open', () => {
  const label: Event = ['pull_request', { action: 'labeled', pull_request: request(5) }];
  const close: Event = ['pull_request', { action: 'closed', pull_request: request(5, { state: 'closed' }) }];
  const reopen: Event = ['pull_request', { action: 'reopened', pull_request: request(5) }];
  for (const events of bothWays(label, close)) {
    assert.equal(said('acme/api#1', ...events)['state'], 'closed');
    assert.equal(said('acme/api#1', ...events)['latest'], 'hubot closed it');
  }
  for (const events of bothWays(close, reopen)) assert.equal(said('acme/api#1', ...events)['state'], 'open');
});

test('a snapshot beside a comment counts that comment', () => {
  const comment = (action: string, comments: number): Event => [
    'issue_comment',
    { action, issue: request(1, { comments }) },
  ];
  assert.equal(said('acme/api#1', comment('created', 0))['comments'], 1);
  assert.equal(said('acme/api#1', comment('created', 4))['comments'], 4);
  assert.equal(said('acme/api#1', comment('deleted', 4))['comments'], undefined);
});

function run(status: string, conclusion: string | null, times: Record<string, unknown>): Event {
  return ['check_run', { check_run: { head_sha: 'f00d', name: 'lint', status, conclusion, ...times } }];
}

test('a check goes on and ends by its own times; one that says no time takes back nothing', () => {
  const end = run('completed', 'failure', { started_at: at(10), completed_at: at(10) });
  const starts = [
    run('in_progress', null, { started_at: at(10) }),
    run('queued', null, { started_at: null, check_suite: { created_at: at(0) } }),
    run('queued', null, {}),
  ];
  for (const start of starts) {
    for (const events of bothWays(start, end))
      assert.deepEqual(said('acme/api@f00d', ...events), { 'check:lint': 'failed' });
  }
  for (const events of bothWays(end, run('in_progress', null, { started_at: at(11) }))) {
    assert.deepEqual(said('acme/api@f00d', ...events), { 'check:lint': 'running' }, 'run again');
  }
});

test('each end of a check is a word that cards know', () => {
  const ends = {
    success: 'passed',
    neutral: 'passed',
    failure: 'failed',
    timed_out: 'failed',
    startup_failure: 'failed',
    cancelled: 'skipped',
    skipped: 'skipped',
    stale: 'skipped',
    action_required: 'running',
    invented: 'skipped',
  };
  for (const [conclusion, word] of Object.entries(ends)) {
    const times = { started_at: at(1), completed_at: at(2) };
    assert.equal(said('acme/api@f00d', run('completed', conclusion, times))['check:lint'], word, conclusion);
  }
  const status = (state: string): Event => ['status', { sha: 'f00d', context: 'ci', state, updated_at: at(1) }];
  assert.equal(said('acme/api@f00d', status('error'))['check:ci'], 'failed');
  for (const events of bothWays(status('pending'), status('success'))) {
    assert.equal(said('acme/api@f00d', ...events)['check:ci'], 'passed', 'within one second');
  }
});

test('a workflow is told apart by what it runs for, and the jobs of GitHub Actions are left to it', () => {
  const workflow = (event: string, conclusion: string): Event => [
    'workflow_run',
    { workflow: { name: 'CI' }, workflow_run: { head_sha: 'f00d', event, conclusion, updated_at: at(1) } },
  ];
  const job: Event = ['check_run', { check_run: { head_sha: 'f00d', name: 'test', app: { slug: 'github-actions' } } }];
  assert.deepEqual(said('acme/api@f00d', workflow('push', 'failure'), workflow('pull_request', 'success'), job), {
    'check:CI': 'passed',
    'check:CI (push)': 'failed',
  });
});

function bothWays(...events: readonly Event[]): readonly (readonly Event[])[] {
  return [events, events.toReversed()];
}
