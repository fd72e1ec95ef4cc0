import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

const REPO = { full_name: 'acme/api', html_url: 'https://github.com/acme/api' };
const MONA = { login: 'mona', html_url: 'https://github.com/mona', type: 'User' };

function pullRequest(action: string, number: number, labels: readonly string[] = []): Delivery {
  const branch = (ref: string) => ({ ref, repo: { full_name: 'acme/api' } });
  const pull_request = {
    number,
    title: `Change ${number}`,
    html_url: `https://github.com/acme/api/pull/${number}`,
    body: null,
    labels: labels.map((name) => ({ name })),
    user: MONA,
    base: branch('main'),
    head: branch(`topic-${number}`),
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
  return delivery('pull_request', { action, number, pull_request, repository: REPO, sender: MONA });
}

function ciRun(number: number, conclusion: 'success' | 'failure'): Delivery {
  const workflow_run = {
    id: 1_000 + number,
    run_number: number,
    run_attempt: 1,
    workflow_id: 7,
    name: 'CI',
    head_branch: 'main',
    event: 'push',
    conclusion,
    html_url: `https://github.com/acme/api/actions/runs/${number}`,
    pull_requests: [],
    head_repository: { full_name: 'acme/api' },
    updated_at: '2026-01-01T00:00:00Z',
  };
  return delivery('workflow_run', { action: 'completed', workflow_run, repository: REPO, sender: MONA });
}

const CI = ['success', 'failure', 'failure', 'success', 'success'] as const;

test('a new configuration is compared over what is stored, event by event; nothing is sent', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  const destinations = {
    team: { type: 'slack', webhook_url: slack.webhookUrl('/services/T0000/B0000/team'), per_second: 0 },
    ci: { type: 'slack', webhook_url: slack.webhookUrl('/services/T0000/B0000/ci'), per_second: 0 },
  };
  await configure(dir.path, {
    destinations,
    rules: [
      { name: 'reviews', on: { pull_request: ['opened', 'merged'], issues: ['opened'] }, to: 'team' },
      { name: 'builds', on: { workflow_run: { conclusion: ['failure'] } }, to: 'ci' },
    ],
  });
  {
    await using server = await serverInProcess('start', dir.path);
    const sent = [
      ...[1, 2, 3].map((n) => pullRequest('opened', n)),
      pullRequest('labeled', 2, ['wip']),
      ...CI.map((conclusion, index) => ciRun(index + 1, conclusion)),
      ...Array.from({ length: 20 }, (_, n) => issueOpened(10 + n)),
      pullRequest('opened', 4, ['wip']),
    ];
    for (const each of sent) assert.equal((await deliver(server.url, each)).status, 200);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
  }
  const told = slack.requests;
  assert.ok(told > 0);

  const reviews = {
    name: 'reviews',
    on: { pull_request: { types: ['opened', 'merged'], labels: { none: ['wip'] } }, issues: ['opened'] },
    settle: '20s',
    quiet: { hours: '00:00-23:59', zone: 'UTC' },
    to: 'team',
  };
  const builds = { name: 'builds', on: { workflow_run: { transition: ['broke', 'fixed'] } }, to: 'ci' };
  await writeFile(join(dir.path, 'new.yaml'), stringify({ destinations, rules: [reviews, builds] }));
  const { code, stdout, stderr } = await inProcess(['backtest', '--config', 'new.yaml'], dir.path);
  assert.equal(
    stdout,
    `− 2  pull_request.opened acme/api #2 Change 2  no longer told to team (rule reviews: on.labels.none saw wip)
− 7  workflow_run.completed acme/api CI  no longer told to ci (rule builds: on.transition saw still_broken)
+ 8  workflow_run.completed acme/api CI  told to ci (rule builds)
− 30  pull_request.opened acme/api #4 Change 4  no longer told to team (rule reviews: on.labels.none saw wip)
`,
  );
  assert.match(stderr, /^3 fewer, 1 more, 23 the same \(over 30 events since [^)]*Z\)\. Nothing was sent\.\n$/);
  assert.equal(code, 0);

  const json = await inProcess(['backtest', '--config', 'new.yaml', '--json', '--limit', '1'], dir.path);
  assert.equal((JSON.parse(json.stdout) as { id: number }).id, 30);
  const same = await inProcess(['backtest', '--config', 'tidings.yaml'], dir.path);
  assert.deepEqual([same.code, same.stdout], [0, '']);
  assert.match(same.stderr, /^0 fewer, 0 more, 26 the same/);
  assert.equal(slack.requests, told, 'nothing more was sent');

  await writeFile(join(dir.path, 'new.yaml'), 'rules: [{ on: { isues: [opened] } }]\n');
  const broken = await inProcess(['backtest', '--config', 'new.yaml'], dir.path);
  assert.deepEqual([broken.code, broken.stdout], [2, '']);
  assert.match(broken.stderr, /new\.yaml:1:\d+: "isues" is not a GitHub event/);
});
