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

function bot(apiUrl: string, token: string, channel: string) {
  const settings = { token: new Secret(token), channel, per_second: 1, api_url: apiUrl };
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

test('a Slack that cannot be reached is a warning', async () => {
  const found = [...(await webhook(`${NOBODY}/abcDEF`)), ...(await bot(NOBODY, 'xoxb-hidden', '#releases'))];
  const channels = found.filter(({ name }) => name.startsWith('channel of'));
  assert.deepEqual(
    channels.map(({ status }) => status),
    ['warn', 'warn'],
  );
  assert.doesNotMatch(JSON.stringify(found), /hidden|abcDEF/);
});
