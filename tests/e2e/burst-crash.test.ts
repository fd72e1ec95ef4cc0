import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/shared/clock.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { startGithubDouble } from '../doubles/github-double.ts';
import { DEFAULT_PATH, startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, expireLeases, openInbox, stored } from '../support/data-dir.ts';
import { type Delivery, deliver } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { sampleDelivery } from '../support/payloads.ts';
import { runTidings } from '../support/tidings-process.ts';

/** A sample, changed, as a delivery of its own. */
function changed(
  name: string,
  n: number,
  change: (payload: Record<string, Record<string, unknown>>) => void,
): Delivery {
  const made = sampleDelivery(name, n);
  const payload = JSON.parse(made.body.toString());
  change(payload);
  return { ...made, body: Buffer.from(JSON.stringify(payload)) };
}

const push = (n: number) =>
  changed('pull_request.opened', n, (payload) => {
    Object.assign(payload, { action: 'synchronize', sender: { login: 'mona' } });
    Object.assign(payload['pull_request'] ?? {}, {
      number: 12,
      title: 'Retry uploads',
      draft: true,
      user: { login: 'mona' },
    });
  });

const failure = changed('workflow_run.completed', 9, (payload) => {
  Object.assign(payload['workflow_run'] ?? {}, { id: 7, run_attempt: 1, conclusion: 'failure' });
});

test('kill -9 while pushes to a draft wait for each other, and after Slack’s yes: one message tells them all, and what repeats it says so', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  await using endpoint = await startEndpointDouble();
  await using github = await startGithubDouble({ token: 'a-token' });
  const job = { name: 'test', conclusion: 'failure', steps: [{ name: 'npm test', conclusion: 'failure' }] };
  github.resource('/repos/acme/api/actions/runs/7/attempts/1/jobs', { total_count: 1, jobs: [job] });
  await configure(dir.path, {
    destinations: {
      team: { type: 'slack', webhook_url: slack.webhookUrl() },
      hook: { type: 'http', url: endpoint.url },
    },
    rules: [
      { on: { pull_request: ['synchronize'] }, to: 'team' },
      { on: 'workflow_run', to: 'hook' },
    ],
  });
  const env = { GITHUB_TOKEN: 'a-token', GITHUB_API_URL: github.url };
  await using receiver = await serverInProcess('receive', dir.path, env);
  await using inbox = await openInbox(dir.path);
  const send = async (sent: Delivery) => assert.equal((await deliver(receiver.url, sent)).status, 200);

  for (const n of [1, 2]) await send(push(n));
  await using first = await runTidings(['work'], dir.path, env);
  await stored(inbox, (all) => all.length === 2 && all.every(({ settlesAt }) => settlesAt !== null));
  await first.kill();
  await expireLeases(inbox);
  await send(push(3));
  await send(failure);
  await using second = await runTidings(['work'], dir.path, env);
  await stored(inbox, (all) => all.filter(({ settlesAt }) => settlesAt !== null).length === 3);
  slack.hangNext(DEFAULT_PATH);
  await inbox.bringBack(systemClock.now() + 60_000);
  await slack.waitFor(1);
  await second.kill();
  await expireLeases(inbox);
  await send(push(4));
  await using _third = await beginInProcess(['work'], dir.path, env);
  await stored(inbox, (all) => all.some(({ settlesAt }) => settlesAt !== null));
  await inbox.bringBack(systemClock.now() + 60_000);
  await drained(inbox);

  assert.deepEqual(
    slack.messages.map(({ text }) => text),
    [
      'mona pushed to pull request #12 three times in acme/api: Retry uploads',
      'Possible repeat: mona pushed to pull request #12 three times in acme/api: Retry uploads',
      'mona pushed to pull request #12 in acme/api: Retry uploads',
    ],
  );
  assert.deepEqual(
    endpoint.bodies.map((body) => JSON.parse(body).data.facts.at(-1)),
    ['failed: test › npm test'],
  );
  assert.deepEqual([slack.violations, endpoint.violations], [[], []]);
});
