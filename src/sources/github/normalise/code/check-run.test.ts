import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../tests/fixtures/line-by.ts';
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
    started_at: '2026-01-15T09:29:40Z',
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
    head_commit: {
      message: 'Retry uploads\n\nIn detail',
      author: { name: 'Mona', email: '7+mona@users.noreply.github.com' },
    },
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
  commit: { author: { login: 'mona' }, commit: { message: 'Update README.md\n\nIn detail' } },
  branches: [
    { name: 'old', commit: { sha: 'a1' } },
    { name: 'retry-uploads', commit: { sha: SHA } },
  ],
});

test("a check tells the app, the app's own summary, where, and the pull request", () => {
  const said = toldBy(checkRun, RUN);
  assert.deepEqual([said.headline, said.tone, said.conclusion], ['Check failed', 'bad', 'failure']);
  assert.deepEqual(said.facts, ['Codecov', '61% of diff hit (target 80%)', '20 s', '#512', '3 annotations']);
  assert.equal(said.result?.key, 'check_run acme/api 254 patch coverage retry-uploads');
  assert.equal(said.result?.headlines.still_broken, 'Check still failing');
  assert.equal(toldBy(checkRun, RUN, { 'check_run.name': 'codecov/patch' }).facts[0], '61% of diff hit (target 80%)');
});

test('a check is told by what ran, what became of it and where, whoever sent it', () => {
  const line = (changes = {}, before: boolean | null = null) =>
    lineBy('check_run', RUN, changes, before).split(' · ', 1)[0];
  assert.equal(line(), 'patch coverage failed on retry-uploads in acme/api: ec26c3e');
  assert.equal(line({}, false), 'patch coverage still fails on retry-uploads in acme/api: ec26c3e');
  const ended = (conclusion: string) => line({ 'check_run.conclusion': conclusion });
  assert.equal(ended('cancelled'), 'patch coverage was cancelled on retry-uploads in acme/api: ec26c3e');
  assert.equal(
    line({ 'check_run.conclusion': 'success' }, false)?.slice(0, 46),
    'patch coverage passes again on retry-uploads i',
  );
  assert.equal(
    line({ 'check_run.conclusion': 'timed_out' }, false)?.slice(15, 55),
    'still fails on retry-uploads (timed out)',
  );
  assert.equal(line({ 'check_run.check_suite': null }), 'patch coverage failed in acme/api: ec26c3e');
  const pressed = { action: 'requested_action', requested_action: { identifier: 'fix' } };
  assert.equal(line(pressed), 'mona asked for fix on check patch coverage in acme/api: ec26c3e');
});

test('a check without a name has that of its app', () => {
  const small = { 'check_run.name': undefined, 'check_run.head_sha': undefined };
  assert.equal(lineBy('check_run', RUN, small).split(' · ', 1)[0], 'Codecov failed on retry-uploads in acme/api');
});

test('a check that was over when it was made reads as ended', () => {
  const made = toldBy(checkRun, RUN, { action: 'created' });
  assert.deepEqual([made.headline, made.became, made.tone], ['Check failed', 'failed on retry-uploads', 'bad']);
  assert.deepEqual(made.result, toldBy(checkRun, RUN).result);
  const started = toldBy(checkRun, RUN, { action: 'created', 'check_run.conclusion': null });
  assert.deepEqual([started.became, started.result], ['started on retry-uploads', null]);
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
    ['Checks passed', 'Codecov', 'ec26c3e Retry uploads'],
  );
  assert.equal(
    lineBy('check_suite', SUITE),
    'Codecov passed on main in acme/api: ec26c3e Retry uploads · mona · 2 checks',
  );
  const again = toldBy(checkSuite, SUITE, { 'check_suite.updated_at': '2026-01-15T10:00:00Z' });
  assert.notEqual(again.result?.run, said.result?.run);
});

test('a status is told when it ends, for the branch whose newest commit it is', () => {
  const said = toldBy(status, STATUS);
  assert.deepEqual([said.headline, said.branch, said.conclusion], ['Check failed', 'retry-uploads', 'failure']);
  assert.deepEqual(said.facts, ['mona', 'Your tests failed on CircleCI']);
  assert.equal(said.result?.key, 'status acme/api ci/circleci: build retry-uploads');
  assert.match(reasonOf(status, STATUS, { state: 'pending' }), /no news before it ends/);
  assert.match(reasonOf(status, STATUS, { state: undefined }), /no news before it ends/);
  assert.equal(toldBy(status, STATUS, { branches: [] }).result, null);
  assert.equal(toldBy(status, STATUS, { branches: [{ name: 'old', commit: null }] }).branch, 'old');
});

