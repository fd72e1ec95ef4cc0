import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askIn, isAsk } from './ask.ts';

const form = (fields: Readonly<Record<string, string>>) => Buffer.from(new URLSearchParams(fields).toString());
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

const CLICK = {
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T2' },
  channel: { id: 'C1', name: 'x' },
  response_url: 'https://hooks.slack.com/actions/1',
  actions: [{ action_id: 'tidings_menu', selected_option: { value: 'why:ntf_12' } }],
};

test('a click says the same in a form and as JSON; what it is about is a number or a thread', () => {
  const type = 'block_actions';
  const asked = askIn({ type, body: form({ payload: JSON.stringify(CLICK) }) });
  assert.deepEqual(askIn({ type, body: json(CLICK) }), asked);
  assert.deepEqual(asked?.wanted, { kind: 'choice', choice: 'why', about: { notification: 12 } });
  const wanted = (value: unknown, action_id = 'tidings_menu') =>
    askIn({ type, body: json({ ...CLICK, actions: [{ action_id, value }] }) })?.wanted;
  assert.deepEqual(wanted('me:card_acme/api#12'), { kind: 'choice', choice: 'me', about: { thread: 'acme/api#12' } });
  assert.deepEqual(wanted('acme/api#1', 'tidings_unmute_me'), { kind: 'unmute', isOwn: true, thread: 'acme/api#1' });
  for (const value of ['', 'why:', 'why:ntf_', 'why:ntf_012', 'drop:ntf_1', 'WHY:ntf_1', 12, null, ['why:ntf_1'], {}]) {
    assert.deepEqual(wanted(value), { kind: 'unknown' }, JSON.stringify(value));
  }
  assert.deepEqual(wanted('why:ntf_1', 'tidings_other'), { kind: 'unknown' });
});

test('what a bot writes has nobody who asks', () => {
  const event = { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@U0> status' };
  const from = (more: object) => askIn({ type: 'app_mention', body: json({ event: { ...event, ...more } }) })?.user;
  assert.deepEqual([from({}), from({ bot_id: 'B1' })], ['U1', null]);
});

const TYPES = ['app_mention', 'app_home_opened', 'slash_command', 'block_actions'];
const NONSENSE: readonly Buffer[] = [
  Buffer.alloc(0),
  Buffer.from([0xff, 0xfe, 0x00]),
  Buffer.from('{'),
  Buffer.from('[]'),
  Buffer.from('null tidings_'),
  Buffer.from(`{"tidings_":${'['.repeat(10_000)}`),
  form({ payload: '{"type":"block_actions","actions":"tidings_"}' }),
  form({ payload: 'tidings_', command: '' }),
  Buffer.from('__proto__=x&payload=%5B1%5D'),
  json({ event: [], type: 'block_actions', actions: [null, 'tidings_'] }),
  json({ event: { type: 'app_mention' }, actions: [{ action_id: { toString: 'tidings_' } }] }),
];

test('nonsense is no ask, or one of nobody', () => {
  for (const type of TYPES) {
    for (const body of NONSENSE) {
      const ask = askIn({ type, body });
      assert.equal(isAsk({ type, body }), ask !== null);
      assert.equal(ask?.user ?? null, null, `${type} ${body.toString().slice(0, 60)}`);
    }
  }
});
