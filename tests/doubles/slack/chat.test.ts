import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANNELS, HOME, MONA, SCOPES, section, startAsked, USERS } from './asking.ts';

test('a reply stands below its parent, and in the channel only where it is broadcast', async () => {
  await using asked = await startAsked();
  const parent = await asked.post();
  const reply = await asked.post({ thread_ts: parent.ts });
  const loud = await asked.post({ thread_ts: parent.ts, reply_broadcast: true });
  assert.deepEqual([reply.message['thread_ts'], loud.message['subtype']], [parent.ts, 'thread_broadcast']);
  const { messages } = await asked.history();
  assert.deepEqual(
    messages.map(({ ts, reply_count }) => [ts, reply_count]),
    [
      [loud.ts, undefined],
      [parent.ts, 2],
    ],
  );
});

test('`thread_ts` must be the parent’s, and a text', async () => {
  await using asked = await startAsked();
  const parent = await asked.post();
  const reply = await asked.post({ thread_ts: parent.ts });
  assert.equal((await asked.post({ thread_ts: reply.ts }))['error'], 'cannot_reply_to_message');
  assert.equal((await asked.post({ thread_ts: Number(parent.ts) }))['error'], 'invalid_arguments');
  assert.equal(asked.slack.violations.length, 2);
});

test('a reply to a deleted parent lands in the channel, without an error and without `thread_ts`', async () => {
  await using asked = await startAsked();
  for (const hasReplies of [false, true]) {
    const parent = await asked.post();
    if (hasReplies) await asked.post({ thread_ts: parent.ts });
    asked.slack.people.remove(HOME, parent.ts);
    const stray = await asked.post({ thread_ts: parent.ts });
    assert.deepEqual([stray['ok'], stray.message['thread_ts']], [true, undefined]);
    assert.equal((await asked.history()).messages[0]?.['ts'], stray.ts);
  }
});

test('archived, not in it, hidden, nobody: each place that takes no message says so', async () => {
  await using asked = await startAsked({ scopes: ['chat:write'], hasMessagesTab: false });
  for (const [channel, error] of [
    ['#old', 'is_archived'],
    ['#public', 'not_in_channel'],
    ['#hidden', 'channel_not_found'],
    ['#nowhere', 'channel_not_found'],
    [MONA.id, 'messages_tab_disabled'],
    ['U0000005', 'channel_not_found'],
    ['U0000006', 'cannot_dm_bot'],
  ]) {
    assert.equal((await asked.post({ channel }))['error'], error, channel);
  }
  await using wide = await startAsked({ scopes: ['chat:write', 'chat:write.public'] });
  assert.equal((await wide.post({ channel: '#public' })).channel, 'C0000002');
});

test('what administrators restrict, and a locked thread', async () => {
  const channels = (['posting', 'everything', 'top', 'threads'] as const).map((restricts, index) => ({
    id: `C100000${index}`,
    name: restricts,
    restricts,
  }));
  await using asked = await startAsked({ channels: [...CHANNELS, ...channels] });
  const { slack } = asked;
  const parentIn = (channel: string) => slack.people.say({ channel, user: MONA.id, text: 'x' }).message.ts;
  const error = async (args: object) => (await asked.post(args))['error'];
  assert.equal(await error({ channel: '#posting' }), 'restricted_action');
  assert.equal(await error({ channel: '#everything' }), 'restricted_action_read_only_channel');
  assert.equal(await error({ channel: '#top' }), 'restricted_action_thread_only_channel');
  assert.equal(await error({ channel: '#top', thread_ts: parentIn('C1000002') }), undefined);
  const below = { channel: '#threads', thread_ts: parentIn('C1000003') };
  assert.equal(await error(below), 'restricted_action_non_threadable_channel');
  const { ts } = await asked.post();
  slack.people.lock(HOME, ts);
  assert.equal(await error({ thread_ts: ts }), 'restricted_action_thread_locked');
});

