import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { test } from 'node:test';
import { type Asked, HOME, MONA, startAsked } from './asking.ts';
import type { Delivery } from './deliveries.ts';
import { listen, openUrl } from './listening.ts';

/** A message that the app is told of. */
function said({ slack }: Asked): Delivery {
  const [told] = slack.people.say({ channel: HOME, user: MONA.id, text: 'x' }).deliveries;
  assert.ok(told);
  return told;
}

test('a connection wants the app-level token and its scope', async () => {
  await using asked = await startAsked();
  assert.equal((await asked.ask('apps.connections.open'))['error'], 'not_allowed_token_type');
  assert.equal((await asked.ask('auth.test', {}, asked.slack.appToken))['error'], 'not_allowed_token_type');
  await using narrow = await startAsked({ appScopes: [] });
  const refused = await narrow.ask('apps.connections.open', {}, narrow.slack.appToken);
  assert.deepEqual([refused['error'], refused['needed']], ['missing_scope', 'connections:write']);
});

test('its URL serves once, and says hello with how many there are', async () => {
  await using asked = await startAsked();
  const url = await openUrl(asked);
  using first = await listen(asked, url);
  assert.equal((await first.next('hello'))['num_connections'], 1);
  using second = await listen(asked);
  assert.equal((await second.next('hello'))['num_connections'], 2);
  assert.deepEqual(asked.slack.violations, []);
  using again = await listen(asked, url);
  await again.closed;
  assert.deepEqual(again.got, []);
  assert.equal(asked.slack.violations.length, 1);
});

test('opening is Tier 3: 50 a minute', async () => {
  await using asked = await startAsked({ intervalMs: 1000 });
  asked.slack.spend('apps.connections.open', 49);
  assert.match(await openUrl(asked), /^ws:/);
  assert.equal((await asked.ask('apps.connections.open', {}, asked.slack.appToken)).status, 429);
});

test('events, clicks and commands come in envelopes, and an ack settles each', async () => {
  await using asked = await startAsked();
  const { people } = asked.slack;
  using client = await listen(asked);
  await client.next('hello');
  const { ts } = await asked.post({ text: 'x', blocks: [{ type: 'actions', elements: [WHY] }] });
  const place = { channel: HOME, user: MONA.id };
  const told = {
    events_api: people.say({ ...place, text: 'x' }).deliveries[0],
    interactive: people.press({ ...place, ts, actionId: 'why' }),
    slash_commands: people.command({ ...place, text: 'list' }),
  };
  for (const [type, delivery] of Object.entries(told)) {
    const envelope = await client.next(type);
    assert.deepEqual(envelope['payload'], JSON.parse(JSON.stringify(delivery?.told.payload)));
    assert.equal(envelope['accepts_response_payload'], type !== 'events_api');
    client.ack(envelope, type === 'slash_commands' ? { text: 'hi' } : undefined);
    assert.equal(await delivery?.settled, 'acked');
  }
  assert.deepEqual(told.slash_commands?.attempts, [{ kind: 'acked', payload: { text: 'hi' } }]);
  assert.deepEqual(asked.slack.violations, []);
});

const WHY = { type: 'button', action_id: 'why', text: { type: 'plain_text', text: 'Why?' } };

test('an event that nobody acks comes again: at once, after a minute, after five; then it is given up', async () => {
  await using asked = await startAsked();
  const { clock } = asked;
  using client = await listen(asked);
  await client.next('hello');
  const message = said(asked);
  const ids = new Set<unknown>();
  for (const [attempt, pauseMs] of [0, 0, 60_000, 300_000].entries()) {
    clock.advance(pauseMs);
    const envelope = await client.next('events_api');
    assert.deepEqual(
      [envelope['retry_attempt'], envelope['retry_reason']],
      attempt === 0 ? [undefined, undefined] : [attempt, 'timeout'],
    );
    assert.equal((envelope['payload'] as Record<string, unknown>)['event_id'], message.eventId);
    ids.add(envelope['envelope_id']);
    clock.advance(3000);
    await message.attempted(attempt + 1);
    clock.advance(0);
  }
  assert.equal(await message.settled, 'given up');
  assert.equal(ids.size, 4);
});

test('clicks and commands that nobody acks do not come again', async () => {
  await using asked = await startAsked();
  const told = asked.slack.people.command({ channel: HOME, user: MONA.id, text: 'list' });
  assert.equal(await told?.settled, 'given up');
  assert.equal(told?.attempts.length, 1);
});

test('an ack that comes late, or on another connection, acks nothing', async () => {
  await using asked = await startAsked({ pick: (open) => open[0] });
  const { slack, clock } = asked;
  using holder = await listen(asked);
  await holder.next('hello');
  using other = await listen(asked);
  await other.next('hello');
  const told = said(asked);
  const envelope = await holder.next('events_api');
  other.ack(envelope);
  await slack.until(() => slack.violations.length === 1);
  assert.match(slack.violations[0] ?? '', /not sent here/);
  clock.advance(3000);
  await told.attempted(1);
  holder.ack(envelope);
  const later = said(asked);
  holder.ack(await holder.next('events_api'));
  await later.settled;
  assert.deepEqual(told.attempts, [{ kind: 'failed', reason: 'timeout' }]);
});

test('any one of the connections gets an envelope; a test says which', async () => {
  await using asked = await startAsked({ pick: (open) => open.at(-1) });
  using first = await listen(asked);
  await first.next('hello');
  using second = await listen(asked);
  await second.next('hello');
  for (let i = 0; i < 3; i++) {
    said(asked);
    second.ack(await second.next('events_api'));
  }
  assert.deepEqual(
    first.got.map(({ type }) => type),
    ['hello'],
  );
});

