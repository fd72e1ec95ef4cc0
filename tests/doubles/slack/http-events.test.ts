import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { button, HOME, MONA, SCOPES, startAsked } from './asking.ts';
import { LastHour } from './http-events.ts';

const SECRET = 'a-signing-secret-of-tests';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An app that answers with these, the last one for good. 0: it does not answer. */
async function startApp(statuses: readonly number[], headers: Readonly<Record<string, string>> = {}) {
  const got: Got[] = [];
  const arrivals = new Set<() => void>();
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const status = statuses[got.length] ?? statuses.at(-1);
      got.push({ headers: incoming.headers, body });
      if (status) response.writeHead(status, headers).end();
      for (const look of arrivals) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/slack`;
  const asked = await startAsked({
    target: { url, signingSecret: SECRET },
    scopes: SCOPES.filter((each) => each !== 'app_mentions:read'),
  });
  return {
    ...asked,
    url,
    got,
    arrived: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => got.length >= count && resolve();
        arrivals.add(look);
        look();
      }),
    say: () => {
      const [told] = asked.slack.people.say({ channel: HOME, user: MONA.id, text: 'x' }).deliveries;
      assert.ok(told);
      return told;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await asked.slack.close();
    },
  };
}

const isSigned = ({ headers, body }: Got) => {
  const base = `v0:${String(headers['x-slack-request-timestamp'])}:${body}`;
  return headers['x-slack-signature'] === `v0=${createHmac('sha256', SECRET).update(base).digest('hex')}`;
};

test('events come as JSON, clicks and commands as forms, each signed over its raw bytes', async () => {
  await using app = await startApp([200]);
  const { people } = app.slack;
  const { ts } = await app.post({ text: 'x', blocks: [button('why')] });
  const event = app.say();
  await event.settled;
  const click = people.press({ channel: HOME, user: MONA.id, ts, actionId: 'why' });
  await click.settled;
  const command = people.command({ channel: HOME, user: MONA.id, text: 'list' });
  await command?.settled;
  const [first, second, third] = app.got;
  assert.deepEqual(JSON.parse(first?.body ?? ''), event.told.payload);
  const form = (got: Got | undefined) => new URLSearchParams(got?.body);
  assert.equal((JSON.parse(form(second).get('payload') ?? '') as Record<string, unknown>)['type'], 'block_actions');
  assert.equal(form(third).get('text'), 'list');
  assert.deepEqual(app.got.map(isSigned), [true, true, true]);
  assert.equal(first?.headers['x-slack-request-timestamp'], String(Math.floor(app.clock.now() / 1000)));
});

test('what is not answered with 2xx comes again three times: at once, after a minute, after five', async () => {
  await using app = await startApp([500]);
  const told = app.say();
  await told.attempted(1);
  for (const [index, pauseMs] of [0, 60_000, 300_000].entries()) {
    if (pauseMs > 0) app.clock.advance(pauseMs - 1);
    assert.equal(app.got.length, index + 1);
    app.clock.advance(1);
    await told.attempted(index + 2);
  }
  assert.equal(await told.settled, 'given up');
  assert.deepEqual(
    app.got.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]),
    [
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ],
  );
  assert.deepEqual(new Set(app.got.map(({ body }) => body)).size, 1, 'with one event id');
  assert.ok(app.got.every(isSigned), 'each signed anew');
});

test('an answer has three seconds', async () => {
  await using app = await startApp([0, 200]);
  const told = app.say();
  await app.arrived(1);
  app.clock.advance(3000);
  await told.attempted(1);
  app.clock.advance(0);
  assert.equal(await told.settled, 'acked');
  assert.equal(app.got[1]?.headers['x-slack-retry-reason'], 'http_timeout');
});

test('an app that asks for no retry gets none; clicks get none anyway', async () => {
  await using app = await startApp([500], { 'x-slack-no-retry': '1' });
  assert.equal(await app.say().settled, 'given up');
  await using other = await startApp([500]);
  const { ts } = await other.post({ text: 'x', blocks: [button('why')] });
  const click = other.slack.people.press({ channel: HOME, user: MONA.id, ts, actionId: 'why' });
  assert.equal(await click.settled, 'given up');
  assert.deepEqual([app.got.length, other.got.length], [1, 1]);
});

test('an address where nobody listens is a failed connection', async () => {
  const target = { url: 'http://127.0.0.1:9/', signingSecret: SECRET };
  await using asked = await startAsked({ target });
  const [told] = asked.slack.people.say({ channel: HOME, user: MONA.id, text: 'x' }).deliveries;
  await told?.attempted(1);
  assert.deepEqual(told?.attempts, [{ kind: 'failed', reason: 'connection_failed' }]);
});

test('below 5 % of success in an hour events are switched off; above 30,000 they are limited', () => {
  const hour = new LastHour();
  for (let i = 0; i < 1000; i++) hour.add(i, i < 50);
  assert.equal(hour.state(1000), 'on');
  hour.add(1000, false);
  assert.equal(hour.state(1000), 'off');
  assert.equal(hour.state(3_600_000 + 999), 'on', 'an hour is over');
  for (let i = 0; i <= 30_000; i++) hour.add(4_000_000 + i, true);
  assert.equal(hour.state(4_030_000), 'limited');
});

test('an app whose events are switched off is told of none', async () => {
  await using app = await startApp([200]);
  const { clock } = app;
  const hour = new LastHour();
  for (let i = 0; i < 1000; i++) hour.add(clock.now(), false);
  await using asked = await startAsked({ clock, target: { url: app.url, signingSecret: SECRET, hour } });
  const [told] = asked.slack.people.say({ channel: HOME, user: MONA.id, text: 'x' }).deliveries;
  assert.equal(await told?.settled, 'given up');
  assert.deepEqual(app.got, []);
});
