import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Asked, HOME, MONA, SCOPES, startAsked } from '../../../../tests/doubles/slack/asking.ts';
import { TestClock } from '../../../../tests/jobs/test-clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { identified } from './post-id.ts';
import { type ReadBack, readBack, type Sought } from './read-back.ts';

const ID = 'f47ac10b-58cc-5372-a567-0e02b2c3d479';
const MINUTE_MS = 60_000;

function backOf({ slack, clock }: Asked, token = slack.token): ReadBack {
  return readBack({ token: new Secret(token), apiUrl: slack.url, clock });
}

function sought({ clock }: Asked, more: Partial<Sought> = {}): Sought {
  const { signal } = new AbortController();
  return { id: ID, place: HOME, root: null, since: clock.now() - MINUTE_MS, signal, ...more };
}

async function find(asked: Asked, more: Partial<Sought> = {}, back = backOf(asked)) {
  return back.find(sought(asked, more));
}

const postOurs = (asked: Asked, more: object = {}, id = ID) => asked.post({ ...identified('message', id), ...more });

test('a message is found by its id alone, and what was not posted is absent', async () => {
  await using asked = await startAsked();
  await postOurs(asked, {}, ID.replace('f4', 'a4'));
  await asked.post();
  assert.deepEqual(await find(asked), { kind: 'absent' });
  const { ts, channel } = await postOurs(asked);
  await asked.post();
  const answer = 'it had arrived: it stands in the channel';
  assert.deepEqual(await find(asked), { kind: 'sent', answer, receipt: { channel, ts } });
  assert.deepEqual(asked.slack.violations, []);
});

test('below its parent it is found with the parent’s `ts`; where that was deleted, in the channel', async () => {
  await using asked = await startAsked();
  const { slack } = asked;
  const parent = await asked.post();
  await postOurs(asked, { thread_ts: parent.ts });
  const found = await find(asked, { root: parent.ts });
  assert.deepEqual(found.kind === 'sent' && found.receipt, { channel: HOME, ts: parent.ts });
  const other = await asked.post();
  slack.remove(other.ts);
  const id = ID.replace('f4', 'b4');
  const stray = await postOurs(asked, { thread_ts: other.ts }, id);
  const strayed = await find(asked, { root: other.ts, id });
  assert.deepEqual(strayed.kind === 'sent' && strayed.receipt, { channel: HOME, ts: stray.ts });
  assert.deepEqual(slack.violations, []);
});

test('a channel is found by its name, whether private ones may be listed or not; a person by their direct messages', async () => {
  for (const scopes of [SCOPES, SCOPES.filter((scope) => !scope.startsWith('groups:'))]) {
    await using asked = await startAsked({ scopes });
    assert.equal((await find(asked, { place: '#releases' })).kind, 'absent');
    await postOurs(asked);
    assert.equal((await find(asked, { place: '#releases' })).kind, 'sent');
    assert.equal((await find(asked, { place: '#nowhere' })).kind, 'unknowable');
    await postOurs(asked, { channel: MONA.id }, ID.replace('f4', 'c4'));
    assert.equal((await find(asked, { place: MONA.id, id: ID.replace('f4', 'c4') })).kind, 'sent');
    assert.deepEqual(asked.slack.violations, []);
  }
});

test('what Slack answered to a post saves the look for its channel', async () => {
  await using asked = await startAsked();
  const back = backOf(asked);
  back.posted('#releases', { channel: HOME, ts: '1.1' });
  await find(asked, { place: '#releases' }, back);
  assert.deepEqual(asked.slack.calls, ['conversations.history']);
});

for (const [what, more, reason] of [
  ['without the scope', { scopes: ['chat:write', 'channels:read', 'groups:read'] }, /channels:history.*missing_scope/],
  ['where the bot is no member', {}, /not in C0000002/],
] as const) {
  test(`${what} nobody can say, and it is said why`, async () => {
    await using asked = await startAsked(more);
    const settlement = await find(asked, { place: 'scopes' in more ? HOME : 'C0000002' });
    assert(settlement.kind === 'unknowable');
    assert.match(settlement.reason, reason);
  });
}

test('what Slack cannot answer now is asked again, for some time', async () => {
  await using asked = await startAsked();
  const back = backOf(asked);
  asked.slack.failNext('conversations.history', { status: 429, error: 'ratelimited', retryAfter: 7 });
  const settlement = await find(asked, {}, back);
  assert(settlement.kind === 'retry');
  assert.equal(settlement.retryAfterMs, 7_000);
  asked.slack.failNext('conversations.history', { status: 503, error: 'service_unavailable' }, 5);
  const kinds: string[] = [];
  for (let n = 0; n < 6; n++) kinds.push((await find(asked, {}, back)).kind);
  assert.deepEqual(kinds, ['retry', 'retry', 'retry', 'unknowable', 'retry', 'absent']);
});

test('while Slack cannot be reached nothing is given up: no message could go either', async () => {
  const asked = await startAsked();
  const back = backOf(asked);
  await asked.slack.close();
  const kinds = new Set<string>();
  for (let n = 0; n < 12; n++) kinds.add((await find(asked, {}, back)).kind);
  assert.deepEqual([...kinds], ['retry']);
});

test('no more is read than five pages, and no page that is older than the message can be', async () => {
  await using asked = await startAsked({ pageSize: 2 });
  await postOurs(asked);
  for (let n = 0; n < 2; n++) await asked.post();
  asked.clock.advance(60 * MINUTE_MS);
  for (let n = 0; n < 4; n++) await asked.post();
  const before = asked.slack.calls.length;
  assert.deepEqual(await find(asked), { kind: 'absent' }, 'older than it can be');
  assert.equal(asked.slack.calls.length - before, 3);
  for (let n = 0; n < 7; n++) await asked.post();
  const settlement = await find(asked);
  assert(settlement.kind === 'unknowable');
  assert.match(settlement.reason, /more than 1000 messages/);
  assert.deepEqual(asked.slack.violations, []);
});

test('a clock that is ahead of Slack’s hides nothing that came lately', async () => {
  await using asked = await startAsked();
  await postOurs(asked);
  assert.equal((await find(asked, { since: asked.clock.now() + 60 * MINUTE_MS })).kind, 'sent');
});

for (const said of [
  '{"ok":true}',
  '{"ok":true,"messages":"none"}',
  '{"ok":true,"messages":[{"ts":"1.1","metadata":{"event_type":"tidings_message"}}]}',
  '{"ok":true,"messages":[{"ts":"1.1","metadata":{"event_type":"tidings_card","event_payload":{"id":1}}}]}',
]) {
  test(`nothing is concluded from ${said}`, async () => {
    const server = createServer((_, response) => void response.end(said)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const clock = new TestClock();
    const back = readBack({ token: new Secret('xoxb-1'), apiUrl: `http://127.0.0.1:${port}`, clock });
    const { signal } = new AbortController();
    const settlement = await back.find({ id: ID, place: HOME, root: null, since: clock.now(), signal });
    server.close();
    assert.equal(settlement.kind, 'unknowable');
  });
}
