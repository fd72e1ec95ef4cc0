import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownBlock } from '@slack/types';
import { HOME, MONA, SCOPES } from '../../../../tests/doubles/slack/asking.ts';
import type { Delivery } from '../../../../tests/doubles/slack/deliveries.ts';
import { LINK, startAnswering, textsIn, WHY } from '../../../../tests/support/slack-answering.ts';
import { ANSWERS_A_MINUTE } from './flood.ts';
import { withMenu } from './menu.ts';

const BOT = '<@U0000001>';
const user = MONA.id;
const MENU = { channel: HOME, user, actionId: 'tidings_menu' } as const;

test('the menu on a message says why, to nobody but who asks, with nothing of others at work', async () => {
  await using there = await startAnswering();
  const { slack, send, tell, seen } = there;
  const ts = await tell();
  const outcome = await send(slack.people.press({ ...MENU, ts, option: 'Why did I get this?' }));
  assert.equal(outcome?.kind, 'sent');
  assert.deepEqual(slack.calls.slice(1), ['auth.test', 'users.info', 'conversations.info', 'response_url']);
  const [said = ''] = seen();
  assert.match(
    said,
    /^\*Why you got this:\* <https:\/\/github\.com\/acme\/api\/pull\/12\|hubot opened pull request #12/,
  );
  assert.match(said, /&lt;!channel&gt; \u2060\*\u2060Retry/);
  assert.match(said, /```Rule new: matched → team\n  labels: wanted 'bug', saw &lt;none&gt; ✓```/);
  assert.match(said, /`npx tidings explain 42`/);
  assert.equal(slack.messages.length, 1);
  assert.deepEqual(slack.violations, []);
});

test('a thread is muted for everybody there, and undone by the button of the answer, which takes its place', async () => {
  await using there = await startAnswering();
  const { slack, send, tell, seen, mutes, noted } = there;
  const ts = await tell();
  await send(slack.people.press({ ...MENU, ts, option: 'Mute this thread' }));
  assert.deepEqual(
    mutes.map(({ thread, whom, until }) => [thread, whom, until]),
    [['acme/api#12', 'team', null]],
  );
  assert.equal(noted.at(-1)?.by.who, 'mona (Slack U0000002)');
  assert.equal(noted.at(-1)?.by.from, 'Slack, #releases');
  assert.match(seen()[0] ?? '', /Muted `acme\/api#12`\. Nobody hears of it in this channel/);
  const own = slack.workspace.ephemerals[0]?.ts ?? '';
  await send(slack.people.press({ channel: HOME, user, ts: own, actionId: 'tidings_unmute_here' }));
  assert.deepEqual(mutes, []);
  assert.equal(seen().length, 1, 'in place of the first');
  assert.match(seen()[0] ?? '', /told again in this channel/);
  assert.deepEqual(slack.violations, []);
});

test('on a card the same is asked of its thread, where that card stands', async () => {
  await using there = await startAnswering();
  const { slack, send, asked, seen, mutes, noted } = there;
  const card = { text: 'card', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'card' } }] as KnownBlock[] };
  const { ts } = await asked.post(withMenu(card, { thread: 'acme/api#12' }));
  const other = await asked.post(withMenu(card, { thread: 'acme/secret#1' }));
  for (const option of ['Why did I get this?', 'Mute this thread', 'Mute this for me'])
    await send(slack.people.press({ ...MENU, ts, option }));
  assert.match(seen()[0] ?? '', /^\*Why you got this:/);
  assert.deepEqual(
    mutes.map(({ thread, whom }) => [thread, whom]),
    [
      ['acme/api#12', 'team'],
      ['acme/api#12', '@mona'],
    ],
  );
  await send(slack.people.press({ ...MENU, ts: other.ts, option: 'Mute this thread' }));
  assert.match(seen()[3] ?? '', /know nothing of this/);
  assert.match(noted.at(-1)?.what ?? '', /^refused thread of acme\/secret#1: it was not told where they ask/);
  assert.deepEqual(slack.violations, []);
});

