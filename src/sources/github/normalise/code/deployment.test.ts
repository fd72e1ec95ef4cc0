import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../tests/fixtures/line-by.ts';
import { PAIRS_CODE } from '../../../../../tests/fixtures/pairs/code.ts';
import { inRepository } from '../../../../../tests/fixtures/pairs/scene.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { deployment, deploymentStatus } from './deployment.ts';
import { deploymentReview } from './deployment-review.ts';
import { workflowDispatch } from './dispatch.ts';
import { mergeGroup } from './merge-group.ts';
import { pageBuild } from './page-build.ts';

const SHA = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e';
const SITE = 'https://acme.example';
const LOG = 'https://github.com/acme/api/actions/runs/1';

const STATUS = inRepository('vercel[bot]', {
  action: 'created',
  deployment: {
    id: 145,
    sha: SHA,
    ref: 'main',
    task: 'deploy',
    environment: 'production',
    creator: { login: 'mona' },
    created_at: '2026-01-15T09:26:53Z',
  },
  deployment_status: {
    state: 'success',
    environment_url: SITE,
    log_url: LOG,
    description: '',
    created_at: '2026-01-15T09:30:00Z',
  },
});

test('a deployment that succeeded leads to the site, one that failed to the log', () => {
  const said = toldBy(deploymentStatus, STATUS);
  assert.deepEqual([said.headline, said.tone, said.subject?.title], ['Deployment succeeded', 'good', 'production']);
  assert.equal(said.subject?.url, SITE);
  const failed = toldBy(deploymentStatus, STATUS, { 'deployment_status.state': 'error' });
  assert.deepEqual([failed.headline, failed.subject?.url, failed.conclusion], ['Deployment failed', LOG, 'error']);
});

test('who deployed what to where; of one that failed, what became of it', () => {
  const line = (changes = {}, before: boolean | null = null) => lineBy('deployment_status', STATUS, changes, before);
  const rest = 'in acme/api · started by mona · 3 min 7 s';
  assert.equal(line(), `vercel[bot] deployed main (f95f852) to production ${rest}`);
  assert.equal(line({}, false), line());
  const failed = { 'deployment_status.state': 'failure' };
  assert.equal(line(failed), `production deploy of main (f95f852) failed ${rest}`);
  assert.equal(line(failed, false), `production deploy of main (f95f852) failed again ${rest}`);
  const ofCommit = {
    'deployment.ref': SHA,
    'sender.login': 'mona',
    'deployment_status.created_at': 0,
  };
  assert.equal(line(ofCommit), 'mona deployed f95f852 to production in acme/api');
  const queued = { 'deployment_status.state': 'queued' };
  assert.match(line(queued), /^production deploy of main \(f95f852\) is queued in acme\/api/);
  assert.equal(
    lineBy('deployment', STATUS, { deployment_status: undefined }),
    'vercel[bot] started deploying main (f95f852) to production in acme/api',
  );
});

test('a deployment that says little is told as far as it goes', () => {
  const { deployment: _, ...rest } = STATUS;
  assert.match(lineBy('deployment_status', rest, { action: undefined }), /^vercel\[bot\] deployed to production in/);
  const unclear = { action: undefined, deployment_status: {} };
  assert.equal(lineBy('deployment_status', rest, unclear), 'production deploy is updated in acme/api');
  assert.equal(
    lineBy('deployment', rest, { deployment: {}, deployment_status: undefined }),
    'vercel[bot] started deploying to production in acme/api',
  );
});

test('results compare deployments to one environment', () => {
  const { result } = toldBy(deploymentStatus, STATUS);
  assert.deepEqual([result?.key, result?.run], ['deployment acme/api production deploy', '145']);
  assert.equal(result?.headlines.fixed, 'Deployment works again');
});

