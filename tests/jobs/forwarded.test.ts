import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { SourceConfig } from '../../src/config/config.ts';
import { forwardDestination } from '../../src/destinations/forward/forward-destination.ts';
import { DEFAULTS, type ForwardSettings } from '../../src/destinations/forward/settings.ts';
import type { Destination } from '../../src/model/destination.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import type { Resign } from '../../src/model/resign.ts';
import { resignAs } from '../../src/run/resign.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { stripeSource } from '../../src/sources/stripe/source.ts';
import { type ApplicationDouble, startApplicationDouble } from '../doubles/application-double.ts';
import { notificationsOf, Workshop } from './workshop.ts';

const UNSIGNED: Resign = async () => ({ ok: true, headers: {} });
const AGAIN_SOON = { baseMs: 5, capMs: 5, maxTries: 1_000 };

function forwarding(
  { url }: ApplicationDouble,
  settings: Partial<ForwardSettings> = {},
  { resign = UNSIGNED, clock = systemClock } = {},
): Destination {
  const all = { ...DEFAULTS, url: new Secret(url), raw: true, ...settings };
  return { ...forwardDestination({ name: 'app', settings: all, clock, resign }), retry: AGAIN_SOON };
}

async function opened(t: TestContext) {
  const application = await startApplicationDouble();
  t.after(() => application[Symbol.asyncDispose]());
  const shop = await Workshop.open(t);
  return { application, shop, inbox: await shop.inbox() };
}

test('an application gets all of a source byte for byte and in order, also what nobody asked for or could read', async (t) => {
  const { application, shop, inbox } = await opened(t);
  const chat = shop.destination('chat');
  const told = await shop.feed(inbox, ['a'], ['chat', 'app']);
  const ids = [...told, ...(await shop.feed(inbox, ['b', 'poison'], []))];
  shop.worker(inbox, [chat, forwarding(application)]);
  await application.waitFor(3);
  await shop.settled(4);
  const stored = await Promise.all(ids.map((id) => inbox.show(id)));
  assert.deepEqual(
    application.taken.map(({ body }) => body.toString('hex')),
    stored.map((each) => each?.body?.toString('hex')),
  );
  assert.deepEqual(
    application.taken.map(({ headers }) => [
      headers['tidings-event'],
      headers['webhook-id'],
      headers['x-github-event'],
    ]),
    ids.map((id) => [String(id), `evt_${id}`, 'issues']),
  );
  assert.deepEqual([application.taken.length, chat.sends.length, application.violations], [3, 1, []]);
  assert.deepEqual(
    stored.map((each) => [each?.state, each?.reason]),
    [
      ['routed', null],
      ['routed', 'app takes all of it; else nobody is told: nobody asked'],
      ['routed', 'app takes all of it; else nobody is told: issue.title is missing'],
    ],
  );
});

test('what other sources receive is not forwarded, nor what was polled, nor what is a copy of something else', async (t) => {
  const { application, shop, inbox } = await opened(t);
  const sent = (source: string, origin: 'webhook' | 'poll' = 'webhook') => {
    const guid = randomUUID();
    const body = Buffer.from(JSON.stringify({ title: origin, to: [] }));
    const ids = { origin, source, deliveryId: guid, guid, type: 'issues', headers: {} } as const;
    return inbox.append({ ...ids, body, receivedAt: Date.now(), secretNo: 1 });
  };
  const polled = await sent('github', 'poll');
  const first = await sent('github');
  const copy = await sent('github');
  const other = { ...forwarding(application, { sources: ['shop'] }), name: 'other' };
  shop.worker(inbox, [forwarding(application, { sources: ['github'] }), other]);
  await application.waitFor(1);
  await shop.settled(1);
  assert.deepEqual([(await inbox.show(copy.id))?.state, application.taken.length], ['quarantined', 1]);
  const notifications = await notificationsOf(inbox, [polled.id, first.id, copy.id]);
  assert.deepEqual(
    notifications.map(({ destination }) => destination),
    ['app'],
  );
});

