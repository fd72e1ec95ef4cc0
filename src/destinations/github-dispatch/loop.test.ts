import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DISPATCH_TOKEN, REPO, startDispatchDouble } from '../../../tests/doubles/github-dispatch-double.ts';
import { anActivity, person } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { deliver, delivery } from '../../../tests/support/github.ts';
import { inProcess, serverInProcess } from '../../../tests/support/in-process.ts';
import { issueOpened } from '../../../tests/support/payloads.ts';
import { causedByRun } from './loop.ts';

const RULES = `
destinations:
  deploy: { type: github-dispatch, repo: Acme/API, token: "\${GITHUB_DISPATCH_TOKEN}" }
rules:
  - name: all
    on:
      push:
      issues: [opened]
      workflow_run: [requested, completed]
      workflow_job: [completed]
      check_run: [completed]
      check_suite: [completed]
      deployment_status:
      repository_dispatch:
      workflow_dispatch:
    to: [deploy]
`;

const BOT = { login: 'github-actions[bot]', type: 'Bot' };
const MONA = { login: 'mona', type: 'User' };
const WORKFLOW = { id: 7, name: 'Deploy', path: '.github/workflows/deploy.yml' };
const RUN = {
  id: 9,
  workflow_id: 7,
  name: 'Deploy',
  head_branch: 'main',
  event: 'repository_dispatch',
  run_attempt: 1,
};

const at = (full_name: string, sender: object = MONA) => ({
  repository: { full_name, html_url: `https://github.com/${full_name}`, default_branch: 'main' },
  sender,
});

function pushed(full_name: string, sender: object, after: string) {
  const commit = { id: after, message: 'Bump', author: { name: 'mona' }, url: 'https://github.com/acme/api/commit/1' };
  const about = { ref: 'refs/heads/main', before: 'a'.repeat(40), after, commits: [commit], head_commit: commit };
  return delivery('push', { ...about, compare: 'https://github.com/acme/api/compare/1...2', ...at(full_name, sender) });
}

/** What GitHub sends of a run, and of what it does by its own token. */
function ofARun(repo: string) {
  const ended = { conclusion: 'success', status: 'completed' };
  const run = { ...RUN, ...ended, head_sha: 'b'.repeat(40), html_url: `https://github.com/${repo}/actions/runs/9` };
  const here = at(repo);
  const deployment = { id: 3, environment: 'production', creator: MONA, sha: 'b'.repeat(40), ref: 'main' };
  const live = { id: 4, state: 'success', creator: MONA };
  return [
    delivery('repository_dispatch', { action: 'tidings', branch: 'main', client_payload: {}, ...here }),
    delivery('workflow_dispatch', { workflow: WORKFLOW.path, ref: 'refs/heads/main', inputs: {}, ...here }),
    delivery('workflow_run', {
      action: 'requested',
      workflow_run: { ...run, conclusion: null },
      workflow: WORKFLOW,
      ...here,
    }),
    delivery('workflow_job', {
      action: 'completed',
      workflow_job: { id: 1, run_id: 9, name: 'build', ...ended },
      ...here,
    }),
    delivery('check_run', { action: 'completed', check_run: { id: 2, name: 'build', ...ended }, ...here }),
    delivery('check_suite', { action: 'completed', check_suite: { id: 5, head_branch: 'main', ...ended }, ...here }),
    delivery('deployment_status', {
      action: 'created',
      deployment,
      deployment_status: live,
      workflow: WORKFLOW,
      workflow_run: run,
      ...here,
    }),
    pushed(repo, BOT, 'c'.repeat(40)),
    delivery('workflow_run', { action: 'completed', workflow_run: run, workflow: WORKFLOW, ...here }),
  ];
}

test('a push starts a run; what the run sends back starts no other, and explain says why', async () => {
  await using dir = await dataDir();
  await using github = await startDispatchDouble();
  writeFileSync(join(dir.path, 'tidings.yaml'), RULES.replace('Acme/API', REPO));
  const env = { GITHUB_DISPATCH_TOKEN: DISPATCH_TOKEN, GITHUB_DISPATCH_API_URL: github.origin };
  await using server = await serverInProcess('start', dir.path, env);
  await deliver(server.url, pushed(REPO, MONA, 'b'.repeat(40)));
  await github.waitFor(1);
  const ids: number[] = [];
  for (const each of ofARun('Acme/Api')) ids.push((await deliver(server.url, each)).body.id ?? 0);
  // Behind all of them in every lane.
  await deliver(server.url, issueOpened(12));
  await github.waitFor(2);
  const kinds = github.messages.map(
    ({ client_payload: payload }) => (payload as { tidings: { type: string } }).tidings.type,
  );
  assert.deepEqual([kinds, github.violations], [['push', 'issues.opened'], []]);
  const { stdout } = await inProcess(['events', '--json'], dir.path, env);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly id: number; readonly reason: string });
  const reasons = rows.filter(({ id }) => ids.includes(id)).map(({ reason }) => reason);
  assert.equal(reasons.length, ids.length);
  for (const reason of reasons) {
    assert.match(reason, /^deploy declines it: (?:it is about a run|a run) in acme\/api.*allow_loop: true/);
  }
  assert.equal(reasons.filter((reason) => reason.includes('a run in acme/api did it')).length, 1);
  const explained = await inProcess(['explain', String(ids[0])], dir.path, env);
  assert.match(
    explained.stdout,
    /matched → deploy\n.*\ndeploy declines it: it is about a run.*\n\nNot announced: deploy declines/,
  );
});

test('other repositories, people and bots are no run of this one', () => {
  const name = (full: string) => ({ place: { name: full, url: null } });
  const run = { kind: 'workflow_run.completed', type: 'workflow_run', action: 'completed' };
  assert.notEqual(causedByRun(anActivity({ ...run, ...name('ACME/api') }), 'acme/api'), null);
  assert.equal(causedByRun(anActivity({ ...run, ...name('acme/web') }), 'acme/api'), null);
  assert.equal(causedByRun(anActivity({ ...run, place: null }), 'acme/api'), null);
  assert.equal(causedByRun(anActivity(), 'acme/api'), null);
  assert.notEqual(causedByRun(anActivity({ actor: person('GitHub-Actions[bot]') }), 'acme/api'), null);
  assert.equal(causedByRun(anActivity({ actor: person('dependabot[bot]') }), 'acme/api'), null);
});
