import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { test } from 'node:test';
import { aNotification, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { outcomeOf } from './answer.ts';
import { httpDestination } from './http-destination.ts';
import { signatureHeaders, signingKey } from './sign.ts';

const context = { signal: new AbortController().signal, earlier: null };
const KEY = new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
const clock: Clock = { ...systemClock, now: () => 1_614_265_330_500 };

async function endpoint(statuses: number[]) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('the signature is that of the vector published with Standard Webhooks', () => {
  const headers = signatureHeaders(
    signingKey('x', KEY),
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330,
    '{"test": 2432232314}',
  );
  assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('an activity is posted as JSON, signed, under an id that stays the same at every try', async () => {
  await using server = await endpoint([503, 200]);
  const destination = httpDestination({ name: 'ops', url: new Secret(server.url), secret: KEY, clock });
  assert.equal((await destination.send(single(anActivity()), context)).kind, 'retry');
  assert.deepEqual(await destination.send(single(anActivity()), context), { kind: 'sent', answer: '200' });
  const [first, second] = server.received;
  assert.equal(first?.headers['webhook-id'], 'ntf_1');
  assert.deepEqual([first?.headers['webhook-id'], first?.body], [second?.headers['webhook-id'], second?.body]);
  assert.equal(first?.headers['content-type'], 'application/json');
  const expected = signatureHeaders(signingKey('x', KEY), 'ntf_1', 1_614_265_330, first?.body ?? '');
  assert.equal(first?.headers['webhook-signature'], expected['webhook-signature']);
  assert.equal(first?.headers['webhook-timestamp'], '1614265330');
  const json = JSON.parse(first?.body ?? '');
  assert.equal(json.type, 'issues.opened');
  assert.equal(json.timestamp, '2026-01-01T00:00:00.000Z');
  assert.deepEqual([json.data.eventId, json.data.rule, json.data.subject.handle], [1, 'default', '#12']);
});

test('without a secret nothing is signed', async () => {
  await using server = await endpoint([]);
  await httpDestination({ name: 'ops', url: new Secret(server.url), secret: null, clock }).send(
    single(anActivity()),
    context,
  );
  assert.equal(server.received[0]?.headers['webhook-signature'], undefined);
  assert.equal(server.received[0]?.headers['webhook-id'], 'ntf_1');
});

test('whom the rule calls comes along', async () => {
  await using server = await endpoint([]);
  const mentions = [{ name: 'acme/backend', ids: { slack: 'S012AB' } }];
  await httpDestination({ name: 'ops', url: new Secret(server.url), secret: null }).send(
    single(anActivity(), mentions),
    context,
  );
  assert.deepEqual(JSON.parse(server.received[0]?.body ?? '').data.mentions, [
    { name: 'acme/backend', slack: 'S012AB' },
  ]);
});

test('a time that cannot be is replaced by when it came in', async () => {
  await using server = await endpoint([]);
  const destination = httpDestination({ name: 'ops', url: new Secret(server.url), secret: null });
  await destination.send({ kind: 'single', notification: aNotification(anActivity({ occurredAt: 1e20 })) }, context);
  assert.equal(JSON.parse(server.received[0]?.body ?? '').timestamp, '2026-01-01T00:00:00.000Z');
});

test('a secret of another form is refused in words that do not show it', () => {
  for (const bad of ['not base64!', 'whsec_', 'c2hvcnQ=']) {
    assert.throws(
      () => signingKey('ops', new Secret(bad)),
      (error: Error) => {
        assert.match(error.message, /destination "ops".*openssl rand/s);
        return bad === 'whsec_' || !error.message.includes(bad);
      },
    );
  }
});

test('an answer that repeats its path shows it to nobody, whatever the path looks like', () => {
  const answered = { kind: 'answered', status: 404, headers: new Headers(), text: 'Cannot POST /team/a?b=c' } as const;
  const outcome = outcomeOf(answered, 'https://x.test/team/a?b=c', 0);
  assert.match('reason' in outcome ? outcome.reason : '', /^https:\/\/x\.test answered 404 "Cannot POST \[secret\]"/);
});

test('an answer is transient, final or unknown, and says what to do without showing the query', () => {
  const outcomeFor = (status: number, retryAfter?: string) =>
    outcomeOf(
      { kind: 'answered', status, headers: new Headers(retryAfter ? { 'retry-after': retryAfter } : {}), text: 'x' },
      'https://x.test/hook?key=hush',
      0,
    );
  for (const status of [408, 425, 429, 500, 503]) assert.equal(outcomeFor(status).kind, 'retry');
  for (const status of [400, 401, 404, 410, 422]) {
    const outcome = outcomeFor(status);
    assert.equal(outcome.kind, 'rejected');
    assert.doesNotMatch('reason' in outcome ? outcome.reason : '', /hush/);
  }
  const moved = outcomeFor(301);
  assert.match(
    moved.kind === 'broken' ? moved.reason : '',
    /^https:\/\/x\.test redirects \(301\); set url to the final address$/,
  );
  const busy = outcomeFor(503, '7');
  assert.equal(busy.kind === 'retry' && busy.retryAfterMs, 7000);
  assert.equal(outcomeOf({ kind: 'lost', reason: 'x' }, 'https://x.test', 0).kind, 'unknown');
});
