import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aStoredEvent, startApplicationDouble } from '../../../tests/doubles/application-double.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { standardKeysOf, verifyStandard } from '../../shared/standard-webhooks.ts';
import { outcomeOf } from './answer.ts';
import { forwardDestination } from './forward-destination.ts';
import { headersOf } from './headers.ts';
import { DEFAULTS, secretProblem } from './settings.ts';

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NOTIFICATION = { ...aNotification(anActivity()), tries: 2 };

test('what was stored goes along; hop by hop, forged and broken headers do not', () => {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-github-event': 'push',
    host: 'old.example.org',
    'x-forwarded-for': '203.0.113.9',
    'proxy-authorization': 'Basic x',
    'tidings-verified': 'forged',
    'tidings-extra': 'forged',
    'x-broken': 'a\r\nx-injected: 1',
    'x broken': '1',
    'x-far': 'Grüße 🎉',
    'x-absent': undefined,
  };
  const sent = headersOf(aStoredEvent({ id: 12, headers, source: 'größe', origin: 'poll' }), NOTIFICATION, {
    'x-hub': 'sig',
  });
  assert.deepEqual(sent, {
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': 'evt_12',
    'x-hub': 'sig',
    'x-github-event': 'push',
    'tidings-event': '12',
    'tidings-source': 'gr%C3%B6%C3%9Fe',
    'tidings-attempt': '3',
    'tidings-replay': 'false',
    'tidings-received-at': '2026-01-01T00:00:00.000Z',
    'tidings-verified': 'false',
  });
});

test('an id that its provider signs stays', () => {
  const event = aStoredEvent({ headers: { 'webhook-id': 'msg_1' } });
  assert.equal(headersOf(event, NOTIFICATION, {})['webhook-id'], 'msg_1');
});

const answered = (status: number, headers = {}) =>
  outcomeOf(
    { kind: 'answered', status, headers: new Headers(headers), text: 'no' },
    'http://app.test/hook',
    [400, 422],
    0,
  );

test('most answers are tried again; what redirects or is gone holds the lane; what the application refuses is given up', () => {
  const kinds = (...statuses: readonly number[]) => new Set(statuses.map((status) => answered(status).kind));
  assert.deepEqual([...kinds(200, 202, 204)], ['sent']);
  assert.deepEqual([...kinds(401, 403, 404, 405, 408, 409, 425, 429, 500, 503, 599)], ['retry']);
  assert.deepEqual([...kinds(301, 307, 308, 410)], ['broken']);
  assert.deepEqual([...kinds(400, 422)], ['rejected']);
  assert.deepEqual(answered(404, { 'retry-after': '7' }), {
    kind: 'retry',
    reason: 'http://app.test answered 404 "no"; check the path in url',
    retryAfterMs: 7_000,
  });
});

test('by its own key it is signed as Standard Webhooks says', async () => {
  await using application = await startApplicationDouble();
  const settings = {
    ...DEFAULTS,
    url: new Secret(application.url),
    signature: 'standard',
    secret: new Secret(KEY),
  } as const;
  const resign = () => assert.fail('nobody asked');
  const app = forwardDestination({ name: 'app', settings, clock: systemClock, resign });
  const event = aStoredEvent({ headers: { 'webhook-id': 'msg_1' }, body: Buffer.from([0xff, 0x00, 0x0a]) });
  const given = { signal: new AbortController().signal, earlier: null, stored: async () => event };
  await app.send({ kind: 'single', notification: NOTIFICATION }, given);
  const [taken] = application.taken;
  assert(taken);
  assert.deepEqual([[...taken.body], taken.headers['webhook-id']], [[0xff, 0x00, 0x0a], 'evt_1']);
  assert.equal(verifyStandard(standardKeysOf([new Secret(KEY)]), { ...taken, now: Date.now() }, 'webhook'), 1);
});

test('a secret that signs nothing is not taken for one', () => {
  assert.equal(secretProblem(KEY), undefined);
  for (const text of ['', 'whsec_', 'whsec_abc', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_YWJj']) {
    assert.match(secretProblem(text) ?? '', /^must be whsec_/);
  }
});
