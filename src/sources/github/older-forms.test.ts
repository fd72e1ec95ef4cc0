import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../tests/fixtures/line-by.ts';
import { tell } from '../../../tests/golden/tell.ts';
import { EVENTS } from './events.ts';

const repository = { full_name: 'acme/api' };
const MONA = { login: 'mona' };
const SHA = '0d95302cf3a2e3b0e1f2a3b4c5d6e7f8a9b0c1d2';
const ISSUE = { number: 42, title: 'Uploads fail' };

const line = (type: string, payload: Readonly<Record<string, unknown>>) => lineBy(type, { repository, ...payload });
function kind(type: string, payload: Readonly<Record<string, unknown>>): string {
  const told = tell(type, { repository, ...payload });
  assert.ok(told.kind === 'activity', JSON.stringify(told));
  return told.activity.kind;
}

test('an action is put in where the event has only one, and a name where its parts are there', () => {
  const deployment = { ref: 'main', sha: SHA, creator: MONA };
  const small = { deployment, repository: { name: 'api', owner: { name: 'acme' } } };
  assert.equal(line('deployment', small), 'mona started deploying main (0d95302) to production in acme/api');
  assert.equal(kind('deployment', small), 'deployment.created');
});

test('what runs is as far as its status or its conclusion says', () => {
  const ended = [{ status: 'completed', conclusion: 'failure' }, { conclusion: 'failure' }, { status: 'completed' }];
  for (const [type, ...others] of [
    ['check_run', 'created', 'created'],
    ['check_suite', 'requested', 'requested'],
    ['workflow_job', 'queued', 'in_progress'],
    ['workflow_run', 'requested', 'in_progress'],
  ] as const) {
    for (const run of ended) assert.equal(kind(type, { [type]: run }), `${type}.completed`);
    const states = [{}, { status: 'in_progress' }].map((run) => kind(type, { [type]: run }));
    assert.deepEqual(
      states,
      others.map((action) => `${type}.${action}`),
    );
  }
  const run = { name: 'CI', head_branch: 'main', conclusion: 'failure' };
  assert.equal(line('workflow_run', { workflow_run: run }), 'CI failed on main in acme/api');
});

test('what once was the only action is meant where none is named', () => {
  assert.equal(kind('issue_comment', { issue: ISSUE, comment: {} }), 'issue_comment.created');
  assert.equal(kind('pull_request_review', { pull_request: ISSUE, review: {} }), 'pull_request_review.submitted');
  assert.equal(kind('release', { release: {} }), 'release.published');
  assert.equal(kind('package', { package: {} }), 'package.published');
  assert.equal(kind('deployment_review', { workflow_run: {}, since: '' }), 'deployment_review.requested');
  assert.equal(kind('merge_group', { merge_group: {} }), 'merge_group.checks_requested');
  assert.equal(kind('merge_group', { merge_group: {}, reason: 'invalidated' }), 'merge_group.destroyed');
});

test('without a sender, whoever wrote, opened, pushed or published it did so', () => {
  const comment = { body: 'Me too', user: MONA };
  assert.equal(
    line('issue_comment', { action: 'created', issue: ISSUE, comment }),
    'mona commented on issue #42 in acme/api (Uploads fail): Me too',
  );
  const review = { state: 'approved', user: MONA };
  assert.equal(
    line('pull_request_review', { action: 'submitted', pull_request: ISSUE, review }),
    'mona approved pull request #42 in acme/api: Uploads fail',
  );
  assert.equal(
    line('issues', { action: 'opened', issue: { ...ISSUE, user: MONA } }),
    'mona opened issue #42 in acme/api: Uploads fail',
  );
  const commits = [{ id: SHA, message: 'Retry uploads' }];
  assert.equal(
    line('push', { ref: 'refs/heads/main', commits, pusher: { name: 'mona' } }),
    'mona pushed commit 0d95302 to main in acme/api: Retry uploads',
  );
  assert.equal(
    line('release', { action: 'published', release: { tag_name: 'v1', author: MONA } }),
    'mona published release v1 in acme/api',
  );
});

test('nobody stands in for who closed, edited or deleted it', () => {
  const comment = { body: 'Me too', user: MONA };
  assert.doesNotMatch(line('issue_comment', { action: 'deleted', issue: ISSUE, comment }), /by mona|^mona/);
  assert.doesNotMatch(line('issues', { action: 'closed', issue: { ...ISSUE, user: MONA } }), /mona/);
  const closed = { ...ISSUE, user: MONA, merged_by: null };
  assert.doesNotMatch(line('pull_request', { action: 'closed', pull_request: closed }), /mona/);
  assert.equal(line('pull_request', { action: 'constructor', pull_request: closed }).includes('mona'), false);
});

test('each row names actions of its own event', () => {
  for (const { actions, actionOf, doneBy = {} } of Object.values(EVENTS)) {
    const named = [...Object.keys(doneBy), ...(actionOf === undefined ? [] : [actionOf({})])];
    for (const action of named) assert.ok(Object.hasOwn(actions, action), action);
  }
});