const loose: readonly (readonly [name: string, args: object, error: string])[] = [
  ['a bare <', { text: 'a < b' }, 'invalid_arguments'],
  ['a bare >', { text: 'a > b' }, 'invalid_arguments'],
  ['a bare &', { text: 'a & b' }, 'invalid_arguments'],
  ['a tag that Slack has not', { text: '<b>bold</b>' }, 'invalid_arguments'],
  ['a bare < in a block', { text: 'x', blocks: [section('<script>')] }, 'invalid_blocks'],
  ['a block that is not classic', { text: 'x', blocks: [{ type: 'table', rows: [] }] }, 'invalid_blocks'],
  ['blocks that are none', { text: 'x', blocks: 'none' }, 'invalid_blocks_format'],
  ['no text', { text: undefined }, 'no_text'],
  ['a text of 40,001', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
  ['a value of 2,001', { text: 'x', blocks: [withButton('y', 'v'.repeat(2001))] }, 'invalid_blocks'],
  ['a button of 76', { text: 'x', blocks: [withButton('y'.repeat(76), 'v')] }, 'invalid_blocks'],
];

function withButton(text: string, value: string): object {
  return { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text }, value }] };
}

test('what is not escaped, unknown or too long is refused, and a violation', async () => {
  await using asked = await startAsked();
  for (const [name, args, error] of loose) assert.equal((await asked.post(args))['error'], error, name);
  assert.equal(asked.slack.violations.length, loose.length);
  const fine = '> quoted\n<https://x.test/?a=1&amp;b|a &lt; b> <@U0000002> <!here> <!subteam^S01> &amp;';
  assert.equal((await asked.post({ text: fine, blocks: [section(fine)] }))['ok'], true);
  const dialog = (text: string) => ({ type: 'plain_text', text });
  const confirm = { title: dialog('Sure?'), text: dialog('It is muted.'), confirm: dialog('Mute'), deny: dialog('No') };
  const row = { type: 'actions', elements: [{ type: 'button', action_id: 'a', text: dialog('Mute'), confirm }] };
  assert.equal((await asked.post({ text: 'x', blocks: [row] }))['ok'], true);
});

test('an update with text and no blocks removes the blocks; with neither they stay', async () => {
  await using asked = await startAsked();
  const { ts } = await asked.post({ text: 'old', blocks: [section('old')] });
  const shown = async () => {
    const { messages } = await asked.history();
    return [messages[0]?.['text'], 'blocks' in (messages[0] ?? {}), 'edited' in (messages[0] ?? {})];
  };
  await asked.ask('chat.update', { channel: HOME, ts, text: 'new', blocks: [section('new')] });
  assert.deepEqual(await shown(), ['new', true, false], 'with blocks nobody reads (edited)');
  await asked.ask('chat.update', { channel: HOME, ts, metadata: { event_type: 'a', event_payload: {} } });
  assert.deepEqual(await shown(), ['new', true, false]);
  await asked.ask('chat.update', { channel: HOME, ts, text: 'newer' });
  assert.deepEqual(await shown(), ['newer', false, true]);
  assert.equal((await asked.ask('chat.update', { channel: HOME, ts }))['error'], 'no_text');
});

test('metadata stays when it is left out, and `{}` removes it', async () => {
  await using asked = await startAsked();
  const metadata = { event_type: 'told', event_payload: { key: 'k1' } };
  const { ts } = await asked.post({ metadata });
  const kept = async () => (await asked.history({ include_all_metadata: true })).messages[0]?.['metadata'];
  await asked.ask('chat.update', { channel: HOME, ts, text: 'new' });
  assert.deepEqual(await kept(), metadata);
  await asked.ask('chat.update', { channel: HOME, ts, text: 'new', metadata: {} });
  assert.equal(await kept(), undefined);
});

