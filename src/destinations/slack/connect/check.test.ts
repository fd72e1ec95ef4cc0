import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSlackApi } from '../../../../tests/doubles/slack-api.ts';
import { startSlackDouble } from '../../../../tests/doubles/slack-double.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { check } from './check.ts';

const asking = {
  signal: new AbortController().signal,
  clock: systemClock,
  version: '0.0.0',
  env: {},
  invocation: 'tidings',
};
const NOBODY = 'http://127.0.0.1:1';

function webhook(url: string) {
  return check('team', { webhook_url: new Secret(url), per_second: 1, api_url: NOBODY }, 'incoming webhook', asking);
}

function bot(apiUrl: string, token: string, channel: string, more: object = {}) {
  const settings = { token: new Secret(token), channel, per_second: 1, api_url: apiUrl, ...more };
  return check('bot', settings, `bot in ${channel}`, asking);
}

test("a webhook is asked without a message; an address that is not Slack's is a warning that does not print it", async () => {
  await using slack = await startSlackDouble();
  const [shape, answer] = await webhook(slack.webhookUrl('/services/T0/B0/hidden'));
  assert.deepEqual([shape?.name, shape?.status], ['slack', 'warn']);
  assert.doesNotMatch(JSON.stringify(shape), /hidden/);
  assert.equal(answer?.name, 'channel of team');
  assert.match(answer.detail, /answers \(400 no_text\); nothing was posted/);
  assert.equal(slack.messages.length, 0);
});

test('a bot may post, or is refused with the words for it', async () => {
  await using slack = await startSlackApi();
  const [shape, may] = await bot(slack.url, slack.token, '#releases');
  assert.deepEqual([shape?.status, shape?.detail], ['ok', 'bot (bot in #releases)']);
  assert.match(may?.detail ?? '', /tidings in Acme may post to #releases; nothing was posted/);
  const [, gone] = await bot(slack.url, slack.token, '#gone');
  assert.equal(gone?.status, 'fail');
  assert.match(gone.detail, /no channel #gone that the bot can see/);
  assert.match(gone.fix ?? '', /tidings connect slack$/);
});

test('what is switched on and lacks a scope is named, with why and how to get it', async () => {
  await using slack = await startSlackApi({ scopes: ['chat:write', 'channels:read', 'groups:read', 'commands'] });
  const found = await bot(slack.url, slack.token, '#releases', { menu: true, card: true });
  assert.deepEqual(
    found.map(({ status, name }) => `${status} ${name}`),
    ['ok slack', 'ok channel of bot', 'warn scopes of bot'],
  );
  const lacks = found.at(-1);
  const detail = /^for being asked the app lacks users:read \(who asks: .*\), app_mentions:read \(.*\)$/;
  assert.match(lacks?.detail ?? '', detail);
  assert.match(lacks?.fix ?? '', /tidings connect slack --manifest --with answers .* App Manifest, then reinstall/);
  assert.deepEqual(slack.violations, []);
});

test('an answering destination has no channel, and is asked whether it may answer', async () => {
  await using slack = await startSlackApi();
  const [, may, lacks] = await bot(slack.url, slack.token, '#x', { channel: undefined, answers: 'slack' });
  assert.match(may?.detail ?? '', /tidings in Acme may answer; nothing was posted/);
  assert.match(lacks?.detail ?? '', /users:read .*commands .*app_mentions:read/);
});

test('a channel that cannot be read back, though the app may read some, is named', async () => {
  const channels = [
    { id: 'C0000001', name: 'releases', isMember: false },
    { id: 'C0000002', name: 'secret', isPrivate: true },
    { id: 'C0000003', name: 'team' },
  ];
  const scopes = ['chat:write', 'chat:write.public', 'channels:read', 'groups:read', 'channels:history'];
  await using slack = await startSlackApi({ channels, scopes });
  const last = async (channel: string) => (await bot(slack.url, slack.token, channel)).at(-1);
  const outside = await last('#releases');
  assert.match(outside?.detail ?? '', /comes again in #releases, perhaps twice: the bot reads only where it is/);
  assert.match(outside?.fix ?? '', /\/invite @tidings in #releases/);
  const hidden = await last('#secret');
  assert.match(hidden?.detail ?? '', /the app lacks groups:history/);
  assert.match(hidden?.fix ?? '', /--manifest --with history/);
  assert.match((await last('#team'))?.detail ?? '', /may post to #team/);
  const people = (await bot(slack.url, slack.token, '', { channel: undefined, direct: true })).at(-1);
  assert.match(people?.detail ?? '', /a direct message .*: the app lacks im:history and im:write/);
});

test('a Slack that cannot be reached is a warning', async () => {
  const found = [...(await webhook(`${NOBODY}/abcDEF`)), ...(await bot(NOBODY, 'xoxb-hidden', '#releases'))];
  const channels = found.filter(({ name }) => name.startsWith('channel of'));
  assert.deepEqual(
    channels.map(({ status }) => status),
    ['warn', 'warn'],
  );
  assert.doesNotMatch(JSON.stringify(found), /hidden|abcDEF/);
});
