import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import type { Normalised } from '../../model/source.ts';
import { sentence } from '../../text/sentence.ts';
import type { Names } from './names.ts';
import { normalise } from './normalise.ts';

type Json = Readonly<Record<string, unknown>>;

const NO_NAMES: Names = new Map();
const NAMES = new Map([
  ['U1', 'Mona'],
  ['C1', 'general'],
]);

function normalised(event: Json, names: Names = NAMES): Normalised {
  const outer = { team_id: 'T1', api_app_id: 'A1', type: 'event_callback', event_id: 'Ev1', event };
  return normalise(storedEvent(String(event['type']), outer), names);
}

function told(event: Json, names: Names = NAMES): Activity {
  const found = normalised(event, names);
  assert.equal(found.kind, 'activity');
  return (found as { readonly activity: Activity }).activity;
}

test('people and channels are called by what is configured, and else by nothing', () => {
  const message = { type: 'message', user: 'U1', channel: 'C1', text: 'Hello', ts: '1767225600.000100' };
  assert.equal(sentence(told(message)), 'Mona posted a message in #general: Hello');
  assert.equal(sentence(told(message, NO_NAMES)), 'New message in Slack: Hello');
  assert.equal(sentence(told({ type: 'member_joined_channel', user: 'U1', channel: 'C1' })), 'Mona joined #general');
  assert.equal(told(message, NO_NAMES).facets.author, 'U1');
});

test('what an app posts, edits or deletes is never told: it may be our own', () => {
  const app = { bot_id: 'B1', text: 'x' };
  for (const event of [
    { type: 'message', channel: 'C1', ...app },
    { type: 'message', channel: 'C1', user: 'U9', app_id: 'A1', text: 'x' },
    { type: 'message', subtype: 'bot_message', channel: 'C1', text: 'x' },
    { type: 'message', subtype: 'file_share', channel: 'C1', ...app },
    { type: 'message', subtype: 'message_changed', channel: 'C1', message: app, previous_message: { text: 'y' } },
    { type: 'message', subtype: 'message_deleted', channel: 'C1', previous_message: app },
    { type: 'app_mention', channel: 'C1', ...app },
  ]) {
    const found = normalised(event);
    assert.equal(found.kind, 'skip', JSON.stringify(event));
  }
});

test('a message that Slack changes by itself is no edit', () => {
  const changed = (text: string) => ({
    type: 'message',
    subtype: 'message_changed',
    channel: 'C1',
    message: { user: 'U1', text },
    previous_message: { user: 'U1', text: 'as it was' },
  });
  assert.equal(normalised(changed('as it was')).kind, 'skip');
  const edit = told(changed('better'));
  assert.deepEqual([edit.kind, edit.isMinor, edit.subject?.title], ['message.message_changed', true, 'better']);
});

test('deleted words stay deleted', () => {
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    channel: 'C1',
    previous_message: { text: 'my password' },
  };
  assert.doesNotMatch(JSON.stringify(told(event)), /password/);
});

test('a long message shows its first line, and all of it as an excerpt', () => {
  const event = { type: 'message', channel: 'C1', user: 'U1', text: 'First &amp; last\n• *one*', ts: '1.1' };
  const { subject, said } = told(event);
  assert.deepEqual([subject?.title, said.excerpt], ['First & last', 'First &amp; last\n• **one**']);
});

test('what is said in one thread is of one thread', () => {
  const at = (ts: string, thread?: string) =>
    told({ type: 'message', channel: 'C1', user: 'U1', text: 'x', ts, ...(thread && { thread_ts: thread }) }).keys
      .thread;
  assert.equal(at('2.2', '1.1'), at('1.1'));
  assert.notEqual(at('2.2'), at('1.1'));
});

test('commands and buttons are told by name, and what answers in Slack’s name is not', () => {
  const form = {
    command: '/deploy',
    text: 'web',
    user_id: 'U5',
    user_name: 'roadrunner',
    channel_id: 'G8',
    channel_name: 'ops',
  };
  const secret = { response_url: 'https://hooks.slack.com/commands/T1/secret', token: 'verysecret', trigger_id: '1.2' };
  const body = Buffer.from(new URLSearchParams({ ...form, ...secret }).toString());
  const found = normalise({ ...storedEvent('slash_command', {}), body }, NO_NAMES);
  assert.equal(found.kind === 'activity' && sentence(found.activity), 'roadrunner used a command in #ops: /deploy web');
  assert.doesNotMatch(JSON.stringify(found), /secret/);
});

test('who answers an invitation is named, and the link by which anybody may join is not shown', () => {
  const invite = { inviting_user: { id: 'U2', name: 'Lena' }, link: 'https://join.slack.com/share/KEY' };
  const channel = { id: 'C9', name: 'partners' };
  const answer = { invite, channel, accepting_user: { id: 'U1' } };
  assert.equal(told({ type: 'shared_channel_invite_accepted', ...answer }).actor?.login, 'Mona');
  assert.equal(told({ type: 'shared_channel_invite_received', ...answer }).actor?.login, 'Lena');
  for (const type of ['shared_channel_invite_accepted', 'shared_channel_invite_received'])
    assert.doesNotMatch(JSON.stringify(told({ type, ...answer })), /KEY/);
});

test('whoever the whole profile is of joins, and leaves a huddle', () => {
  const user = { id: 'U3', profile: { display_name: 'Yuki', huddle_state: 'default_unset' } };
  assert.equal(sentence(told({ type: 'team_join', user })), 'Yuki joined the workspace in Slack');
  assert.equal(sentence(told({ type: 'user_huddle_changed', user })), 'Yuki left a huddle in Slack');
});
