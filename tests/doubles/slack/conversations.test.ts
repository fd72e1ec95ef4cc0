import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, CHANNELS, HOME, MONA, SCOPES, startAsked } from './asking.ts';

const without = (...scopes: readonly string[]) => ({ scopes: SCOPES.filter((each) => !scopes.includes(each)) });

test('history is read by members with the scope for that kind of channel', async () => {
  await using asked = await startAsked();
  const error = async (channel: string, from: Asked = asked) => (await from.history({ channel }))['error'];
  assert.equal(await error(HOME), undefined);
  assert.equal(await error('C0000002'), 'not_in_channel');
  assert.equal(await error('C0000003'), undefined);
  assert.equal(await error('C0000004'), 'channel_not_found');
  await using narrow = await startAsked(without('groups:history'));
  const refused = await narrow.history({ channel: 'C0000003' });
  assert.deepEqual([refused['error'], refused['needed']], ['missing_scope', 'groups:history']);
  assert.match(String(refused['provided']), /^chat:write,/);
});

test('metadata comes whole with `include_all_metadata`, else only its type', async () => {
  await using asked = await startAsked();
  const metadata = { event_type: 'told', event_payload: { key: 'k1' } };
  const { ts } = await asked.post({ metadata });
  await asked.post({ thread_ts: ts, metadata });
  const read = async (more: object) =>
    (await asked.ask('conversations.replies', { channel: HOME, ts, ...more })).messages.map((each) => each['metadata']);
  assert.deepEqual(await read({ include_all_metadata: true }), [metadata, metadata]);
  assert.deepEqual(await read({}), [{ event_type: 'told' }, { event_type: 'told' }]);
});

test('pages hold at most 999, newest first, between two times, and may hold fewer than asked for', async () => {
  await using asked = await startAsked({ pageSize: 2 });
  const sent: string[] = [];
  for (let i = 0; i < 5; i++) sent.push((await asked.post()).ts);
  assert.equal((await asked.history({ limit: 1000 }))['error'], 'invalid_limit');
  assert.equal((await asked.history({ cursor: 'nonsense' }))['error'], 'invalid_cursor');
  const seen: unknown[] = [];
  for (let cursor = ''; ; ) {
    const page = await asked.history({ limit: 999, cursor });
    seen.push(...page.messages.map(({ ts }) => ts));
    cursor = (page['response_metadata'] as { readonly next_cursor: string } | undefined)?.next_cursor ?? '';
    assert.equal(page['has_more'], cursor !== '');
    if (cursor === '') break;
  }
  assert.deepEqual(seen, sent.toReversed());
  const [, second, , fourth] = sent;
  const between = async (more: object) => (await asked.history({ oldest: second, latest: fourth, ...more })).messages;
  assert.equal((await between({})).length, 1);
  assert.equal((await between({ inclusive: true, limit: 1 }))[0]?.['ts'], fourth);
  assert.equal((await asked.history({ oldest: 'soon' }))['error'], 'invalid_ts_oldest');
});

test('`.replies` on a parent’s `ts` tells whether it lives', async () => {
  await using asked = await startAsked();
  const { ts } = await asked.post();
  const look = async () => (await asked.ask('conversations.replies', { channel: HOME, ts }))['error'];
  assert.equal(await look(), undefined);
  asked.slack.remove(ts);
  assert.equal(await look(), 'thread_not_found');
});

test('a direct message is opened by either way, has one D id, and only that is updated', async () => {
  await using asked = await startAsked();
  const opened = await asked.ask('conversations.open', { users: MONA.id });
  const { id } = opened['channel'] as unknown as { readonly id: string };
  assert.match(id, /^D/);
  const { channel, ts } = await asked.post({ channel: MONA.id });
  assert.equal(channel, id);
  assert.equal((await asked.ask('conversations.open', { users: MONA.id }))['already_open'], true);
  const update = async (channel: string) => (await asked.ask('chat.update', { channel, ts, text: 'new' }))['error'];
  assert.deepEqual([await update(MONA.id), await update(id)], ['channel_not_found', undefined]);
  assert.equal((await asked.history({ channel: id })).messages.length, 1);
  for (const [users, error] of [
    ['U0000005', 'user_disabled'],
    ['U0000006', 'cannot_dm_bot'],
    ['U9999999', 'user_not_found'],
    ['', 'users_list_not_supplied'],
  ]) {
    assert.equal((await asked.ask('conversations.open', { users }))['error'], error);
  }
  await using narrow = await startAsked(without('im:write'));
  assert.equal((await narrow.ask('conversations.open', { users: MONA.id }))['needed'], 'im:write');
});

