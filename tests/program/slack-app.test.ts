import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BOT_TOKEN, startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';

const CONNECT = ['connect', 'slack'] as const;
const envFile = (dir: string) => readFile(join(dir, '.env'), 'utf8');

test('--manifest prints the app that tidings.yaml needs, what for, and no secret', async () => {
  await using dir = await dataDir();
  const people = { type: 'slack', token: '${SLACK_BOT_TOKEN}', direct: true };
  await configure(dir.path, { destinations: { people }, rules: [{ on: 'push', to: 'people', if_: 'a mistake' }] });
  const args = [...CONNECT, '--manifest', '--with', 'history'];
  const { code, stdout, stderr } = await inProcess(args, dir.path, { SLACK_BOT_TOKEN: BOT_TOKEN });
  assert.equal(code, 0, stderr);
  const { features, oauth_config } = JSON.parse(stdout);
  assert.equal(features.app_home.messages_tab_enabled, true);
  assert.deepEqual(oauth_config.scopes.bot_optional, ['channels:history', 'groups:history', 'im:history', 'im:write']);
  assert.match(stderr, /channels:history {3}finding out whether a message arrived .* \(may be left out\)/);
  assert.match(stderr, /App Manifest[^]*Reinstall to Workspace/);
  assert.doesNotMatch(stdout + stderr, /aVerySecret/);
});

test('what it is to do besides posting: the lines for it are said, and the app-level token is proved and kept', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi();
  await configure(dir.path, { destinations: { answers: { type: 'console' } } });
  const args = [...CONNECT, '--channel', 'releases', '--no-hello', '--with', 'cards,direct,answers'];
  const env = { SLACK_API_URL: slack.url };
  const bare = await inProcess(args, dir.path, env, BOT_TOKEN);
  assert.match(bare.stderr, /SLACK_APP_TOKEN is not set: until it is, nobody can ask/);
  assert.match(bare.stderr, / slack: \{ type: slack, .*, channel: .*, card: true, menu: true \}\n/);
  assert.match(bare.stderr, / people: \{ .*, direct: true \}\n.* answers-2: \{ .*, answers: slack \}\n/);
  assert.match(
    bare.stderr,
    /sources:\n +# and those .* by their names alone\n.* slack: \{ provider: slack, app_token: "\$\{SLACK_APP_TOKEN\}" \}\n/,
  );
  const wrong = await inProcess(args, dir.path, { ...env, SLACK_APP_TOKEN: 'xapp-1-wrong' }, BOT_TOKEN);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Slack does not take this app-level token \(invalid_auth\)/);
  assert.doesNotMatch(await envFile(dir.path), /SLACK_APP_TOKEN/);
  const right = await inProcess(args, dir.path, { ...env, SLACK_APP_TOKEN: slack.appToken }, BOT_TOKEN);
  assert.equal(right.code, 0, right.stderr);
  assert.match(await envFile(dir.path), /\nSLACK_APP_TOKEN=xapp-/);
  assert.deepEqual([slack.violations, slack.sockets.connections.length], [[], 0]);
});

test('without a tidings.yaml, what goes beyond posting is said to belong there, and posting alone asks for nothing', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi();
  const run = (...more: readonly string[]) => {
    const args = [...CONNECT, '--channel', 'releases', '--no-hello', ...more];
    return inProcess(args, dir.path, { SLACK_API_URL: slack.url }, BOT_TOKEN);
  };
  assert.doesNotMatch((await run()).stderr, /tidings\.yaml/);
  assert.doesNotMatch((await run('--with', 'history')).stderr, /tidings\.yaml/);
  const { stderr } = await run('--with', 'direct,cards');
  assert.match(stderr, /besides posting stands in tidings\.yaml\. Put this there:\n\n {2}destinations:\n/);
  assert.match(stderr, / slack: \{ .*, card: true \}\n.* people: \{ .*, direct: true \}\n\n/);
});

test('where the file has the bot, only what it is to do besides is said', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi();
  const team = { type: 'slack', token: '${SLACK_BOT_TOKEN}', channel: '#releases' };
  await configure(dir.path, { destinations: { team } });
  const args = [...CONNECT, '--channel', 'releases', '--no-hello', '--with', 'direct'];
  const { stderr } = await inProcess(args, dir.path, { SLACK_API_URL: slack.url }, BOT_TOKEN);
  assert.match(stderr, /is not in .*tidings\.yaml yet\. Add this there:\n\n {2}destinations:\n {4}people: .*\n\n/);
});
