import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSlackApi } from '../../../tests/doubles/slack-api.ts';
import { startSlackDouble } from '../../../tests/doubles/slack-double.ts';
import { anActivity, aStar, digest, single } from '../../../tests/fixtures/activities.ts';
import { Secret } from '../../shared/secret.ts';
import { slackDestination } from './slack-destination.ts';

const context = { signal: new AbortController().signal, earlier: null };
const make = (url: string, more: { perSecond?: number; timeoutMs?: number } = {}) =>
  slackDestination({ name: 'team', webhookUrl: new Secret(url), perSecond: 1, ...more });

test('a message arrives as Slack wants it', async () => {
  await using slack = await startSlackDouble();
  const outcome = await make(slack.webhookUrl()).send(single(anActivity()), context);
  assert.deepEqual(outcome, { kind: 'sent', answer: '200 ok' });
  assert.equal(slack.messages[0]?.text, 'mona opened issue #12 in acme/api: Uploads fail on Safari');
  assert.deepEqual(slack.violations, []);
});

test('a digest arrives as one message', async () => {
  await using slack = await startSlackDouble();
  const destination = make(slack.webhookUrl());
  const message = digest(Array.from({ length: 3 }, (_, index) => aStar(`u${index}`)));
  assert.equal(destination.describe(message), '3 stars in acme/api');
  assert.equal((await destination.send(message, context)).kind, 'sent');
  assert.equal(slack.messages.length, 1);
});

test('a rate limit is a retry with its delay; a lost answer is unknown; nobody there is a retry', async () => {
  const slack = await startSlackDouble();
  const destination = make(slack.webhookUrl('/a'), { timeoutMs: 2000 });
  slack.failNext('/a', 1, { status: 429, retryAfter: 3 });
  const limited = await destination.send(single(anActivity()), context);
  assert.deepEqual(limited.kind === 'retry' && limited.retryAfterMs, 3000);
  slack.dropNext('/a');
  assert.equal((await destination.send(single(anActivity()), context)).kind, 'unknown');
  await slack.close();
  assert.equal((await destination.send(single(anActivity()), context)).kind, 'retry');
});

test('an aborted send settles at once', async () => {
  await using slack = await startSlackDouble();
  slack.hangNext('/a');
  const stop = new AbortController();
  const sending = make(slack.webhookUrl('/a')).send(single(anActivity()), { signal: stop.signal, earlier: null });
  await slack.waitFor(1);
  stop.abort();
  assert.equal((await sending).kind, 'unknown');
});

test('the pace leaves a margin, and 0 means none', () => {
  assert.equal(make('http://x.test').intervalMs, 1020);
  assert.equal(make('http://x.test', { perSecond: 0 }).intervalMs, 0);
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
  assert.deepEqual(early.kind === 'retry' && early.retryAfterMs, 1000);
  assert.equal((await make('#gone').send(single(anActivity()), context)).kind, 'rejected');
  assert.equal((await make('#releases', 'xoxb-other').send(single(anActivity()), context)).kind, 'rejected');
});
