import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiChannel, BOT_TOKEN, type SlackApiDouble, startSlackApi } from './slack-api.ts';

const HELLO = { text: 'hello', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'hello' } }] };
const AUTH = { authorization: `Bearer ${BOT_TOKEN}` };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

type Answer = Readonly<Record<string, unknown>> & { readonly status: number; readonly headers: Headers };

async function post(
  slack: SlackApiDouble,
  body: unknown,
  headers: Record<string, string> = { ...AUTH, ...JSON_TYPE },
): Promise<Answer> {
  const response = await fetch(`${slack.url}/chat.postMessage`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers,
  });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as Record<string, unknown>),
  };
}

async function get(slack: SlackApiDouble, methodAndQuery: string): Promise<Answer> {
  const response = await fetch(`${slack.url}/${methodAndQuery}`, { headers: AUTH });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as Record<string, unknown>),
  };
}

test('a message with a token, JSON and its charset is posted once and answered with its timestamp', async () => {
  await using slack = await startSlackApi();
  const answer = await post(slack, { channel: '#releases', ...HELLO });
  assert.equal(answer['ok'], true);
  assert.match(String(answer['ts']), /^\d+\.\d{6}$/);
  assert.equal(answer.headers.get('x-oauth-scopes'), 'chat:write,chat:write.public,channels:read,groups:read');
  assert.deepEqual([slack.messages.length, slack.violations], [1, []]);
});

test('no token, another token, no charset, a form: each is answered as Slack does', async () => {
  await using slack = await startSlackApi();
  const message = { channel: 'C0000001', ...HELLO };
  assert.equal((await post(slack, message, JSON_TYPE))['error'], 'not_authed');
  assert.equal((await post(slack, message, { ...JSON_TYPE, authorization: 'Bearer xoxb-x' }))['error'], 'invalid_auth');
  assert.equal((await post(slack, message, { ...AUTH, 'content-type': 'text/plain' }))['error'], 'invalid_post_type');
  assert.deepEqual(slack.messages, []);
  const warned = await post(slack, message, { ...AUTH, 'content-type': 'application/json' });
  assert.deepEqual([warned['ok'], warned['warning']], [true, 'missing_charset']);
  assert.equal(slack.violations.length, 3);
});

const CHANNELS: readonly ApiChannel[] = [
  { id: 'C0000001', name: 'in' },
  { id: 'C0000002', name: 'out', isMember: false },
  { id: 'C0000003', name: 'private', isPrivate: true },
  { id: 'C0000004', name: 'hidden', isPrivate: true, isMember: false },
  { id: 'C0000005', name: 'old', isArchived: true },
];

test('where the bot is not, where nobody may, and too early: nothing is posted', async () => {
  await using slack = await startSlackApi({ channels: CHANNELS, scopes: ['chat:write'] });
  for (const [channel, error] of [
    ['#out', 'not_in_channel'],
    ['#hidden', 'channel_not_found'],
    ['#old', 'is_archived'],
  ]) {
    assert.equal((await post(slack, { channel, ...HELLO }))['error'], error);
  }
  await post(slack, { channel: '#in', ...HELLO });
  const early = await post(slack, { channel: 'C0000001', ...HELLO });
  assert.deepEqual([early.status, early['error'], early.headers.get('retry-after')], [429, 'ratelimited', '1']);
  assert.equal(slack.messages.length, 1);
  await using wide = await startSlackApi({ channels: CHANNELS });
  assert.equal((await post(wide, { channel: '#out', ...HELLO }))['ok'], true);
});

test('channels come in pages, of the types and scopes asked for, and by id only', async () => {
  await using slack = await startSlackApi({ channels: CHANNELS });
  const names = ({ channels }: Record<string, unknown>) => (channels as { name: string }[]).map(({ name }) => name);
  const first = await get(slack, 'conversations.list?limit=2&types=public_channel,private_channel');
  assert.deepEqual(names(first), ['in', 'out']);
  const cursor =
    (first as { readonly response_metadata?: { next_cursor: string } }).response_metadata?.next_cursor ?? '';
  const rest = await get(
    slack,
    `conversations.list?limit=2&types=public_channel,private_channel&exclude_archived=true&cursor=${cursor}`,
  );
  assert.deepEqual(names(rest), ['private']);
  assert.equal((await get(slack, 'conversations.list?limit=1001'))['error'], 'invalid_limit');
  assert.equal((await get(slack, 'conversations.info?channel=in'))['error'], 'channel_not_found');
  await using narrow = await startSlackApi({ channels: CHANNELS, scopes: ['channels:read'] });
  const refused = await get(narrow, 'conversations.list?types=private_channel');
  assert.deepEqual([refused['error'], refused['needed']], ['missing_scope', 'groups:read']);
});

test('a planned answer is given once, and nothing is done', async () => {
  await using slack = await startSlackApi();
  slack.failNext('chat.postMessage', { status: 503, error: 'service_unavailable', retryAfter: 7 });
  const failed = await post(slack, { channel: '#releases', ...HELLO });
  assert.deepEqual([failed.status, failed.headers.get('retry-after'), slack.messages.length], [503, '7', 0]);
  assert.equal((await post(slack, { channel: '#releases', ...HELLO }))['ok'], true);
});
