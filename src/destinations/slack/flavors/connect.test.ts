import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FLAVOR_KEY, startFlavorDouble, textsOf } from '../../../../tests/doubles/flavor-double.ts';
import { startSlackDouble } from '../../../../tests/doubles/slack-double.ts';
import { configure, dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';

const envFile = (dir: string) => readFileSync(join(dir, '.env'), 'utf8');

for (const flavor of ['mattermost', 'rocketchat', 'zulip'] as const) {
  test(`a webhook of ${flavor} says hello in its own form, and is kept with whose it is`, async () => {
    await using dir = await dataDir();
    await using double = await startFlavorDouble(flavor);
    const { code, stderr } = await inProcess(['connect', flavor], dir.path, { SLACK_WEBHOOK_URL: double.url });
    assert.equal(code, 0, stderr);
    assert.match(textsOf(double.messages[0] ?? {}).join(), /Tidings is connected/);
    assert.equal(envFile(dir.path), `SLACK_WEBHOOK_URL=${double.url}\nSLACK_FLAVOR=${flavor}\n`);
    assert.ok(!stderr.includes(FLAVOR_KEY));
    assert.deepEqual(double.violations, []);
  });

  test(`an address that is none of ${flavor}'s is not posted to`, async () => {
    await using dir = await dataDir();
    for (const SLACK_WEBHOOK_URL of ['https://hooks.slack.com/services/T0/B0/key', 'https://chat.test/', 'hooks']) {
      const { code, stderr } = await inProcess(['connect', flavor], dir.path, { SLACK_WEBHOOK_URL });
      assert.equal(code, 2, stderr);
      assert.match(stderr, /SLACK_WEBHOOK_URL is (?:Slack's own: connect slack|not the address of a webhook at )/);
    }
    assert.equal(existsSync(join(dir.path, '.env')), false);
  });
}

test('what nobody takes is not kept, and nothing is written', async () => {
  await using dir = await dataDir();
  await using double = await startFlavorDouble('mattermost');
  double.plan({ status: 400, body: { id: 'web.incoming_webhook.invalid.app_error', message: 'Invalid webhook' } });
  const { code, stderr } = await inProcess(['connect', 'mattermost'], dir.path, { SLACK_WEBHOOK_URL: double.url });
  assert.equal(code, 1, stderr);
  assert.match(stderr, /Not connected, nothing was written: the webhook is gone.*make a new one/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
});

test('where tidings.yaml has destinations, the line to add says whose it is; where it names the variable, that is said', async () => {
  await using dir = await dataDir();
  await using double = await startFlavorDouble('zulip');
  const env = { SLACK_WEBHOOK_URL: double.url };
  await configure(dir.path, { destinations: { screen: { type: 'console' } } });
  const added = await inProcess(['connect', 'zulip'], dir.path, env);
  assert.match(added.stderr, /slack: \{ type: slack, webhook_url: "\$\{SLACK_WEBHOOK_URL\}", flavor: "?zulip"? \}/);
  await configure(dir.path, { destinations: { team: { type: 'slack', webhook_url: '${SLACK_WEBHOOK_URL}' } } });
  const named = await inProcess(['connect', 'zulip', '--no-hello'], dir.path, env);
  assert.match(named.stderr, /names SLACK_WEBHOOK_URL already: see that `flavor: zulip` stands beside it/);
});

test('connected to Slack again, it is Slack’s; of another host it is said that it may be one of these', async () => {
  await using dir = await dataDir();
  await using double = await startFlavorDouble('mattermost');
  await inProcess(['connect', 'mattermost'], dir.path, { SLACK_WEBHOOK_URL: double.url });
  await using slack = await startSlackDouble();
  const env = { SLACK_WEBHOOK_URL: slack.webhookUrl('/services/T0/B0/key') };
  const { code, stderr } = await inProcess(['connect', 'slack', '--webhook', '--replace'], dir.path, env);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /The host is not Slack's.*tidings connect mattermost/);
  assert.match(envFile(dir.path), /^SLACK_FLAVOR=slack$/m);
});
