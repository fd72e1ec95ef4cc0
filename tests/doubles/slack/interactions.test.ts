import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, button, HOME, MONA, section, startAsked } from './asking.ts';
import type { Delivery } from './deliveries.ts';

type Json = Readonly<Record<string, unknown>>;

const payloadOf = (delivery: Delivery | null) => delivery?.told.payload ?? {};
const eventOf = (delivery: Delivery | null) => (payloadOf(delivery)['event'] ?? {}) as Json;

/** Posts a message with a button, and presses it. */
async function pressed({ slack, post }: Asked): Promise<Json> {
  const { ts } = await post({ text: 'card', blocks: [section('card'), button('why')] });
  return payloadOf(slack.people.press({ channel: HOME, user: MONA.id, ts, actionId: 'why' }));
}

async function respond(url: unknown, body: object): Promise<Json> {
  const response = await fetch(String(url), { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as Json) };
}

const HOME_VIEW = { type: 'home', blocks: [section('what waits on you')] };
const MODAL = { type: 'modal', title: { type: 'plain_text', text: 'Why' }, blocks: [section('a rule')] };

test('a click carries who, where, which message, and an opaque value', async () => {
  await using asked = await startAsked();
  const { user, team, container, actions, message } = (await pressed(asked)) as Record<string, Json>;
  assert.deepEqual([user?.['id'], user?.['team_id'], team?.['id']], [MONA.id, 'T0000001', 'T0000001']);
  assert.equal(container?.['message_ts'], message?.['ts']);
  const [action] = actions as unknown as readonly Json[];
  assert.deepEqual([action?.['action_id'], action?.['block_id'], action?.['value']], ['why', 'row', 'an-opaque-id']);
  assert.throws(
    () => asked.slack.people.press({ channel: HOME, user: MONA.id, ts: '1.1', actionId: 'why' }),
    /no action/,
  );
});

test('a stranger’s click names the other team, and a channel of two companies is marked in events', async () => {
  await using asked = await startAsked();
  const { slack } = asked;
  const { ts } = await asked.post({ text: 'x', blocks: [button('mute')] });
  const press = slack.people.press({ channel: HOME, user: 'U0000004', ts, actionId: 'mute' });
  assert.equal((payloadOf(press)['user'] as Json)['team_id'], 'T0000002');
  const [told] = slack.people.say({ channel: 'C0000006', user: 'U0000004', text: '<@U0000001> list' }).deliveries;
  assert.equal(payloadOf(told ?? null)['is_ext_shared_channel'], true);
});

test('a `response_url` serves five times', async () => {
  await using asked = await startAsked();
  const { response_url } = await pressed(asked);
  for (let i = 0; i < 5; i++) assert.equal((await respond(response_url, { text: 'only you' }))['ok'], true);
  assert.deepEqual(await respond(response_url, { text: 'x' }), { status: 404, ok: false, error: 'used_url' });
  assert.equal(asked.slack.workspace.ephemerals.length, 5);
});

test('a `response_url` serves for 30 minutes, and another is not guessed', async () => {
  await using asked = await startAsked();
  const { response_url } = await pressed(asked);
  asked.clock.advance(30 * 60_000);
  assert.equal((await respond(response_url, { text: 'x' }))['ok'], true);
  asked.clock.advance(1);
  assert.equal((await respond(response_url, { text: 'x' }))['error'], 'expired_url');
  assert.equal((await respond(`${String(response_url)}x`, { text: 'x' }))['error'], 'no_such_url');
  const { response_url: fresh } = await pressed(asked);
  assert.equal((await fetch(String(fresh), { method: 'POST', body: 'none' })).status, 400);
});

test('a `response_url` works where the app is not, replaces what was clicked on, and alone changes an ephemeral', async () => {
  await using asked = await startAsked();
  const { slack } = asked;
  const { response_url } = await pressed(asked);
  slack.people.kick(HOME);
  assert.equal((await respond(response_url, { text: 'all', response_type: 'in_channel' }))['ok'], true);
  assert.equal((await respond(response_url, { text: 'new', replace_original: true }))['ok'], true);
  const [card, all] = slack.workspace.messages.all;
  assert.deepEqual([card?.text, all?.text], ['new', 'all']);
  assert.equal((await respond(response_url, { text: 'a < b' }))['status'], 400);
  const args = { channel: HOME, user: MONA.id, text: 'why', blocks: [button('more')] };
  const { message_ts } = await asked.ask('chat.postEphemeral', args);
  const click = slack.people.press({ channel: HOME, user: MONA.id, ts: String(message_ts), actionId: 'more' });
  await respond(payloadOf(click)['response_url'], { text: 'because', replace_original: true });
  assert.equal(slack.workspace.ephemerals[0]?.text, 'because');
});

test('a trigger opens one modal within three seconds', async () => {
  await using asked = await startAsked();
  const open = async (trigger_id: unknown) => (await asked.ask('views.open', { trigger_id, view: MODAL }))['error'];
  const { trigger_id: first } = await pressed(asked);
  asked.clock.advance(3000);
  assert.deepEqual([await open(first), await open(first)], [undefined, 'exchanged_trigger_id']);
  assert.equal(asked.slack.workspace.modals[0]?.user, MONA.id);
  const { trigger_id: second } = await pressed(asked);
  asked.clock.advance(3001);
  assert.deepEqual([await open(second), await open('nonsense')], ['expired_trigger_id', 'invalid_arguments']);
});