test('in a direct message one mutes for oneself, and for nobody else', async () => {
  const why = async () => ({ ...WHY, told: ['people'] });
  await using there = await startAnswering({ why });
  await using unknown = await startAnswering({ why, loginOf: () => null });
  const card = { text: 'card', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'card' } }] as KnownBlock[] };
  const press = async ({ slack, asked, send }: typeof there, option: string) => {
    const { ts, channel } = await asked.post({ channel: user, ...withMenu(card, { notification: 1 }) });
    await send(slack.people.press({ channel, user, ts, actionId: 'tidings_menu', option }));
  };
  await press(there, 'Mute this thread');
  assert.match(there.seen()[0] ?? '', /post nothing here that others read.*@tidings mute/);
  await press(there, 'Mute this for me');
  assert.deepEqual(
    there.mutes.map(({ whom }) => whom),
    ['@mona'],
  );
  await press(unknown, 'Why did I get this?');
  assert.match(unknown.seen()[0] ?? '', /know nothing of this/);
});

test('for oneself one mutes by the login that people knows; who is nobody’s login hears how to be known', async () => {
  await using there = await startAnswering();
  const { slack, send, tell, seen, mutes } = there;
  const ts = await tell();
  await send(slack.people.press({ ...MENU, ts, option: 'Mute this for me' }));
  assert.deepEqual(
    mutes.map(({ whom }) => whom),
    ['@mona'],
  );
  await using stranger = await startAnswering({ loginOf: () => null });
  const told = await stranger.tell();
  await stranger.send(stranger.slack.people.press({ ...MENU, ts: told, option: 'Mute this for me' }));
  assert.deepEqual(stranger.mutes, []);
  assert.match(stranger.seen()[0] ?? '', /`people: { mona: U0000002 }`/);
  assert.match(seen()[0] ?? '', /won’t write to you/);
});

test('each word of the command is answered, and so is the same in a mention, in the thread where it stands', async () => {
  await using there = await startAnswering();
  const { slack, send, seen, mutes, asked } = there;
  const type = async (text: string) => {
    const outcome = await send(slack.people.command({ channel: HOME, user, text, command: '/news' }));
    assert.equal(outcome?.kind, 'sent', text);
    asked.clock.advance(61_000);
    return seen().at(-1) ?? '';
  };
  assert.match(await type('status'), /Tidings 1\.2\.3\nNothing waits &amp; &lt;all&gt; is well/);
  assert.match(await type(`why ${LINK}`), /^\*Why you got this:/);
  assert.match(await type('why https://github.com/acme/api/pull/13'), /know nothing of this/);
  assert.match(await type(`mute <${LINK}|that one> 3d`), /Muted `acme\/api#12` for 3 days\. Nobody/);
  assert.match(
    await type('list'),
    /Muted here, and for you:\* 1\n.*acme\/api#12.*until .* UTC.*here, by mona \(Slack U0000002\)/,
  );
  assert.match(await type(`mute for me ${LINK}`), /won’t write to you/);
  assert.deepEqual(
    mutes.map(({ whom }) => whom),
    ['team', '@mona'],
  );
  assert.match(await type(`unmute ${LINK}`), /told again in this channel, and to you\./);
  assert.deepEqual(mutes, []);
  assert.match(await type(`unmute ${LINK}`), /is not muted here, nor for you\./);
  assert.match(await type(`unmute ${LINK} for me`), /is not muted for you\./);
  await type(`mute ${LINK} for me`);
  assert.match(await type(`unmute ${LINK}`), /I tell you of `acme\/api#12` again\./);
  assert.match(await type('list'), /Nothing is muted/);
  assert.match(await type('help'), /What you can ask me.*`\/news why &lt;link&gt;`/s);
  assert.match(await type('sing <!channel>'), /^I don’t know that one\./);
  assert.match(await type(''), /What you can ask me/);

  const { ts } = (await asked.post()) as { ts: string };
  const { deliveries } = slack.people.say({ channel: HOME, user, text: `${BOT} status`, threadTs: ts });
  for (const each of deliveries) await send(each);
  assert.match(seen().at(-1) ?? '', /Tidings 1\.2\.3/);
  assert.equal(slack.workspace.ephemerals.at(-1)?.threadTs, ts);
  assert.deepEqual(slack.violations, []);
});