test('the bot joins public channels by itself, and no others', async () => {
  await using asked = await startAsked();
  const join = async (channel: string, from: Asked = asked) => await from.ask('conversations.join', { channel });
  assert.equal((await join('C0000002'))['ok'], true);
  assert.equal((await join('C0000002'))['warning'], 'already_in_channel');
  assert.equal((await asked.history({ channel: 'C0000002' }))['ok'], true);
  assert.equal((await join('C0000003'))['error'], 'method_not_supported_for_channel_type');
  assert.equal((await join('C0000004'))['error'], 'channel_not_found');
  assert.equal((await join('C0000005'))['error'], 'is_archived');
  await using narrow = await startAsked(without('channels:join'));
  assert.equal((await join('C0000002', narrow))['needed'], 'channels:join');
});

test('a method that only reads does not see JSON', async () => {
  await using asked = await startAsked();
  const { url, token } = asked.slack;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' };
  const body = JSON.stringify({ channel: HOME });
  const response = await fetch(`${url}/conversations.history`, { method: 'POST', headers, body });
  assert.deepEqual(await response.json(), { ok: false, error: 'channel_not_found' });
});

test('the list says which channels are archived, shared, and the bot’s', async () => {
  await using asked = await startAsked();
  const { channels } = await asked.ask('conversations.list', { types: 'public_channel,private_channel' });
  const of = (name: string) => (channels as Record<string, unknown>[]).filter((each) => each[name]).map(({ id }) => id);
  assert.deepEqual(of('is_archived'), ['C0000005']);
  assert.deepEqual(of('is_ext_shared'), ['C0000006']);
  assert.ok(!of('is_member').includes('C0000002'));
  assert.equal((channels as unknown[]).length, CHANNELS.length - 1, 'the hidden one is not there');
});

test('people: guests, strangers and the deleted are told apart; addresses have a scope of their own', async () => {
  await using asked = await startAsked();
  const about = async (user: string, from: Asked = asked) =>
    (await from.ask('users.info', { user }))['user'] as Record<string, unknown>;
  const mona = await about(MONA.id);
  assert.deepEqual([mona['tz'], mona['is_restricted']], ['America/New_York', false]);
  assert.equal((mona['profile'] as Record<string, unknown>)['email'], MONA.email);
  const guest = await about('U0000003');
  assert.deepEqual([guest['is_restricted'], guest['is_ultra_restricted']], [true, true]);
  const stranger = await about('U0000004');
  assert.deepEqual([stranger['is_stranger'], stranger['team_id']], [true, 'T0000002']);
  assert.equal((await about('U0000005'))['deleted'], true);
  await using shy = await startAsked(without('users:read.email'));
  assert.ok(!('email' in ((await about(MONA.id, shy))['profile'] as object)));
  assert.equal((await shy.ask('users.lookupByEmail', { email: MONA.email }))['needed'], 'users:read.email');
  await using blind = await startAsked(without('users:read'));
  assert.equal((await blind.ask('users.info', { user: MONA.id }))['needed'], 'users:read');
});

test('people are found by their address, the deleted are not', async () => {
  await using asked = await startAsked();
  const find = (email: string) => asked.ask('users.lookupByEmail', { email });
  assert.equal(((await find('Mona@acme.test'))['user'] as Record<string, unknown>)['id'], MONA.id);
  assert.equal((await find('gone@acme.test'))['error'], 'users_not_found');
});

test('a reaction is added once and removed once', async () => {
  await using asked = await startAsked();
  const { ts: timestamp } = await asked.post();
  const react = async (what: string, name = 'eyes') =>
    (await asked.ask(`reactions.${what}`, { channel: HOME, timestamp, name }))['error'];
  assert.deepEqual([await react('add'), await react('add')], [undefined, 'already_reacted']);
  const reactions = (await asked.history()).messages[0]?.['reactions'];
  assert.deepEqual(reactions, [{ name: 'eyes', users: ['U0000001'], count: 1 }]);
  assert.deepEqual([await react('remove'), await react('remove')], [undefined, 'no_reaction']);
  assert.equal(await react('add', 'no such name'), 'invalid_name');
});
