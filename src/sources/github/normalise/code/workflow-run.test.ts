import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../tests/fixtures/line-by.ts';
import { PAIRS_CODE } from '../../../../../tests/fixtures/pairs/code.ts';
import { inRepository } from '../../../../../tests/fixtures/pairs/scene.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { sample } from '../../samples/sample.ts';
import { dispatchedWorkflowNames, workflowNames } from './run-place.ts';
import { workflowJob } from './workflow-job.ts';
import { workflowRun } from './workflow-run.ts';

const FAILED = sample('workflow_run.completed', { n: 0, now: Date.UTC(2026, 0, 15) })?.payload;
const PATH = '.github/workflows/ci.yml';
const QUEUE = { 'workflow_run.head_branch': 'gh-readonly-queue/main/pr-104-929f8209' };

test('a run is told in the tone of how it ended, with where and how long', () => {
  const said = toldBy(workflowRun, FAILED);
  assert.deepEqual([said.headline, said.tone, said.conclusion, said.did], ['Workflow failed', 'bad', 'failure', null]);
  assert.deepEqual(said.facts, ['mona', '3 min 7 s', 'run #900']);
  const waiting = toldBy(workflowRun, FAILED, { 'workflow_run.conclusion': 'action_required' });
  assert.deepEqual([waiting.headline, waiting.tone], ['Workflow waits for approval', 'waiting']);
});

test('a run is told by its workflow, what became of it and where, and what it ran for', () => {
  const line = (changes = {}, before: boolean | null = null) => lineBy('workflow_run', FAILED, changes, before);
  const title = 'Retry uploads after a dropped connection';
  const sha = String(FAILED?.['workflow_run'] && Object(FAILED['workflow_run']).head_sha).slice(0, 7);
  assert.equal(line(), `CI failed on main in acme/api: ${sha} ${title} · mona · 3 min 7 s · run #900`);
  assert.match(line({}, false), /^CI still fails on main in acme\/api: /);
  assert.match(line({ 'workflow_run.conclusion': 'success' }, false), /^CI passes again on main in /);
  assert.match(line({ 'workflow_run.conclusion': 'success' }), /^CI passed on main in /);
  assert.match(line({ 'workflow_run.conclusion': 'cancelled' }), /^CI was cancelled on main in /);
  assert.match(line({ 'workflow_run.conclusion': 'action_required' }), /^CI waits for approval on main in /);
  const words = { 'workflow_run.head_branch': 'x\u2003and\u00a0deployed' };
  assert.match(line(words), /^CI failed on x_and_deployed in /);
  const forPullRequest = { 'workflow_run.event': 'pull_request', 'workflow_run.head_branch': null };
  const second = { ...forPullRequest, 'workflow_run.pull_requests': [{ number: 7 }], 'workflow_run.run_attempt': 2 };
  assert.equal(line(second), `CI failed in acme/api: ${title} · mona · 3 min 7 s · #7 · run #900, attempt 2`);
});

test('a run that no commit set off says what did; a small payload has the name of its workflow', () => {
  const byHand = { 'workflow_run.event': 'workflow_dispatch', 'workflow_run.display_title': 'CI' };
  const line = (changes = {}) => lineBy('workflow_run', FAILED, changes);
  assert.equal(line(byHand), 'CI failed on main in acme/api · started by mona · 3 min 7 s · run #900');
  assert.match(line({ 'workflow_run.event': 'schedule' }), / · on schedule · /);
  const small = { action: undefined, workflow: undefined, workflow_run: { name: 'CI', conclusion: 'failure' } };
  assert.equal(line(small), 'CI failed in acme/api');
  assert.equal(line({ ...small, workflow_run: { status: 'in_progress', name: 'CI' } }), 'CI started in acme/api');
});

test('results compare runs of one workflow on one branch; a second attempt is another run', () => {
  const result = toldBy(workflowRun, FAILED).result;
  assert.deepEqual(result, {
    key: 'workflow_run acme/api 2823525 main',
    run: '2670000000 1',
    passed: false,
    headlines: { broke: 'Workflow broke', still_broken: 'Workflow still broken', fixed: 'Workflow fixed' },
    becomes: { still_broken: 'still fails on main', fixed: 'passes again on main' },
  });
  assert.equal(toldBy(workflowRun, FAILED, { 'workflow_run.run_attempt': 2 }).result?.run, '2670000000 2');
});

