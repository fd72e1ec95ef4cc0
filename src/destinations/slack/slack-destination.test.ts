import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSlackApi } from '../../../tests/doubles/slack-api.ts';
import { anActivity, single } from '../../../tests/fixtures/activities.ts';
import { Secret } from '../../shared/secret.ts';
import { slackDestination } from './slack-destination.ts';

const context = { signal: new AbortController().signal, earlier: null };

test('the pace leaves a margin, and 0 means none', () => {
  const webhookUrl = new Secret('http://x.test');
  assert.equal(slackDestination({ name: 'team', webhookUrl, perSecond: 1 }).intervalMs, 1020);
  assert.equal(slackDestination({ name: 'team', webhookUrl, perSecond: 0 }).intervalMs, 0);
});

test('a bot posts the same message into its channel, and a no with 200 is no success', async () => {
  await using slack = await startSlackApi({ channels: [{ id: 'C0000001', name: 'releases' }] });
  const make = (channel: string, token = slack.token) =>
    slackDestination({ name: 'team', token: new Secret(token), channel, apiUrl: slack.url, perSecond: 1 });
  const outcome = await make('#releases').send(single(anActivity()), context);
  assert(outcome.kind === 'sent');
  assert.equal(outcome.receipt?.['channel'], 'C0000001');
  assert.match(String(outcome.receipt?.['ts']), /^\d+\.\d+$/);
  assert.equal(slack.messages[0]?.text, 'mona opened issue #12 in acme/api: Uploads fail on Safari');
  assert.equal(slack.messages[0]?.payload.unfurl_links, false);
  assert.deepEqual(slack.violations, []);
  const early = await make('C0000001').send(single(anActivity()), context);
  assert.equal(early.kind, 'retry');
  assert.equal((await make('#gone').send(single(anActivity()), context)).kind, 'broken');
  assert.equal((await make('#releases', 'xoxb-other').send(single(anActivity()), context)).kind, 'broken');
});

test('a picture that Slack cannot fetch is posted as a link', async () => {
  await using slack = await startSlackApi({ intervalMs: 0 });
  const [token, channel] = [new Secret(slack.token), '#releases'];
  const destination = slackDestination({ name: 'team', token, channel, apiUrl: slack.url, perSecond: 0 });
  const message = single(anActivity({ excerpt: '![the login page](https://github.com/user-attachments/assets/a)' }));
  const types = () => slack.messages.at(-1)?.payload.blocks?.map(({ type }) => type);
  assert.equal((await destination.send(message, context)).kind, 'sent');
  assert.deepEqual(types(), ['section', 'image', 'context']);
  slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
  assert.equal((await destination.send(message, context)).kind, 'sent');
  assert.deepEqual(types(), ['section', 'context']);
  assert.match(
    JSON.stringify(slack.messages.at(-1)?.payload),
    /<https:\/\/github\.com\/user-attachments\/assets\/a\|🖼 the login page>/,
  );
  const calls = slack.calls.length;
  assert.equal((await destination.send(message, context)).kind, 'sent');
  assert.equal(slack.calls.length, calls + 1, 'it is known by now');
  slack.failNext('chat.postMessage', { error: 'invalid_blocks' }, 2);
  const other = single(anActivity({ excerpt: '![](https://github.com/user-attachments/assets/b)' }));
  assert.equal((await destination.send(other, context)).kind, 'rejected');
  const pasted = 'https://user-images.githubusercontent.com/1/a.png';
  assert.equal((await destination.send(single(anActivity({ excerpt: `![](${pasted})` })), context)).kind, 'sent');
  assert.deepEqual(types(), ['section', 'image', 'context']);
  const strangers = [
    'x.test',
    '10.0.0.1',
    'github.com.x.test',
    'xgithubusercontent.com',
    'a.githubusercontent.com.x.test',
  ];
  for (const url of strangers.map((host) => `https://${host}/a.png`)) {
    assert.equal((await destination.send(single(anActivity({ excerpt: `![](${url})` })), context)).kind, 'sent');
    assert.deepEqual(types(), ['section', 'context'], 'a stranger keeps it, and may change it');
  }
  assert.deepEqual(slack.violations, []);
});
