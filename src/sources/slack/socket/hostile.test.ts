import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { HOME, MONA, startAsked } from '../../../../tests/doubles/slack/asking.ts';
import {
  connectedSource,
  type ListeningSource,
  listeningSource,
} from '../../../../tests/doubles/slack/listening-source.ts';
import { FULL } from '../../../../tests/support/long-form.ts';

/** Sends it on the newest connection, word for word. */
function send({ asked: { slack } }: ListeningSource, ...texts: readonly string[]): void {
  for (const text of texts) slack.sockets.connections.at(-1)?.peer.send(text);
}

function envelope(n: number, more: object = {}): string {
  const payload = {
    type: 'event_callback',
    event_id: `Ev${n}`,
    event: { type: 'app_mention', text: 'x'.repeat(3_000) },
  };
  return JSON.stringify({ envelope_id: `e${n}`, type: 'events_api', payload, ...more });
}

/** Nothing that opens anything may be in what is logged, or said of how it stands. */
function holdsNoSecret({ logged, stands }: ListeningSource): void {
  assert.doesNotMatch(JSON.stringify([logged, stands]), /xapp-|ticket/);
}

test('nonsense is left out and not acked, one line is logged for all of it, and what comes behind it is kept', async () => {
  await using here = await connectedSource();
  const nonsense = ['', 'null', '[]', '{', '7', '{"type":"events_api"}', envelope(1, { envelope_id: null })];
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const more = [
    envelope(2, { envelope_id: 'x'.repeat(300) }),
    envelope(3, { type: 'hullo' }),
    '{"type":"disconnected"}',
  ];
  send(here, ...nonsense, deep, ...more, envelope(4));
  await here.until(() => here.kept.size === 1);
  assert.deepEqual([...here.kept.keys()], ['Ev4']);
  assert.equal(here.logged.filter((line) => line.includes('it is left out')).length, 1);
  const [connection] = here.asked.slack.sockets.connections;
  assert.equal(connection?.isOpen, true);
  holdsNoSecret(here);
});

test('a message that is far too large ends the connection, and another one is opened', async () => {
  await using here = await connectedSource();
  send(here, envelope(1, { padding: 'x'.repeat(3 * 1024 * 1024) }));
  await here.until(() => here.asked.slack.sockets.connections.length === 2 && here.stands.length === 3);
  assert.match(JSON.stringify(here.stands[1]), /a message of more than 2097152 bytes/);
});

test('thousands of events at once: all are kept, and while the inbox is slow Slack has to wait', async () => {
  const count = FULL ? 30_000 : 3_000;
  await using here = await connectedSource();
  let inHand = 0;
  let most = 0;
  here.store = async () => {
    most = Math.max(most, ++inHand);
    await new Promise((resolve) => setImmediate(resolve));
    inHand--;
    return true;
  };
  for (let n = 0; n < count; n++) send(here, envelope(n));
  await here.until(() => here.kept.size === count);
  const bytes = envelope(count).length;
  assert.ok(most * bytes < 9 * 1024 * 1024, `${most} in hand`);
});

test('what is in hand when it is over is stored and acked; what comes behind it is not read', async () => {
  await using here = await connectedSource();
  const stored = Promise.withResolvers<boolean>();
  here.store = () => stored.promise;
  const [told] = here.asked.slack.people.say({ channel: HOME, user: MONA.id, text: 'x' }).deliveries;
  await here.until(() => here.came.length === 1);
  const over = here.stop();
  stored.resolve(true);
  await over;
  assert.equal(await told?.settled, 'acked');
});

test('a server that takes the connection and says nothing is left after a while', async () => {
  const asked = await startAsked();
  asked.slack.sockets.isMute = true;
  await using here = await listeningSource({ asked });
  await here.until(() => asked.slack.sockets.open().length === 1);
  await asked.clock.timerAt(asked.clock.now() + 15_000);
  asked.clock.advance(15_000);
  await here.until(() => here.stands.length === 1 && asked.slack.sockets.open().length === 0);
  assert.deepEqual(here.stands, [{ kind: 'trying', reason: 'Slack did not say hello' }]);
});

test('whatever answers in Slack’s place sends us nowhere else, and not unencrypted', async () => {
  const answers: readonly (readonly [answer: object | string, RegExp])[] = [
    [{ ok: true, url: 'wss://evil.example/?ticket=a-ticket' }, /"stopped".*evil\.example, which is not Slack's/],
    [{ ok: true, url: 'ws://wss-primary.slack.com/?ticket=a-ticket' }, /"trying".*not encrypted/],
    [{ ok: true, url: 'https://slack.com/?ticket=a-ticket' }, /"trying".*none of a WebSocket/],
    [{ ok: true, url: 'ticket' }, /"stopped".*nowhere/],
    [{ ok: true }, /"trying".*not as it does/],
    [{ ok: false, error: 'invalid_auth' }, /"stopped".*not valid/],
    [{ ok: false, error: 'missing_scope' }, /"stopped".*connections:write/],
    [{ ok: false, error: 'fatal_error' }, /"trying".*fatal_error/],
    [{ ok: false, error: '<b>\n' }, /"stopped".*Slack says b/],
    ['<html>Log in</html>', /"trying".*not as it does/],
  ];
  let answer: object | string = '';
  const server = createServer((_, response) =>
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  for (const [given, says] of answers) {
    answer = given;
    await using here = await listeningSource({ apiUrl });
    await here.until(() => here.stands.length === 1);
    assert.match(JSON.stringify(here.stands), says);
    holdsNoSecret(here);
  }
  server.close();
  server.closeAllConnections();
});

test('asked to slow down, it waits as long as it was told', async () => {
  const asked = await startAsked();
  asked.slack.failNext('apps.connections.open', { status: 429, error: 'ratelimited', retryAfter: 20 });
  await using here = await listeningSource({ asked });
  await asked.clock.timerAt(asked.clock.now() + 20_000);
  asked.clock.advance(20_000);
  await here.until(() => here.stands.at(-1)?.kind === 'connected');
  assert.deepEqual(asked.slack.violations, []);
});

test('of eleven connections the last is told so, and tries rarely', async () => {
  const asked = await startAsked();
  await using stack = new AsyncDisposableStack();
  for (let n = 0; n < 10; n++) stack.use(await connectedSource({ asked }));
  const last = stack.use(await listeningSource({ asked }));
  await last.until(() => last.stands.length === 1);
  assert.match(JSON.stringify(last.stands), /"stopped".*too_many_websockets: ten connections/);
});