test('a failure of an unusual kind keeps saying which', () => {
  const said = toldBy(workflowRun, FAILED, { 'workflow_run.conclusion': 'timed_out' });
  assert.equal(said.headline, 'Workflow timed out');
  assert.deepEqual(said.result?.headlines, {
    still_broken: 'Workflow still broken (timed out)',
    fixed: 'Workflow fixed',
  });
});

test('what ended without a verdict, on no branch or in no repository is not compared', () => {
  for (const conclusion of ['cancelled', 'skipped', 'neutral', 'stale', 'action_required', 'invented', null]) {
    assert.equal(toldBy(workflowRun, FAILED, { 'workflow_run.conclusion': conclusion }).result, null);
  }
  assert.equal(toldBy(workflowRun, FAILED, { 'workflow_run.head_branch': null }).result, null);
  assert.equal(toldBy(workflowRun, FAILED, { repository: null }).result, null);
});

test("a fork's main is not our main", () => {
  const said = toldBy(workflowRun, FAILED, {
    'workflow_run.head_repository.full_name': 'mona/api',
    'workflow_run.head_repository.owner.login': 'mona',
  });
  assert.deepEqual([said.branch, said.isFork, said.became], ['mona:main', true, 'failed on mona:main']);
  assert.match(said.result?.key ?? '', / mona:main$/);
});

test('of the merge queue only failures are told, on no branch of ours', () => {
  const failed = toldBy(workflowRun, FAILED, QUEUE);
  assert.deepEqual([failed.branch, failed.pullRequest, failed.result], [null, 104, null]);
  assert.deepEqual([failed.became, failed.facts[2]], ['failed in the merge queue of main', '#104']);
  const passed = { ...QUEUE, 'workflow_run.conclusion': 'success' };
  assert.match(reasonOf(workflowRun, FAILED, passed), /merge queue that did not fail/);
  assert.match(reasonOf(workflowRun, PAIRS_CODE['workflow_run.in_progress'], QUEUE), /merge queue/);
});

test('a key is at most 400 characters and holds nothing that a database refuses', () => {
  const branch = `a\u0000b\ud800${'c'.repeat(500)}`;
  const key = toldBy(workflowRun, FAILED, { 'workflow_run.head_branch': branch }).result?.key ?? '';
  assert.ok(key.length <= 400 && key.isWellFormed() && !key.includes('\u0000'), key);
});

test('a job names the step that failed, and the machine where it is their own', () => {
  const payload = inRepository('mona', {
    action: 'completed',
    workflow_job: {
      name: 'linters',
      workflow_name: 'CI',
      head_branch: 'main',
      head_sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      labels: ['self-hosted', 'mac'],
      runner_name: 'mac-3',
      conclusion: 'failure',
      started_at: '2026-01-15T09:26:53Z',
      completed_at: '2026-01-15T09:30:00Z',
      steps: [
        { name: 'Set up job', conclusion: 'success' },
        { name: 'Run npm run check', conclusion: 'failure' },
      ],
    },
  });
  const said = toldBy(workflowJob, payload);
  assert.deepEqual([said.headline, said.subject?.handle, said.conclusion], ['Job failed', 'CI / linters', 'failure']);
  assert.equal(
    lineBy('workflow_job', payload),
    'CI / linters failed on main in acme/api: ec26c3e · failed at Run npm run check · 3 min 7 s · on mac-3',
  );
  const hosted = { action: undefined, 'workflow_job.status': 'completed', 'workflow_job.labels': ['ubuntu-latest'] };
  assert.match(lineBy('workflow_job', payload, hosted), / · 3 min 7 s$/);
  assert.equal(lineBy('workflow_job', inRepository('mona', { workflow_job: {} })), 'Job is queued in acme/api');
});

test('a workflow is called by its name, its file and its path, as far as its event says', () => {
  const all = ['CI', 'ci.yml', PATH];
  assert.deepEqual(workflowNames({ workflow: { name: 'CI', path: PATH }, workflow_run: { name: 'CI of #12' } }), all);
  assert.deepEqual(
    workflowNames({ workflow: null, workflow_run: { name: 'CI', path: `${PATH}@refs/heads/a/b` } }),
    all,
  );
  assert.deepEqual(workflowNames({ workflow_job: { workflow_name: 'CI' } }), ['CI']);
  assert.deepEqual(workflowNames({ workflow_job: { workflow_name: PATH } }), [PATH, 'ci.yml']);
  assert.deepEqual(workflowNames({ workflow: { name: '', path: 7 }, deployment: {} }), []);
  assert.deepEqual(dispatchedWorkflowNames({ workflow: PATH }), ['ci.yml', PATH]);
});
