import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOME, MONA, startAsked } from './asking.ts';

test('one message a second and channel; other channels go on', async () => {
  await using asked = await startAsked({ intervalMs: 1000 });
  const { slack, clock } = asked;
  await asked.post();
  clock.advance(400);
  const early = await asked.post();
  assert.deepEqual([early.status, early['error'], early.retryAfter], [429, 'ratelimited', '1']);
  assert.equal((await asked.post({ channel: '#private' }))['ok'], true);
  assert.deepEqual([slack.violations.length, slack.limited.length], [1, 1]);
  assert.deepEqual(
    slack.log.map(({ args, error }) => [args['channel'], error]),
    [
      [HOME, null],
      [HOME, 'ratelimited'],
      ['#private', null],
    ],
  );
  clock.advance(1000);
  assert.equal((await asked.post())['ok'], true);
});

test('some hundred messages a minute and workspace, over however many channels', async () => {
  await using asked = await startAsked({ intervalMs: 1000 });
  asked.slack.spend('chat.postMessage', 299);
  assert.equal((await asked.post())['ok'], true);
  const refused = await asked.post({ channel: '#private' });
  assert.deepEqual([refused['error'], refused.retryAfter], ['ratelimited', '60']);
});

/** Calls that are refused for another reason count as well. */
const TIERS: readonly (readonly [method: string, args: object, perMinute: number])[] = [
  ['conversations.list', {}, 20],
  ['reactions.remove', { channel: HOME }, 20],
  ['chat.update', { channel: HOME, ts: '1.1', text: 'x' }, 50],
  ['chat.delete', { channel: HOME, ts: '1.1' }, 50],
  ['conversations.info', { channel: HOME }, 50],
  ['conversations.history', { channel: HOME }, 50],
  ['conversations.replies', { channel: HOME, ts: '1.1' }, 50],
  ['conversations.open', { users: MONA.id }, 50],
  ['conversations.join', { channel: HOME }, 50],
  ['reactions.add', { channel: HOME }, 50],
  ['users.lookupByEmail', { email: 'x' }, 50],
  ['chat.postEphemeral', { channel: HOME }, 100],
  ['users.info', { user: MONA.id }, 100],
  ['views.open', {}, 100],
  ['views.publish', {}, 100],
];

for (const [method, args, perMinute] of TIERS) {
  test(`${method} is called ${perMinute} times a minute, by the whole app`, async () => {
    await using asked = await startAsked({ intervalMs: 1000 });
    const { slack, clock } = asked;
    slack.spend(method, perMinute - 2);
    for (let i = 0; i < 2; i++) assert.equal((await asked.ask(method, args)).status, 200);
    clock.advance(20_000);
    const refused = await asked.ask(method, args);
    assert.deepEqual([refused.status, refused['error'], refused.retryAfter], [429, 'ratelimited', '40']);
    assert.equal((await asked.ask(method, args, slack.otherToken)).status, 200, 'another app has its own');
    clock.advance(40_000);
    assert.equal((await asked.ask(method, args)).status, 200);
    assert.deepEqual(slack.limited, [{ method, at: clock.now() - 40_000, retryAfter: 40 }]);
  });
}

test('a call before the pause of a 429 is over makes a storm: a violation each', async () => {
  await using asked = await startAsked({ intervalMs: 1000 });
  const { slack, clock } = asked;
  const call = async () => (await asked.ask('conversations.list')).status;
  slack.spend('conversations.list', 20);
  assert.equal(await call(), 429);
  assert.deepEqual(slack.violations, []);
  clock.advance(59_000);
  assert.equal(await call(), 429);
  assert.deepEqual(slack.violations, ['conversations.list: again 1 s before the pause of a 429 was over']);
  clock.advance(1000);
  assert.equal(await call(), 200);
});

test('auth.test names team and bot, and has no limit', async () => {
  await using asked = await startAsked({ intervalMs: 1000 });
  const { team, user, user_id, bot_id } = await asked.ask('auth.test');
  assert.deepEqual([team, user, user_id, bot_id], ['Acme', 'tidings', 'U0000001', 'B0000001']);
  assert.throws(() => asked.slack.spend('auth.test', 1), /no limit/);
});