test('signed when it is sent: after ten minutes of refusals its own library still takes it', async (t) => {
  const { application, shop, inbox } = await opened(t);
  const secrets = [new Secret(`whsec_${'a1'.repeat(16)}`)];
  const stripe = stripeSource({ name: 'shop', secrets });
  let skewMs = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + skewMs };
  const config = { name: 'shop', provider: 'stripe', settings: {}, secrets } as unknown as SourceConfig;
  const guid = 'evt_1Later';
  const body = Buffer.from(`{ "id": "${guid}",\n "object": "event", "type": "charge.failed" }`);
  const ids = { origin: 'webhook', source: 'shop', deliveryId: guid, guid, type: 'charge' } as const;
  const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0' };
  await inbox.append({ ...ids, headers, body, receivedAt: clock.now(), secretNo: 1 });
  application.plan({ status: 503 }, { status: 404 }, { status: 401 });
  const app = forwarding(application, {}, { resign: resignAs({ sources: [config] }), clock });
  const send: Destination['send'] = async (...args) => {
    const outcome = await app.send(...args);
    skewMs += 200_000;
    return outcome;
  };
  shop.worker(inbox, [{ ...app, send }], { sources: new Map([['shop', stripe]]) });
  await application.waitFor(1);
  const [taken] = application.taken;
  assert(taken);
  const request = { method: 'POST', url: application.url, headers: taken.headers, body: taken.body, now: clock.now() };
  const found = await stripe.receive({ ...request, now: clock.now() - 100_000 });
  assert.deepEqual([found.kind, taken.body.equals(body)], ['event', true]);
  assert.deepEqual([taken.headers['tidings-attempt'], taken.headers['user-agent']], ['4', 'Stripe/1.0']);
});

test('replayed on purpose it comes as it was, under another id; without a body it is given up with why', async (t) => {
  const { application, shop, inbox } = await opened(t);
  const [id = 0] = await shop.feed(inbox, ['a'], []);
  const read = { empty: false, away: false };
  const store = {
    ...inbox,
    read: async (after: number, limit: number) => {
      if (read.away) {
        read.away = false;
        throw new InboxUnavailableError('the disk is full');
      }
      return read.empty ? [] : inbox.read(after, limit);
    },
  };
  shop.worker(store, [forwarding(application)]);
  await shop.settled(1);
  read.away = true;
  await inbox.replay({ ids: [id] }, { dryRun: false });
  await shop.settled(3);
  assert.deepEqual(
    application.taken.map(({ headers }) => [
      headers['webhook-id'],
      headers['tidings-replay'],
      headers['tidings-attempt'],
    ]),
    [
      [`evt_${id}`, 'false', '1'],
      [`evt_${id}_1`, 'true', '2'],
    ],
  );
  read.empty = true;
  await inbox.replay({ ids: [id] }, { dryRun: false });
  await shop.settled(4);
  const last = (await notificationsOf(inbox, [id])).at(-1);
  assert.deepEqual([last?.state, application.taken.length], ['dead', 2]);
  assert.match(last?.reason ?? '', /its body is gone, as `retention` says/);
});

test('what cannot be signed holds the lane, and says what to do', async (t) => {
  const { application, shop, inbox } = await opened(t);
  const [id = 0] = await shop.feed(inbox, ['a'], []);
  const resign: Resign = async () => ({ ok: false, reason: 'nobody but Acme can sign as Acme does' });
  shop.worker(inbox, [forwarding(application, {}, { resign })]);
  await shop.settled(1);
  const [only] = await notificationsOf(inbox, [id]);
  assert.deepEqual([only?.state, application.taken.length], ['queued', 0]);
  assert.match(
    only?.attempts[0]?.detail ?? '',
    /cannot be signed: nobody but Acme can sign as Acme does; give this destination a secret/,
  );
});