test('a status names the commit, its author, the branch and how long it took, not whose token was used', () => {
  const built = {
    context: 'buildkite/pipeline2',
    description: 'Build #2 failed (20 seconds)',
    'sender.login': 'ci-token',
    sha: '0d95302addd66c1816bce1b1d495ed1c93ccd478',
  };
  const line = (changes = {}) => lineBy('status', STATUS, { ...built, ...changes });
  assert.equal(line(), 'buildkite/pipeline2 failed on old in acme/api: 0d95302 Update README.md · mona · 20 s');
  const slow = { description: 'Build #12 passed (1 hour, 2 minutes and 5 seconds)', state: 'success', branches: [] };
  assert.equal(line(slow), 'buildkite/pipeline2 passed in acme/api: 0d95302 Update README.md · mona · 1 h 2 min');
  const nobody = { 'commit.author': null, 'commit.commit.author': { name: 'Mona Lisa', email: 'mona@acme.example' } };
  assert.match(line({ ...nobody, description: null }), /: 0d95302 Update README\.md · Mona Lisa$/);
});

test('a status names the branches whose newest commit it is, three at most; its result is of the first', () => {
  const on = (...names: readonly string[]) => ({
    state: 'success',
    branches: [{ name: 'old', commit: null }, ...names.map((name) => ({ name, commit: { sha: SHA } }))],
  });
  const became = (...names: readonly string[]) => toldBy(status, STATUS, on(...names)).became;
  assert.equal(became('changes', 'main'), 'passed on main and changes');
  assert.equal(became('changes', 'gh-pages', 'main'), 'passed on main, changes and gh-pages');
  assert.equal(became('a', 'b', 'c', 'd', 'e'), 'passed on a, b, c and 2 more');
  assert.equal(became('a', 'gh-readonly-queue/main/pr-104-929f8209'), 'passed on a');
  const { branch, result } = toldBy(status, STATUS, on('changes', 'main'));
  assert.deepEqual([branch, result?.key], ['main', 'status acme/api ci/circleci: build main']);
  assert.equal(result?.becomes?.fixed, 'passes again on main and changes');
});

test('a build that fails but still runs is failing, which is no result yet', () => {
  const failing = { context: 'buildkite/pipeline2', description: 'Build #181732 is failing' };
  const line = 'buildkite/pipeline2 is failing on retry-uploads in acme/api: ec26c3e Update README.md · mona';
  assert.equal(lineBy('status', STATUS, failing), line);
  assert.equal(lineBy('status', STATUS, { description: 'Build #2 is failing (20 seconds)' }).endsWith(' · 20 s'), true);
  const said = toldBy(status, STATUS, failing);
  assert.deepEqual([said.headline, said.tone, said.conclusion, said.result], ['Check failing', 'bad', 'failure', null]);
  const ended = toldBy(status, STATUS, { description: 'Build #2 is failing tests on Safari' });
  assert.deepEqual([ended.became, ended.result?.passed], ['failed on retry-uploads', false]);
});

test('a status without a name is a status check', () => {
  const small = { context: 'default', commit: null, sha: null };
  assert.equal(
    lineBy('status', STATUS, small),
    'Status check failed on old in acme/api · Your tests failed on CircleCI',
  );
});

test('the merge queue hears of failures alone, from checks of any kind', () => {
  const queue = 'gh-readonly-queue/main/pr-104-929f8209';
  const failed = toldBy(checkRun, RUN, { 'check_run.check_suite.head_branch': queue });
  assert.deepEqual([failed.pullRequest, failed.became], [104, 'failed in the merge queue of main']);
  assert.match(reasonOf(checkSuite, SUITE, { 'check_suite.head_branch': queue }), /merge queue/);
  const passed = { state: 'success', branches: [{ name: queue, commit: { sha: SHA } }] };
  assert.match(reasonOf(status, STATUS, passed), /merge queue/);
});