test('what is on the way is minor and compared with nothing', () => {
  for (const state of ['queued', 'in_progress', 'waiting', 'inactive', 'invented']) {
    const said = toldBy(deploymentStatus, STATUS, { 'deployment_status.state': state });
    const conclusion = state === 'inactive' ? 'inactive' : null;
    assert.deepEqual([said.isMinor, said.result, said.conclusion], [true, null, conclusion], state);
  }
  assert.equal(toldBy(deploymentStatus, STATUS).isMinor, false);
});

test('a deployment of a commit is on no branch', () => {
  const said = toldBy(deployment, STATUS, { 'deployment.ref': 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e' });
  assert.deepEqual([said.branch, said.did], [null, 'started deploying f95f852 to {it}']);
});

test('who is asked to approve is named; the answer looks good or bad and shows the comment', () => {
  const reviewers = [{ reviewer: { login: 'hubot' } }, { reviewer: { slug: 'ops' } }, {}];
  const asked = toldBy(deploymentReview, PAIRS_CODE['deployment_review.approved'], {
    action: 'requested',
    reviewers,
    comment: null,
  });
  assert.deepEqual([asked.asked, asked.tone], [['hubot', 'acme/ops'], 'waiting']);
  assert.equal(asked.did, 'asked hubot, team ops to approve deploying main to {it}');
  const approved = toldBy(deploymentReview, PAIRS_CODE['deployment_review.approved']);
  assert.deepEqual([approved.tone, approved.subject?.title, approved.asked], ['good', 'production', []]);
  assert.deepEqual([approved.did, approved.isSpoken], ['approved deploying main to {it}', true]);
  assert.match(approved.excerpt ?? '', /Go ahead/);
  const small = { action: undefined, reviewers: [], workflow_job_runs: [], comment: null };
  assert.match(
    lineBy('deployment_review', PAIRS_CODE['deployment_review.approved'], small),
    /^priya-k asked to deploy main in acme\/api: /,
  );
  assert.equal(toldBy(deploymentReview, PAIRS_CODE['deployment_review.rejected']).tone, 'bad');
});

test('a site is told when it is built; what broke it is quoted', () => {
  const build = { status: 'errored', error: { message: 'Page build failed.' }, commit: 'f95f852bd8', duration: 16_984 };
  const payload = inRepository('mona', { id: 13, build });
  const said = toldBy(pageBuild, payload);
  assert.deepEqual(
    [said.headline, said.conclusion, said.facts],
    ['Site failed to build', 'failure', ['f95f852', '17 s']],
  );
  assert.equal(said.excerpt, 'Page build failed.');
  assert.equal(lineBy('page_build', payload), 'GitHub Pages failed to build in acme/api · f95f852 · 17 s');
  const built = lineBy('page_build', payload, { 'build.status': 'built' });
  assert.equal(built, 'mona published the site in acme/api: GitHub Pages · f95f852 · 17 s');
  assert.match(reasonOf(pageBuild, payload, { build: null }), /no news before it ends/);
  assert.match(reasonOf(pageBuild, payload, { 'build.status': 'building' }), /no news before it ends/);
});

test('the inputs of a workflow that was started by hand are named, never shown', () => {
  const said = toldBy(
    workflowDispatch,
    inRepository('mona', {
      workflow: '.github/workflows/deploy.yml',
      ref: 'refs/heads/main',
      inputs: { environment: 'production', token: 'hunter2' },
    }),
  );
  assert.deepEqual([said.subject?.handle, said.facts], ['deploy.yml', ['main', 'with environment, token']]);
  assert.ok(!JSON.stringify(said).includes('hunter2'));
});

test('a merge group is told by its pull request, and not when its pull requests tell it', () => {
  const destroyed = PAIRS_CODE['merge_group.destroyed'];
  const said = toldBy(mergeGroup, destroyed);
  assert.deepEqual([said.branch, said.pullRequest], ['main', 512]);
  assert.equal(said.subject?.title, 'Retry uploads after a dropped connection');
  assert.match(reasonOf(mergeGroup, destroyed, { reason: 'dequeued' }), /pull_request.dequeued tells/);
});