test('the Home shows what waits and what is muted, and a button in it ends a mute', async () => {
  const since = 1_700_000_000_000 - 2 * 86_400_000;
  const waits = (['review', 'ready', 'blocked'] as const).map((what, n) => {
    return { thread: `acme/api#${n}`, name: `#${n} <!here> up`, url: LINK, since, what };
  });
  await using there = await startAnswering({ waiting: async () => waits });
  const { slack, send, mutes } = there;
  mutes.push({ thread: 'acme/api#12', whom: '@mona', until: null, by: 'mona', at: 0 });
  await send(slack.people.openHome(user));
  const home = () => textsIn(slack.workspace.views.get(user)?.view).join('\n');
  assert.match(
    home(),
    /Waits for your review.*#0 &lt;!here&gt; up.*for 2 days.*ready to merge.*#1.*somebody waits.*#2/s,
  );
  assert.match(home(), /acme\/api#12`  ·  for good/);
  await send(slack.people.pressHome(user, 'tidings_unmute_me'), { later: 31 * 60_000 });
  assert.equal(mutes.length, 1, 'wished too long ago');
  await send(slack.people.pressHome(user, 'tidings_unmute_me'));
  assert.deepEqual(mutes, []);
  assert.match(home(), /What you muted\nNothing\./);
  assert.deepEqual(slack.violations, []);
});

test('of what nobody was told, why says that no message came of it', async () => {
  await using there = await startAnswering({ whyOf: async () => [{ ...WHY, told: [] }] });
  await there.send(there.slack.people.command({ channel: HOME, user, text: `why ${LINK}` }));
  assert.match(there.seen()[0] ?? '', /^\*Why no message came of this:\* </);
});

test('a Home of whatever size holds at most 100 blocks', async () => {
  const long = { url: `https://a.test/${'x'.repeat(900)}`, name: 'n'.repeat(500), thread: 't'.repeat(400) };
  const waits = Array.from({ length: 50 }, () => ({ ...long, since: 0, what: 'review' as const }));
  const mute = { thread: 'm'.repeat(3_000), whom: '@mona', until: 1, by: 'b'.repeat(200), at: 0 };
  await using there = await startAnswering({
    waiting: async () => waits,
    muted: async () => Array.from({ length: 50 }, () => mute),
  });
  assert.equal((await there.send(there.slack.people.openHome(user)))?.kind, 'sent');
  assert.deepEqual(there.slack.violations, []);
});

const REFUSED = [
  ['a guest', 'U0000003', /a guest/, /you are a guest/],
  ['a stranger', 'U0000004', /another company/, /you are with another/],
  ['an account that is no more', 'U0000005', /no more/, null],
  ['a bot', 'U0000006', /a bot/, null],
] as const;

for (const [what, who, why, said] of REFUSED) {
  test(`${what} is refused by click, by command and in the Home, and it is kept`, async () => {
    await using there = await startAnswering();
    const { slack, send, tell, seen, noted, mutes } = there;
    const ts = await tell();
    const asks = [
      slack.people.press({ ...MENU, user: who, ts, option: 'Mute this thread' }),
      slack.people.command({ channel: HOME, user: who, text: `mute ${LINK}` }),
      slack.people.openHome(who),
    ];
    for (const ask of asks) assert.match(JSON.stringify(await send(ask)), /"answer":"refused: /);
    assert.deepEqual(mutes, []);
    assert.equal(noted.length, 3);
    for (const { what: kept, by } of noted) {
      assert.match(kept, why);
      assert.equal(by.who, `Slack ${who}`);
    }
    if (said === null) assert.deepEqual(seen(who), []);
    else for (const each of seen(who)) assert.match(each, said);
    assert.equal(slack.messages.length, 1);
    assert.deepEqual(slack.violations, []);
  });
}

test('nobody is answered where another company reads along, of another workspace, or in a channel that cannot be seen', async () => {
  await using there = await startAnswering();
  const { slack, send, noted, seen } = there;
  const type = (channel: string) => send(slack.people.command({ channel, user, text: 'status' }));
  await type('C0000006');
  assert.match(seen().at(-1) ?? '', /shared with another company/);
  await type('C0000004');
  assert.match(seen().at(-1) ?? '', /can’t see this channel/);
  const [mention] = slack.people
    .say({ channel: 'C0000006', user, text: `${BOT} status` })
    .deliveries.filter(({ told }) => JSON.stringify(told.payload).includes('app_mention'));
  await send(mention ?? null);
  const forged = slack.people.command({ channel: HOME, user, text: 'status' });
  assert(forged);
  const payload = { ...forged.told.payload, team_id: 'T0000009', user_name: 'admin' };
  assert.match(JSON.stringify(await send({ ...forged, told: { ...forged.told, payload } })), /another workspace/);
  assert.equal(noted.length, 4);
  assert.equal(
    seen().some((each) => /Tidings 1/.test(each)),
    false,
  );
});

test('without the scopes, or while Slack does not say who asks, nothing is done, and whoever asks hears it', async () => {
  const scopes = SCOPES.filter((each) => each !== 'users:read');
  await using there = await startAnswering({}, { scopes });
  const { slack, send, seen, mutes, noted, tell } = there;
  const ts = await tell();
  await send(slack.people.press({ ...MENU, ts, option: 'Mute this thread' }));
  assert.match(seen()[0] ?? '', /lacks the scope users:read/);
  assert.match(noted[0]?.what ?? '', /^refused thread of notification 1, by click: who asks cannot be checked/);
  await using ill = await startAnswering();
  const click = ill.slack.people.press({ ...MENU, ts: await ill.tell(), option: 'Mute this thread' });
  ill.slack.failNext('users.info', { status: 503, error: 'service_unavailable' }, 3);
  assert.equal((await ill.send(click))?.kind, 'retry');
  assert.match(JSON.stringify(await ill.send(click, { tries: 3 })), /refused: it cannot be checked who asks/);
  assert.match(ill.seen()[0] ?? '', /can’t check who you are at the moment/);
  ill.slack.failNext('auth.test', { error: 'invalid_auth' });
  await using blind = await startAnswering();
  blind.slack.people.revoke('token_revoked');
  const command = blind.slack.people.command({ channel: HOME, user, text: 'status' });
  assert.equal((await blind.send(command))?.kind, 'broken');
  assert.deepEqual([...mutes, ...ill.mutes], []);
});

test('what a value says is looked up: of another channel’s message nothing is said or done, nor of none', async () => {
  await using there = await startAnswering({ why: async () => null });
  await using other = await startAnswering();
  const { slack, tell, send, seen, noted } = other;
  const ts = await tell();
  const press = slack.people.press({ ...MENU, ts, option: 'Mute this thread' });
  const forge = (value: string, channel: string = HOME) => {
    const action = { action_id: 'tidings_menu', selected_option: { value } };
    const place = { ...(press.told.payload['container'] as object), channel_id: channel };
    const payload = { ...press.told.payload, container: place, channel: { id: channel }, actions: [action] };
    return { ...press, told: { ...press.told, payload } };
  };
  for (const value of [
    'thread:ntf_0',
    'thread:ntf_99999999999999999',
    'thread',
    '../1',
    'thread:acme/api#12',
    'x'.repeat(150),
  ]) {
    await send(forge(value));
    assert.match(seen().at(-1) ?? '', /know nothing of this/, value);
  }
  other.asked.clock.advance(61_000);
  await send(forge('thread:ntf_1', 'C0000002'));
  assert.match(noted.at(-1)?.what ?? '', /not told where they ask/);
  await send(forge('why:ntf_2'));
  assert.match(seen().at(-1) ?? '', /know nothing of this/);
  assert.deepEqual(other.mutes, []);
  assert.deepEqual(there.mutes, []);
});

test('who is nobody’s login reads of a page only what was told where they ask', async () => {
  await using there = await startAnswering({ loginOf: () => null });
  const { slack, send, seen } = there;
  const ask = (channel: string) => send(slack.people.command({ channel, user, text: `why ${LINK}` }));
  await ask('C0000002');
  assert.match(seen().at(-1) ?? '', /know nothing of this/);
  await ask(HOME);
  assert.match(seen().at(-1) ?? '', /^\*Why you got this/);
});

test('one person is answered so often a minute, then told once, then not at all; others go on', async () => {
  await using there = await startAnswering();
  const { slack, send, seen, noted, asked } = there;
  const ask = (who: string) => send(slack.people.command({ channel: HOME, user: who, text: 'status' }));
  for (let n = 0; n < ANSWERS_A_MINUTE + 5; n++) await ask(user);
  assert.equal(seen().length, ANSWERS_A_MINUTE + 1);
  assert.match(seen().at(-1) ?? '', /ask me again in a minute/);
  assert.equal(noted.length, 1);
  asked.clock.advance(60_000);
  await ask(user);
  assert.equal(seen().length, ANSWERS_A_MINUTE + 2);
});

test('after half an hour nothing is done any more, and that is said beside the place; after a day nobody is told', async () => {
  await using there = await startAnswering();
  const { slack, send, tell, seen, mutes } = there;
  const click = slack.people.press({ ...MENU, ts: await tell(), option: 'Mute this thread' });
  assert.equal((await send(click, { later: 42 * 60_000 }))?.kind, 'sent');
  assert.equal(slack.calls.at(-1), 'chat.postEphemeral');
  assert.match(seen()[0] ?? '', /You asked 42 min ago, when I couldn’t answer/);
  const old = await send(click, { later: 25 * 3_600_000 });
  assert.deepEqual(old, { kind: 'sent', answer: 'not answered: it was asked 25 h ago' });
  assert.equal(seen().length, 1);
  assert.deepEqual(mutes, []);
});

test('a used up address is no end: the answer stands beside it', async () => {
  await using there = await startAnswering();
  const { slack, send, seen } = there;
  const command = slack.people.command({ channel: HOME, user, text: 'help' });
  for (let n = 0; n < 6; n++) assert.equal((await send(command))?.kind, 'sent');
  assert.equal(slack.calls.filter((each) => each === 'chat.postEphemeral').length, 1);
  assert.equal(seen().length, 6);
});

test('an address that is not Slack’s is never posted to', async () => {
  await using there = await startAnswering();
  const { slack, send } = there;
  const command = slack.people.command({ channel: HOME, user, text: 'help' });
  assert(command);
  for (const response_url of [
    'http://127.0.0.1:1/x',
    'https://slack.com.evil.test/',
    'https://a:b@hooks.slack.com/',
    'file:///etc',
  ]) {
    const told: Delivery['told'] = { ...command.told, payload: { ...command.told.payload, response_url } };
    assert.equal((await send({ ...command, told }))?.kind, 'sent');
    assert.equal(slack.calls.at(-1), 'chat.postEphemeral');
  }
});

test('what is no question is not taken: buttons of others, the other tabs, what people write', async () => {
  await using there = await startAnswering();
  const { slack, send, destination } = there;
  const command = slack.people.command({ channel: HOME, user, text: 'x' });
  assert(command);
  const click = (action_id: string) => {
    const payload = { type: 'block_actions', actions: [{ action_id, value: 'tidings_menu' }] };
    return { ...command, told: { kind: 'interactive' as const, payload } };
  };
  assert.equal(await send(click('deploy')), null);
  const tab = { type: 'event_callback', event: { type: 'app_home_opened', tab: 'messages', user } };
  const isAsked = destination.isAsked?.({ type: 'app_home_opened', body: Buffer.from(JSON.stringify(tab)) });
  assert.equal(isAsked, false);
  for (const type of ['message', 'reaction_added', 'block_suggestion']) {
    assert.equal(destination.isAsked?.({ type, body: Buffer.from('{}') }), false);
  }
});