test('only own messages are updated, in 4,000 characters, and while the workspace lets edit', async () => {
  await using asked = await startAsked({ editWindowMs: 60_000 });
  const { slack, clock } = asked;
  const change = async (more: object, token?: string) =>
    (await asked.ask('chat.update', { channel: HOME, text: 'new', ...more }, token))['error'];
  const { ts } = await asked.post();
  const { ts: hers } = slack.people.say({ channel: HOME, user: MONA.id, text: 'hers' }).message;
  assert.equal(await change({ ts: hers }), 'cant_update_message');
  assert.equal(await change({ ts: '1.000001' }), 'message_not_found');
  assert.equal(await change({ ts, text: 'x'.repeat(4001) }), 'msg_too_long');
  assert.equal(await change({ ts, channel: '#releases' }), 'channel_not_found');
  assert.equal(await change({ ts }, slack.otherToken), 'cant_update_message');
  assert.equal(await change({ ts }), undefined);
  clock.advance(60_001);
  assert.equal(await change({ ts }), 'edit_window_closed');
});

test('what has become of a parent or its channel is seen at the next update or reply', async () => {
  await using asked = await startAsked({ scopes: SCOPES.filter((scope) => scope !== 'chat:write.public') });
  const { slack } = asked;
  const change = async (ts: string, channel: string = HOME) =>
    (await asked.ask('chat.update', { channel, ts, text: 'new' }))['error'];
  const alone = await asked.post();
  slack.people.remove(HOME, alone.ts);
  assert.equal(await change(alone.ts), 'message_not_found');
  const parent = await asked.post();
  await asked.post({ thread_ts: parent.ts });
  slack.people.remove(HOME, parent.ts);
  assert.equal(await change(parent.ts), 'cant_update_message');
  const card = await asked.post();
  slack.people.rename(HOME, 'deployments');
  assert.equal(await change(card.ts), undefined, 'ids stay');
  slack.people.archive(HOME);
  assert.deepEqual([await change(card.ts), (await asked.post())['error']], ['is_inactive', 'is_archived']);
  slack.people.archive(HOME, false);
  assert.equal(await change(card.ts), undefined);
  slack.people.kick(HOME);
  assert.deepEqual([await change(card.ts), (await asked.post())['error']], ['not_in_channel', 'not_in_channel']);
  const secret = await asked.post({ channel: '#private' });
  slack.people.kick('C0000003');
  assert.equal(await change(secret.ts, 'C0000003'), 'channel_not_found');
  for (const why of ['token_revoked', 'account_inactive'] as const) {
    slack.people.revoke(why);
    assert.equal((await asked.post())['error'], why);
  }
});

test('a deleted parent leaves a placeholder while it has replies, and those stay', async () => {
  await using asked = await startAsked();
  const parent = await asked.post();
  const reply = await asked.post({ thread_ts: parent.ts });
  const remove = async (ts: string, token?: string) => asked.ask('chat.delete', { channel: HOME, ts }, token);
  assert.equal((await remove(parent.ts, asked.slack.otherToken))['error'], 'cant_delete_message');
  assert.equal((await remove(parent.ts))['ok'], true);
  assert.equal((await asked.history()).messages[0]?.['subtype'], 'tombstone');
  const thread = await asked.ask('conversations.replies', { channel: HOME, ts: parent.ts });
  assert.deepEqual(
    thread.messages.map(({ ts }) => ts),
    [parent.ts, reply.ts],
  );
  assert.equal((await remove(reply.ts))['ok'], true);
  assert.deepEqual((await asked.history()).messages, []);
  assert.equal((await remove(reply.ts))['error'], 'message_not_found');
});

test('an ephemeral message is seen by one who is in the channel, and no update finds it', async () => {
  await using asked = await startAsked({ channels: [{ id: HOME, name: 'releases', members: [MONA.id] }] });
  const say = (user: string) => asked.ask('chat.postEphemeral', { channel: HOME, user, text: 'only you' });
  const { message_ts: ts } = await say(MONA.id);
  assert.deepEqual(
    asked.slack.workspace.ephemerals.map(({ user, text }) => [user, text]),
    [[MONA.id, 'only you']],
  );
  assert.equal((await say(USERS[1].id))['error'], 'user_not_in_channel');
  assert.equal((await asked.ask('chat.update', { channel: HOME, ts, text: 'x' }))['error'], 'message_not_found');
  assert.deepEqual((await asked.history()).messages, []);
});
