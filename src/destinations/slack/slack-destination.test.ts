import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSlackApi } from '../../../tests/doubles/slack-api.ts';
import { aNotification, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { sendAs } from '../../../tests/support/sending.ts';
import type { Receipt, SendContext } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { slackDestination } from './slack-destination.ts';

const context = { signal: new AbortController().signal, earlier: null, thread: 'acme/api#12' };

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

test('right below a card the small line leaves out what the card says; in the channel it says where', async () => {
  await using slack = await startSlackApi({ intervalMs: 0 });
  const token = new Secret(slack.token);
  const bot = slackDestination({ name: 'team', token, channel: '#releases', apiUrl: slack.url, perSecond: 0 });
  let told = 0;
  const small = async (given: Partial<SendContext>, isBroadcast = false) => {
    const activity = anActivity({ thread: 'acme/api#12', labels: ['bug'], branch: 'main' });
    const notification = { ...aNotification(activity, ++told), ...(isBroadcast && { isBroadcast }) };
    const outcome = await bot.send({ kind: 'single', notification, maybeRepeated: false }, { ...context, ...given });
    assert(outcome.kind === 'sent');
    return JSON.stringify(slack.messages.at(-1)?.payload.blocks?.filter(({ type }) => type === 'context'));
  };
  const where = /acme\/api>.*`main`.*`bug`/;
  assert.match(await small({}), where);
  const { channel = '', ts = '' } = slack.messages[0] ?? {};
  const earlier: Receipt = { channel, ts };
  assert.match(await small({ earlier }), where);
  const below = await small({ earlier, isBelowCard: true });
  assert.doesNotMatch(below, /acme|main|bug/);
  assert.match(await small({ earlier, isBelowCard: true }, true), where);
  slack.failNext('chat.postMessage', { error: 'cannot_reply_to_message' });
  assert.match(await small({ earlier, isBelowCard: true }), where);
  assert.deepEqual(slack.violations, []);
});

test('with threads a bot posts below its first message; where that is gone, or takes no replies, it begins anew', async () => {
  await using slack = await startSlackApi({ intervalMs: 0 });
  const [token, channel] = [new Secret(slack.token), '#releases'];
  const bot = slackDestination({ name: 'team', token, channel, apiUrl: slack.url, isThreaded: true, perSecond: 0 });
  let told = 0;
  const about = (isThreaded?: boolean) =>
    ({
      kind: 'single',
      notification: { ...aNotification(anActivity({ thread: 'acme/api#12' }), ++told), isThreaded },
    }) as const;
  const tell = async (earlier: Receipt | null, isThreaded?: boolean) => {
    const outcome = await sendAs(bot, about(isThreaded), earlier);
    assert(outcome.kind === 'sent');
    return outcome.receipt ?? null;
  };
  const first = await tell(null);
  const second = await tell(first);
  assert.deepEqual(second, first);
  assert.equal(await tell(first, false), null);
  slack.remove(String(first?.['ts']));
  const anew = await tell(second);
  assert.notDeepEqual(anew, first);
  slack.failNext('chat.postMessage', { error: 'cannot_reply_to_message' });
  const again = await tell(anew);
  const roots = slack.messages.map(({ root }) => root);
  const ts = [first, anew, again].map((receipt) => receipt?.['ts']);
  assert.deepEqual(roots, [ts[0], ts[0], roots[2], ts[1], ts[2]]);
  assert.equal(new Set(roots).size, 4);
  assert.deepEqual(slack.violations, []);
});

test('a reply is shown in the channel too where its rule says so, also in a digest; what stands there is shown once', async () => {
  await using slack = await startSlackApi({ intervalMs: 0 });
  const [token, channel] = [new Secret(slack.token), 'C0000001'];
  const bot = slackDestination({ name: 'team', token, channel, apiUrl: slack.url, isThreaded: true, perSecond: 0 });
  const about = (id: number, isBroadcast?: true) => ({
    ...aNotification(anActivity({ thread: 'acme/api#12' }), id),
    ...(isBroadcast && { isBroadcast }),
  });
  const first = await bot.send({ kind: 'single', notification: about(1, true) }, context);
  assert(first.kind === 'sent' && first.receipt !== undefined);
  const below = { ...context, earlier: first.receipt };
  await bot.send({ kind: 'single', notification: about(2) }, below);
  await bot.send({ kind: 'single', notification: about(3, true) }, below);
  await bot.send({ kind: 'digest', notifications: [about(4), about(5, true)] }, below);
  const sent = slack.log.map(({ args }) => args['reply_broadcast']);
  assert.deepEqual(sent, [undefined, undefined, true, true]);
  assert.equal(slack.workspace.messages.inChannel(channel).length, 3);
  assert.deepEqual(slack.violations, []);
});

test('a picture that Slack cannot fetch is posted as a link', async () => {
  await using slack = await startSlackApi({ intervalMs: 0 });
  const [token, channel] = [new Secret(slack.token), '#releases'];
  const destination = slackDestination({ name: 'team', token, channel, apiUrl: slack.url, perSecond: 0 });
  const pictured = anActivity({ excerpt: '![the login page](https://github.com/user-attachments/assets/a)' });
  let told = 0;
  const next = (activity = pictured) => ({ kind: 'single', notification: aNotification(activity, ++told) }) as const;
  const types = () => slack.messages.at(-1)?.payload.blocks?.map(({ type }) => type);
  assert.equal((await destination.send(next(), context)).kind, 'sent');
  assert.deepEqual(types(), ['section', 'image', 'context']);
  slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
  assert.equal((await destination.send(next(), context)).kind, 'sent');
  assert.deepEqual(types(), ['section', 'context']);
  assert.match(
    JSON.stringify(slack.messages.at(-1)?.payload),
    /<https:\/\/github\.com\/user-attachments\/assets\/a\|🖼 the login page>/,
  );
  const calls = slack.calls.length;
  assert.equal((await destination.send(next(), context)).kind, 'sent');
  assert.equal(slack.calls.length, calls + 1, 'it is known by now');
  slack.failNext('chat.postMessage', { error: 'invalid_blocks' }, 2);
  const other = next(anActivity({ excerpt: '![](https://github.com/user-attachments/assets/b)' }));
  assert.equal((await destination.send(other, context)).kind, 'rejected');
  const pasted = 'https://user-images.githubusercontent.com/1/a.png';
  assert.equal((await destination.send(next(anActivity({ excerpt: `![](${pasted})` })), context)).kind, 'sent');
  assert.deepEqual(types(), ['section', 'image', 'context']);
  const strangers = [
    'x.test',
    '10.0.0.1',
    'github.com.x.test',
    'xgithubusercontent.com',
    'a.githubusercontent.com.x.test',
  ];
  for (const url of strangers.map((host) => `https://${host}/a.png`)) {
    assert.equal((await destination.send(next(anActivity({ excerpt: `![](${url})` })), context)).kind, 'sent');
    assert.deepEqual(types(), ['section', 'context'], 'a stranger keeps it, and may change it');
  }
  assert.deepEqual(slack.violations, []);
});

test('directly told, each message goes to whom it mentions; nobody is called in it, and one who cannot be told holds up no other', async () => {
  await using slack = await startSlackApi({ intervalMs: 0, users: [{ id: 'U0000MONA', name: 'mona' }] });
  const token = new Secret(slack.token);
  const bot = slackDestination({ name: 'people', token, channel: null, apiUrl: slack.url, perSecond: 0 });
  const to = (name: string, ids: Readonly<Record<string, string>>) =>
    bot.send({ kind: 'single', notification: { ...aNotification(anActivity()), mentions: [{ name, ids }] } }, context);
  assert.equal((await to('mona', { slack: 'U0000MONA' })).kind, 'sent');
  assert.equal(slack.messages.length, 1);
  assert.equal(slack.messages[0]?.text, 'mona opened issue #12 in acme/api: Uploads fail on Safari');
  assert.deepEqual(
    slack.log.map(({ method, args }) => [method, args['channel']]),
    [['chat.postMessage', 'U0000MONA']],
  );
  for (const error of ['channel_not_found', 'user_not_found', 'is_archived']) {
    slack.failNext('chat.postMessage', { error });
    const outcome = await to('gone', { slack: 'U0000GONE' });
    assert(outcome.kind === 'rejected');
    assert.match(outcome.reason, /gone no direct message .* under people/);
  }
  for (const error of ['messages_tab_disabled', 'token_revoked']) {
    slack.failNext('chat.postMessage', { error });
    assert.equal((await to('mona', { slack: 'U0000MONA' })).kind, 'broken', 'for everybody');
  }
  for (const ids of [{}, { slack: 'S0614TZR7' }, { slack: '<!channel>' }]) {
    assert.equal((await to('nobody', ids)).kind, 'rejected');
  }
  assert.equal(bot.digestOver, null);
  assert.deepEqual(slack.violations, []);
});