test('an envelope may come twice, with one id', async () => {
  await using asked = await startAsked();
  using client = await listen(asked);
  await client.next('hello');
  asked.slack.sockets.copies = 2;
  said(asked);
  const [one, two] = [await client.next('events_api'), await client.next('events_api')];
  assert.deepEqual(one, two);
});

test('an ack that is lost with its connection brings the event to another', async () => {
  await using asked = await startAsked({ pick: (open) => open[0] });
  const { slack } = asked;
  using first = await listen(asked);
  await first.next('hello');
  using second = await listen(asked);
  await second.next('hello');
  const told = said(asked);
  const { payload } = await first.next('events_api');
  slack.sockets.connections[0]?.break();
  await told.attempted(1);
  slack.deliveries.hurry();
  const again = await second.next('events_api');
  assert.deepEqual([again['payload'], again['retry_attempt']], [payload, 1]);
  second.ack(again);
  assert.equal(await told.settled, 'acked');
});

test('an ack that is lost on its way brings the event again', async () => {
  await using asked = await startAsked();
  const { slack, clock } = asked;
  using client = await listen(asked);
  await client.next('hello');
  slack.sockets.lostAcks = 1;
  const told = said(asked);
  client.ack(await client.next('events_api'));
  await slack.until(() => slack.sockets.lostAcks === 0);
  clock.advance(3000);
  await told.attempted(1);
  clock.advance(0);
  client.ack(await client.next('events_api'));
  assert.equal(await told.settled, 'acked');
});

test('an event without any connection waits for one until its retries are over', async () => {
  await using asked = await startAsked();
  const told = said(asked);
  await told.attempted(1);
  using client = await listen(asked);
  await client.next('hello');
  asked.slack.deliveries.hurry();
  client.ack(await client.next('events_api'));
  assert.equal(await told.settled, 'acked');
});

test('a connection is warned ten seconds before it is refreshed; with debug_reconnects it lives for 360 s', async () => {
  for (const [query, lifeMs] of [
    ['', 18_060_000],
    ['&debug_reconnects=true', 360_000],
  ] as const) {
    await using asked = await startAsked();
    using client = await listen(asked, (await openUrl(asked)) + query);
    const hello = await client.next('hello');
    assert.equal((hello['debug_info'] as Record<string, unknown>)['approximate_connection_time'], lifeMs / 1000);
    asked.clock.advance(lifeMs - 10_001);
    assert.deepEqual(asked.slack.sockets.open().length, 1);
    asked.clock.advance(1);
    assert.equal((await client.next('disconnect'))['reason'], 'warning');
    assert.equal(client.socket.readyState, WebSocket.OPEN);
    asked.clock.advance(10_000);
    assert.equal((await client.next('disconnect'))['reason'], 'refresh_requested');
    await client.closed;
  }
});

test('between warning and refresh the new connection overlaps the old one', async () => {
  await using asked = await startAsked({ pick: (open) => open.at(-1) });
  const { slack } = asked;
  using old = await listen(asked);
  await old.next('hello');
  slack.sockets.connections[0]?.disconnect('warning');
  await old.next('disconnect');
  using fresh = await listen(asked);
  assert.equal((await fresh.next('hello'))['num_connections'], 2);
  old.socket.close();
  await slack.until(() => slack.sockets.open().length === 1);
});

test('the eleventh connection is one too many', async () => {
  await using asked = await startAsked();
  const clients = [];
  for (let i = 0; i < 10; i++) {
    const client = await listen(asked);
    await client.next('hello');
    clients.push(client);
  }
  using last = await listen(asked);
  assert.equal((await last.next('disconnect'))['reason'], 'too_many_websockets');
  await last.closed;
  assert.equal(asked.slack.sockets.open().length, 10);
  for (const client of clients) client.socket.close();
});

test('switched off, it says so to all and opens no more', async () => {
  await using asked = await startAsked();
  using client = await listen(asked);
  await client.next('hello');
  asked.slack.sockets.disable();
  assert.equal((await client.next('disconnect'))['reason'], 'link_disabled');
  await client.closed;
  assert.equal((await asked.ask('apps.connections.open', {}, asked.slack.appToken))['ok'], false);
});

test('the server pings, and a silent connection is known by that it does not', async () => {
  await using asked = await startAsked();
  const { slack, clock } = asked;
  let pings = 0;
  const count = () => pings++;
  diagnostics.subscribe('undici:websocket:ping', count);
  using client = await listen(asked);
  await client.next('hello');
  const [connection] = slack.sockets.connections;
  clock.advance(20_000);
  await slack.until(() => connection?.pongs === 2);
  assert.equal(pings, 2);
  connection?.goSilent();
  clock.advance(60_000);
  // What is answered after them shows that none came before it.
  using other = await listen(asked);
  await other.next('hello');
  assert.deepEqual([pings, connection?.isOpen, client.socket.readyState], [2, true, WebSocket.OPEN]);
  diagnostics.unsubscribe('undici:websocket:ping', count);
});

test('texts of each length, and with letters of all kinds, arrive whole both ways', async () => {
  await using asked = await startAsked();
  using client = await listen(asked);
  await client.next('hello');
  for (const length of [1, 125, 126, 65_535, 65_536, 70_000]) {
    const told = asked.slack.people.command({ channel: HOME, user: MONA.id, text: 'ä'.repeat(length) });
    const envelope = await client.next('slash_commands');
    assert.equal((envelope['payload'] as Record<string, unknown>)['text'], 'ä'.repeat(length));
    client.ack(envelope, { text: '🎉'.repeat(length) });
    await told?.settled;
    assert.deepEqual(told?.attempts, [{ kind: 'acked', payload: { text: '🎉'.repeat(length) } }]);
  }
});
