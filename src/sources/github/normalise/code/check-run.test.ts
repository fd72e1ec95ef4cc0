import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inRepository } from '../../../../../tests/fixtures/pairs/scene.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { checkRun } from './check-run.ts';
import { checkSuite } from './check-suite.ts';
import { status } from './status.ts';

const CODECOV = { id: 254, slug: 'codecov', name: 'Codecov' };
const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821';

const RUN = inRepository('mona', {
  action: 'completed',
  check_run: {
    id: 128,
    name: 'patch coverage',
    head_sha: SHA,
    conclusion: 'failure',
    html_url: 'https://github.com/acme/api/runs/128',
    completed_at: '2026-01-15T09:30:00Z',
    output: { title: '61% of diff hit (target 80%)', annotations_count: 3 },
    app: CODECOV,
    check_suite: { head_branch: 'retry-uploads' },
    pull_requests: [{ number: 512 }],
  },
});

const SUITE = inRepository('mona', {
  action: 'completed',
  check_suite: {
    id: 64,
    head_sha: SHA,
    head_branch: 'main',
    conclusion: 'success',
    updated_at: '2026-01-15T09:30:00Z',
    latest_check_runs_count: 2,
    app: CODECOV,
    head_commit: { message: 'Retry uploads\n\nIn detail' },
    pull_requests: [],
  },
});

const STATUS = inRepository('mona', {
  id: 6_805,
  sha: SHA,
  state: 'failure',
  context: 'ci/circleci: build',
  description: 'Your tests failed on CircleCI',
  target_url: 'https://circleci.com/gh/acme/api/12',
  commit: { author: { login: 'mona' } },
  branches: [
    { name: 'old', commit: { sha: 'a1' } },
    { name: 'retry-uploads', commit: { sha: SHA } },
  ],
});

test("a check tells the app, the app's own summary, where, and the pull request", () => {
  const said = toldBy(checkRun, RUN);
  assert.deepEqual([said.headline, said.tone, said.conclusion], ['Check failed', 'bad', 'failure']);
  assert.deepEqual(said.facts, ['Codecov', '61% of diff hit (target 80%)', 'retry-uploads', '#512', '3 annotations']);
  assert.equal(said.result?.key, 'check_run acme/api 254 patch coverage retry-uploads');
  assert.equal(said.result?.headlines.still_broken, 'Check still failing');
  assert.equal(toldBy(checkRun, RUN, { 'check_run.name': 'codecov/patch' }).facts[0], '61% of diff hit (target 80%)');
});

test("what GitHub Actions checks is told by the workflow's run", () => {
  const actions = { slug: 'github-actions', name: 'GitHub Actions' };
  assert.match(reasonOf(checkRun, RUN, { 'check_run.app': actions }), /whose workflow_run tells it/);
  assert.match(reasonOf(checkSuite, SUITE, { 'check_suite.app': actions }), /whose workflow_run tells it/);
});

test('a suite tells the commit; asked for again it ends again', () => {
  const said = toldBy(checkSuite, SUITE);
  assert.deepEqual(
    [said.headline, said.subject?.handle, said.subject?.title],
    ['Checks passed', 'ec26c3e', 'Retry uploads'],
  );
  assert.deepEqual(said.facts, ['Codecov', 'main', '2 checks']);
  const again = toldBy(checkSuite, SUITE, { 'check_suite.updated_at': '2026-01-15T10:00:00Z' });
  assert.notEqual(again.result?.run, said.result?.run);
});

test('a status is told when it ends, for the branch whose newest commit it is', () => {
  const said = toldBy(status, STATUS);
  assert.deepEqual([said.headline, said.branch, said.conclusion], ['Check failed', 'retry-uploads', 'failure']);
  assert.deepEqual(said.facts, ['Your tests failed on CircleCI', 'retry-uploads', 'ec26c3e']);
  assert.equal(said.result?.key, 'status acme/api ci/circleci: build retry-uploads');
  assert.match(reasonOf(status, STATUS, { state: 'pending' }), /no news before it ends/);
  assert.equal(toldBy(status, STATUS, { branches: [] }).result, null);
  assert.equal(toldBy(status, STATUS, { branches: [{ name: 'old', commit: null }] }).branch, 'old');
});

test('the merge queue hears of failures alone, from checks of any kind', () => {
  const queue = 'gh-readonly-queue/main/pr-104-929f8209';
  assert.equal(toldBy(checkRun, RUN, { 'check_run.check_suite.head_branch': queue }).pullRequest, 104);
  assert.match(reasonOf(checkSuite, SUITE, { 'check_suite.head_branch': queue }), /merge queue/);
  const passed = { state: 'success', branches: [{ name: queue, commit: { sha: SHA } }] };
  assert.match(reasonOf(status, STATUS, passed), /merge queue/);
});
