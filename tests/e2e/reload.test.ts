import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { type RunningTidings, runServer } from '../support/tidings-process.ts';

interface Ready {
  readonly status: string;
  readonly checks: { readonly configuration: { readonly ok: boolean; readonly detail: string } };
}

async function readyz({ url }: RunningTidings): Promise<Ready> {
  return (await (await fetch(`${url}/readyz`)).json()) as Ready;
}

const INFO = { LOG_LEVEL: 'info' };

test('Slack, connected while it runs, gets the next event: no restart', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  await using server = await serverInProcess('start', dir.path, INFO);
  await deliver(server.url, issueOpened(1));
  await server.printed(/opened issue/);
  await writeFile(join(dir.path, '.env'), `SLACK_WEBHOOK_URL=${slack.webhookUrl()}\n`);
  await server.printed(/the settings changed, and are in force: 1 rule, told to slack/);
  assert.equal((await deliver(server.url, issueOpened(2))).status, 200);
  await slack.waitFor(1);
  assert.match(slack.messages[0]?.text ?? '', /#2/);
});

test('SIGHUP without a terminal reads the settings again, ends nothing and says so', async () => {
  await using dir = await dataDir();
  await using server = await runServer('start', dir.path, INFO);
  server.child.kill('SIGHUP');
  await server.printed(/SIGHUP: the settings are read again/);
  assert.equal((await deliver(server.url, issueOpened(1))).status, 200);
  await using receiver = await runServer('receive', dir.path, INFO);
  receiver.child.kill('SIGHUP');
  await receiver.printed(/SIGHUP: nothing to do/);
  assert.equal(await receiver.stop(), 0);
});

test('changed rules are in force at once; broken ones change nothing and say where; the port waits for a start', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  const rules = (types: readonly string[], extra = {}) =>
    configure(dir.path, {
      destinations: { team: { type: 'slack', webhook_url: slack.webhookUrl() } },
      rules: [{ name: 'mine', on: { issues: types, workflow_job: null }, to: 'team' }],
      tests: [{ name: 'of yesterday', event: 'push', expect: ['nowhere'] }],
      ...extra,
    });
  await rules(['closed']);
  await using server = await serverInProcess('start', dir.path, INFO);
  await server.printed(/only a test is wrong, and the rules are in force: no destination is named \\"nowhere/);
  await server.printed(/rule \\"mine\\" never matches workflow_job/);
  await deliver(server.url, issueOpened(1));
  await rules(['openned']);
  await server.printed(/cannot be used; those before stay in force[^]*tidings\.yaml:\d+:\d+[^]*openned/);
  assert.equal((await deliver(server.url, issueOpened(2))).status, 200, 'the intake goes on');
  const refused = await readyz(server);
  assert.equal(refused.status, 'ready');
  assert.match(
    refused.checks.configuration.detail,
    /^tidings\.yaml changed and cannot be used: tidings\.yaml:\d+:\d+: .*openned.*\. In force stay 1 rule, loaded 20/,
  );
  const doctor = await inProcess(['doctor'], dir.path, { PORT: String(server.port) });
  assert.equal(doctor.code, 1);
  assert.match(
    doctor.stdout,
    /fail {2}configuration [^]*openned[^]*ok {4}receiver [^]*warn {2}rules in force +tidings\.yaml ch/,
  );
  await rm(join(dir.path, 'tidings.yaml'));
  await server.printed(/tidings\.yaml: is gone/);
  await rules(['closed']);
  await server.printed(/the settings can be used again/);
  assert.match((await readyz(server)).checks.configuration.detail, /^1 rule, loaded 20[^]{22}$/);
  await rules(['opened'], {
    sources: { github: { secrets: ['a-secret-for-tests-and-benchmarks', 'one-more-of-them'] } },
  });
  await server.printed(/in force: 1 rule, told to team[^]*rule \\"mine\\" never matches workflow_job/);
  await server.printed(/in force after the next start: sources/);
  await deliver(server.url, issueOpened(3));
  await slack.waitFor(1);
  assert.match(slack.messages[0]?.text ?? '', /#3/);
  assert.equal(await server.stop(), 0);
  assert.equal(slack.messages.length, 1);
});

test('a receiver alone needs no destination, and says that rules are none of its business', async () => {
  await using dir = await dataDir();
  await configure(dir.path, { destinations: { team: { type: 'slack', webhook_url: '${NOT_SET_HERE}' } } });
  await using server = await serverInProcess('receive', dir.path, INFO);
  const { status, checks } = await readyz(server);
  assert.deepEqual([status, checks.configuration.ok], ['ready', true]);
  assert.match(checks.configuration.detail, /not used by this process, which only receives/);
});
