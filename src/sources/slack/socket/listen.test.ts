import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, button, HOME, MONA } from '../../../../tests/doubles/slack/asking.ts';
import type { Delivery } from '../../../../tests/doubles/slack/deliveries.ts';
import { connectedSource, type ListeningSource } from '../../../../tests/doubles/slack/listening-source.ts';

const PLACE = { channel: HOME, user: MONA.id } as const;

function say({ slack }: Asked, text = 'x'): Delivery {
  const [told] = slack.people.say({ ...PLACE, text }).deliveries;
  assert.ok(told);
  return told;
}

function open({ asked: { slack } }: ListeningSource): readonly number[] {
  return slack.sockets.open().map(({ number }) => number);
}

test('events, clicks and commands are stored, and acked then', async () => {
  await using here = await connectedSource();
  const { asked } = here;
  const { people } = asked.slack;
  const { ts } = await asked.post({ text: 'x', blocks: [button('why')] });
  const told = [
    say(asked),
    people.press({ ...PLACE, ts, actionId: 'why' }),
    people.command({ ...PLACE, text: 'list' }),
  ];
  assert.deepEqual(await Promise.all(told.flatMap((each) => each?.settled ?? [])), ['acked', 'acked', 'acked']);
  assert.deepEqual(
    Array.from(here.kept.values(), ({ type, headers }) => [type, headers['content-type']]),
    [
      ['message', 'application/json'],
      ['block_actions', 'application/x-www-form-urlencoded'],
      ['slash_command', 'application/x-www-form-urlencoded'],
    ],
  );
  assert.deepEqual(
    told.flatMap((each) => each?.attempts ?? []),
    Array.from({ length: 3 }, () => ({ kind: 'acked', payload: undefined })),
  );
  assert.equal([...here.kept.keys()][0], told[0]?.eventId);
  assert.deepEqual(asked.slack.violations, []);
});

test('what cannot be stored is not acked, and comes again', async () => {
  await using here = await connectedSource();
  const { asked } = here;
  here.store = async () => false;
  const told = say(asked);
  await here.until(() => here.came.length === 1);
  here.store = async () => true;
  asked.clock.advance(3_000);
  await told.attempted(1);
  asked.clock.advance(0);
  assert.equal(await told.settled, 'acked');
  assert.deepEqual(here.came, [told.eventId, told.eventId]);
  assert.equal(here.kept.get(told.eventId ?? '')?.headers['x-slack-retry-num'], '1');
});

test('what comes twice, and what comes again since its ack was lost, is one event', async () => {
  await using here = await connectedSource();
  const { asked } = here;
  const { sockets } = asked.slack;
  sockets.copies = 2;
  sockets.lostAcks = 2;
  const told = say(asked);
  await here.until(() => here.came.length === 2 && sockets.lostAcks === 0);
  asked.clock.advance(3_000);
  await told.attempted(1);
  asked.clock.advance(0);
  assert.equal(await told.settled, 'acked');
  await here.until(() => here.came.length === 4);
  assert.deepEqual([...here.kept.keys()], [told.eventId]);
});

test('before Slack ends a connection another one stands, and what comes on either is kept', async () => {
  await using here = await connectedSource();
  const { asked } = here;
  const { sockets } = asked.slack;
  sockets.connections[0]?.disconnect('warning');
  await here.until(() => sockets.connections.length === 2 && here.stands.length === 2);
  assert.deepEqual(open(here), [1, 2]);
  const told = [say(asked), say(asked)];
  assert.deepEqual(await Promise.all(told.map(({ settled }) => settled)), ['acked', 'acked']);
  assert.deepEqual(
    sockets.connections.map(({ envelopes }) => envelopes.length),
    [1, 1],
  );
  sockets.connections[0]?.disconnect('refresh_requested');
  assert.equal(await say(asked).settled, 'acked');
  assert.deepEqual(open(here), [2]);
  assert.deepEqual(
    here.stands.map(({ kind }) => kind),
    ['connected', 'connected'],
  );
});

test('one that is warned, and not ended by Slack, is dropped after a while', async () => {
  await using here = await connectedSource();
  const { slack, clock } = here.asked;
  slack.sockets.connections[0]?.disconnect('warning');
  await here.until(() => here.stands.length === 2);
  clock.advance(15_000);
  await here.until(() => open(here).length === 1);
  assert.deepEqual(open(here), [2]);
});

test('a connection that breaks after a while is replaced at once', async () => {
  await using here = await connectedSource();
  const { asked } = here;
  asked.clock.advance(40_000);
  asked.slack.sockets.connections[0]?.break();
  await here.until(() => here.stands.length === 3);
  assert.deepEqual(
    here.stands.map(({ kind }) => kind),
    ['connected', 'trying', 'connected'],
  );
  assert.equal(await say(asked).settled, 'acked');
});

test('connections that break at once are opened ever more rarely', async () => {
  await using here = await connectedSource();
  const { slack, clock } = here.asked;
  slack.sockets.connections[0]?.break();
  await here.until(() => slack.sockets.connections.length === 2 && here.stands.length === 3);
  for (const [index, pauseMs] of [750, 1_500, 3_000, 6_000].entries()) {
    slack.sockets.connections[index + 1]?.break();
    await clock.timerAt(clock.now() + pauseMs);
    assert.equal(slack.sockets.connections.length, index + 2);
    clock.advance(pauseMs);
    await here.until(() => slack.sockets.open().length === 1 && here.stands.at(-1)?.kind === 'connected');
  }
});

test('a connection on which nothing comes any more is dropped and replaced', async () => {
  await using here = await connectedSource();
  const { asked } = here;
  const { slack, clock } = asked;
  slack.sockets.connections[0]?.goSilent();
  clock.advance(50_000);
  await here.until(() => slack.sockets.connections.length === 2 && open(here).join() === '2');
  assert.deepEqual(here.stands[1], { kind: 'trying', reason: 'Slack fell silent' });
  await here.until(() => here.stands.at(-1)?.kind === 'connected');
  assert.equal(await say(asked).settled, 'acked');
});

test('as long as Slack pings, a connection without events stays; a frozen process is no silence', async () => {
  await using here = await connectedSource();
  const { slack, clock } = here.asked;
  const [connection] = slack.sockets.connections;
  for (let pings = 1; pings <= 60; pings++) {
    clock.advance(10_000);
    await here.until(() => (connection?.pongs ?? 0) >= pings);
  }
  assert.deepEqual([open(here), here.stands.length], [[1], 1]);
});

test('switched off at Slack, it says so, and tries rarely', async () => {
  await using here = await connectedSource();
  const { slack, clock } = here.asked;
  slack.sockets.disable();
  const asked = () => slack.calls.filter((each) => each === 'apps.connections.open').length;
  await clock.timerAt(clock.now() + 300_000);
  assert.match(JSON.stringify(here.stands.at(-1)), /"stopped".*Slack says link_disabled: Socket Mode is switched off/);
  assert.equal(asked(), 1);
  clock.advance(300_000);
  await here.until(() => asked() === 2);
  await here.until(() => /"stopped".*access_denied/.test(JSON.stringify(here.stands.at(-1))));
  slack.sockets.isDisabled = false;
  await clock.timerAt(clock.now() + 300_000);
  clock.advance(300_000);
  await here.until(() => here.stands.at(-1)?.kind === 'connected');
});
