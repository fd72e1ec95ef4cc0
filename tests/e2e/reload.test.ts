import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import { runServer } from '../support/tidings-process.ts';

const INFO = { LOG_LEVEL: 'info' };

test('Slack, connected while it runs, gets the next event: no restart', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  await using server = await runServer('start', dir.path, INFO);
  await deliver(server.url, issueOpened(1));
  await server.printed(/Issue opened/);
  await writeFile(join(dir.path, '.env'), `SLACK_WEBHOOK_URL=${slack.webhookUrl()}\n`);
  await server.printed(/the settings changed, and are in force: 1 rule, told to slack/);
  assert.equal((await deliver(server.url, issueOpened(2))).status, 200);
  await slack.waitFor(1);
  assert.match(slack.messages[0]?.text ?? '', /#2/);
});

test('changed rules are in force at once; broken ones change nothing and say where; the port waits for a start', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  const rules = (types: readonly string[], extra = {}) =>
    configure(dir.path, {
      destinations: { team: { type: 'slack', webhook_url: slack.webhookUrl() } },
      rules: [{ on: { issues: types }, to: 'team' }],
      ...extra,
    });
  await rules(['closed']);
  await using server = await runServer('start', dir.path, INFO);
  await deliver(server.url, issueOpened(1));
  await rules(['openned']);
  await server.printed(/cannot be used; those before stay in force[^]*tidings\.yaml:\d+:\d+[^]*openned/);
  assert.equal((await deliver(server.url, issueOpened(2))).status, 200, 'the intake goes on');
  await rules(['opened'], {
    sources: { github: { secrets: ['a-secret-for-tests-and-benchmarks', 'one-more-of-them'] } },
  });
  await server.printed(/in force: 1 rule, told to team/);
  await server.printed(/in force after the next start: sources/);
  await deliver(server.url, issueOpened(3));
  await slack.waitFor(1);
  assert.match(slack.messages[0]?.text ?? '', /#3/);
  assert.equal(await server.stop(), 0);
  assert.equal(slack.messages.length, 1);
});