test('views hold 100 blocks and 3,000 characters of private metadata, and no scope is needed', async () => {
  await using asked = await startAsked({ scopes: [] });
  const publish = async (more: object) =>
    (await asked.ask('views.publish', { user_id: MONA.id, view: { ...HOME_VIEW, ...more } }))['error'];
  const blocks = (count: number) => Array.from({ length: count }, () => section('one'));
  assert.deepEqual(
    [await publish({ blocks: blocks(100) }), await publish({ blocks: blocks(101) })],
    [undefined, 'invalid_arguments'],
  );
  assert.equal(await publish({ private_metadata: 'x'.repeat(3000) }), undefined);
  assert.equal(await publish({ private_metadata: 'x'.repeat(3001) }), 'invalid_arguments');
  assert.equal(await publish(MODAL), 'invalid_arguments');
  assert.equal(await publish({ blocks: blocks(100).map(() => section('x'.repeat(2900))) }), 'view_too_large');
});

test('a Home is published for a person; a `hash` of an older one changes nothing', async () => {
  await using asked = await startAsked();
  const publish = (more: object) => asked.ask('views.publish', { user_id: MONA.id, view: HOME_VIEW, ...more });
  const view = (await publish({}))['view'] as Json;
  assert.equal((await publish({ hash: view['hash'] }))['ok'], true);
  assert.equal((await publish({ hash: view['hash'] }))['error'], 'hash_conflict');
  assert.equal((await publish({ user_id: 'U9999999' }))['error'], 'invalid_arguments');
  const opened = eventOf(asked.slack.people.openHome(MONA.id));
  assert.deepEqual(
    [opened['type'], opened['tab'], (opened['view'] as Json)['id']],
    ['app_home_opened', 'home', view['id']],
  );
  await using plain = await startAsked({ hasHomeTab: false });
  assert.equal((await plain.ask('views.publish', { user_id: MONA.id, view: HOME_VIEW }))['error'], 'not_enabled');
  assert.equal(plain.slack.people.openHome(MONA.id), null);
});

test('a command needs its scope, has a name of the app’s choice, and says no thread', async () => {
  await using asked = await startAsked();
  const place = { channel: HOME, user: MONA.id, text: 'why https://x.test', command: '/notices' };
  const told = payloadOf(asked.slack.people.command(place));
  assert.deepEqual([told['command'], told['user_id'], 'thread_ts' in told], ['/notices', MONA.id, false]);
  assert.equal((await respond(told['response_url'], { text: 'help' }))['ok'], true);
  await using mute = await startAsked({ scopes: ['chat:write'] });
  assert.equal(mute.slack.people.command(place), null);
});

test('a mention is told in threads too, with its scope and where the bot is', async () => {
  await using asked = await startAsked({ scopes: ['chat:write', 'app_mentions:read'] });
  const { people } = asked.slack;
  const { ts } = await asked.post();
  const mention = { user: MONA.id, text: '<@U0000001> status' };
  const { deliveries } = people.say({ channel: HOME, threadTs: ts, ...mention });
  assert.deepEqual(
    deliveries.map((each) => [eventOf(each)['type'], eventOf(each)['thread_ts']]),
    [['app_mention', ts]],
  );
  assert.deepEqual(people.say({ channel: 'C0000002', ...mention }).deliveries, []);
  assert.deepEqual(people.say({ channel: HOME, user: MONA.id, text: 'status' }).deliveries, []);
});

test('deletions are told to who may read the channel, and to nobody else', async () => {
  await using asked = await startAsked();
  const { ts } = await asked.post();
  const told = eventOf(asked.slack.people.remove(HOME, ts));
  assert.deepEqual([told['subtype'], told['deleted_ts']], ['message_deleted', ts]);
  const outside = await asked.post({ channel: 'C0000002' });
  assert.equal(asked.slack.people.remove('C0000002', outside.ts), null);
  await using blind = await startAsked({ scopes: ['chat:write'] });
  assert.equal(blind.slack.people.remove(HOME, (await blind.post()).ts), null);
});

test('what becomes of channels is told under names of their kind, with the scope to read them', async () => {
  const names = ({ slack: { people } }: Asked, id: string) =>
    [
      people.rename(id, 'other'),
      people.archive(id),
      people.archive(id, false),
      people.kick(id),
      people.deleteChannel(id),
    ].map((each) => eventOf(each)['type']);
  const kinds = ['rename', 'archive', 'unarchive', 'left', 'deleted'];
  await using asked = await startAsked();
  assert.deepEqual(
    names(asked, HOME),
    kinds.map((kind) => `channel_${kind}`),
  );
  assert.deepEqual(
    names(asked, 'C0000003'),
    kinds.map((kind) => `group_${kind}`),
  );
  await using blind = await startAsked({ scopes: ['channels:read'], subscribed: ['channel_rename'] });
  assert.deepEqual(names(blind, 'C0000003'), Array(5).fill(undefined));
  assert.deepEqual(names(blind, HOME), ['channel_rename', undefined, undefined, undefined, undefined]);
});

test('blocks.validate says what is wrong by a JSON pointer', async () => {
  await using asked = await startAsked();
  const validate = (args: object) => asked.ask('blocks.validate', args);
  assert.equal((await validate({ blocks: [section('fine')] }))['ok'], true);
  const wrong = await validate({ message: { text: 'x', blocks: [section('fine'), section('')] } });
  const [fault] = wrong['errors'] as readonly Json[];
  assert.deepEqual([wrong['error'], fault?.['pointer']], ['invalid_message', '/blocks/1/text/text']);
  assert.equal((await validate({ view: { type: 'home' } }))['error'], 'invalid_view');
  assert.equal((await validate({}))['error'], 'invalid_arguments');
});
