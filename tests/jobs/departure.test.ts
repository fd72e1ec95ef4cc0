import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpDestination } from '../../src/destinations/http/http-destination.ts';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import type { Destination } from '../../src/model/destination.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { Secret } from '../../src/shared/secret.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { onThreads } from '../support/without-threads.ts';
import { TestClock } from './test-clock.ts';
import { notificationsOf, SENT, Workshop } from './workshop.ts';

/** Frozen for longer than any lease: this process did nothing, and its clocks went on. */
const FROZEN_MS = 3_600_000;

/** A jump of the test's clock rings all timers at once; this one is set when the process thaws. */
const timing = { abortGraceMs: 2 * FROZEN_MS };

/** An inbox whose last look at a lease is `look`; all else is real. */
const looking = (inbox: Inbox, look: Inbox['owns']): Inbox => ({ ...inbox, owns: look });

test('frozen between the record of the attempt and the socket: the request is not made, and nothing is in doubt', async (t) => {
  await using endpoint = await startEndpointDouble();
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox(shop.clock, onThreads);
  let looks = 0;
  const frozenOnce = looking(inbox, async (lease, leastMs) => {
    if (looks++ === 0) clock.advance(FROZEN_MS);
    return inbox.owns(lease, leastMs);
  });
  shop.worker(frozenOnce, [httpDestination({ name: 'audit', url: new Secret(endpoint.url), secret: null, clock })], {
    timing,
  });
  const ids = await shop.feed(inbox, ['late'], ['audit']);
  await shop.settled(1);
  assert.deepEqual([endpoint.told.length, shop.attempts()[0]?.['outcome']], [0, 'retry']);
  const [late] = await notificationsOf(inbox, ids);
  assert.deepEqual([late?.state, late?.attempts[0]?.outcome], ['queued', 'retry']);
  assert.match(late?.attempts[0]?.detail ?? '', /before anything was sent|no longer held the lane/);
});

test('frozen after the store has said yes: our own clock is looked at last', async (t) => {
  await using slack = await startSlackDouble();
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox(shop.clock, onThreads);
  const webhookUrl = new Secret(slack.webhookUrl());
  const frozen = looking(inbox, async (lease, leastMs) => {
    const held = await inbox.owns(lease, leastMs);
    clock.advance(FROZEN_MS);
    return held;
  });
  shop.worker(frozen, [slackDestination({ name: 'team', webhookUrl, perSecond: 1, clock })], { timing });
  await shop.feed(inbox, ['late'], ['team']);
  await shop.settled(1);
  assert.deepEqual([slack.requests, shop.attempts()[0]?.['outcome']], [0, 'retry']);
  assert.match(String(shop.attempts()[0]?.['detail']), /not sent: this worker no longer held the lane/);
});

test('frozen between the last look and the socket: nobody can know before, and it is said after', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox(shop.clock, onThreads);
  const frozen = shop.destination('team');
  const send: Destination['send'] = async (_message, { departure }) => {
    assert.equal(await departure?.mayLeave(), true);
    clock.advance(FROZEN_MS);
    departure?.hasLeft();
    return SENT;
  };
  shop.worker(inbox, [{ ...frozen, send }], { timing });
  await shop.feed(inbox, ['late'], ['team']);
  await shop.until(() => shop.said(/a request left late/));
  await shop.settled(1);
});

test('over a connection that stands already a message leaves on the word that recorded its attempt', async (t) => {
  await using slack = await startSlackDouble({ enforceRate: false });
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox(shop.clock, onThreads);
  const looks: number[] = [];
  const counted = looking(inbox, (lease, leastMs) => {
    looks.push(slack.requests);
    return inbox.owns(lease, leastMs);
  });
  shop.worker(counted, [slackDestination({ name: 'team', webhookUrl: new Secret(slack.webhookUrl()), perSecond: 0 })]);
  for (const [index, title] of ['connects', 'next', 'last'].entries()) {
    await shop.feed(inbox, [title], ['team']);
    await shop.settled(index + 1);
  }
  assert.deepEqual([slack.requests, looks], [3, [0]]);
});

test('frozen since the attempt was recorded: our own clock is looked at last there, too', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox(shop.clock, onThreads);
  const send: Destination['send'] = async (_message, { departure }) => {
    clock.advance(FROZEN_MS);
    assert.equal(await departure?.mayLeave(), false);
    return SENT;
  };
  const team = { ...shop.destination('team', () => SENT, { mayForgetAttempts: true }), send };
  shop.worker(
    looking(inbox, async () => assert.fail('the store has just looked')),
    [team],
    { timing },
  );
  await shop.feed(inbox, ['late'], ['team']);
  await shop.settled(1);
  assert.equal(shop.attempts()[0]?.['outcome'], 'retry');
  assert.equal(shop.said(/could not ask/), false);
});

test('a lane that another took while our own clocks stood still: nothing is sent, and only the other records', async (t) => {
  await using endpoint = await startEndpointDouble();
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox(shop.clock, onThreads);
  const late = await shop.inbox({ ...shop.clock, now: () => shop.clock.now() + FROZEN_MS });
  const overtaken = looking(inbox, async (lease, leastMs) => {
    assert.equal((await late.acquire('other', ['audit'], FROZEN_MS)).length, 1);
    return inbox.owns(lease, leastMs);
  });
  shop.worker(overtaken, [httpDestination({ name: 'audit', url: new Secret(endpoint.url), secret: null })]);
  const ids = await shop.feed(inbox, ['late'], ['audit']);
  await shop.until(() => shop.said(/another worker holds this lane now/));
  const [notification] = await notificationsOf(inbox, ids);
  // Unknown: that lease is from a clock ahead, so the lane may have been taken back by now.
  const outcome = notification?.attempts[0]?.outcome;
  assert.ok(outcome === null || outcome === 'unknown', `${outcome}`);
  assert.equal(endpoint.told.length, 0);
});

test('while the store cannot be asked nothing leaves: its answer could not be recorded either', async (t) => {
  await using endpoint = await startEndpointDouble();
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox(shop.clock, onThreads);
  let looks = 0;
  const away = looking(inbox, async (lease, leastMs) => {
    if (looks++ === 0) throw new InboxUnavailableError('away');
    return inbox.owns(lease, leastMs);
  });
  shop.worker(away, [httpDestination({ name: 'audit', url: new Secret(endpoint.url), secret: null })]);
  const ids = await shop.feed(inbox, ['once'], ['audit']);
  await shop.settled(2);
  const [once] = await notificationsOf(inbox, ids);
  assert.deepEqual(
    once?.attempts.map(({ outcome }) => outcome),
    ['retry', 'sent'],
  );
  assert.equal(endpoint.told.length, 1);
});

test('who takes over an attempt without outcome waits the pace: it may have arrived this moment', async (t) => {
  const clock = new TestClock();
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox(shop.clock, onThreads);
  const expanding = shop.worker(inbox, []);
  await shop.feed(inbox, ['uncertain'], ['team']);
  await shop.until(() => shop.said(/event routed/));
  await expanding.stop();
  const [lease] = await inbox.acquire('killed', ['team'], 1);
  assert(lease);
  const { notifications } = await inbox.waiting('team', 1);
  await inbox.begin(lease, [{ request: 'single', notifications: notifications.map(({ id }) => id) }]);
  clock.advance(1);
  const team = shop.destination('team', () => SENT, { intervalMs: 1_020 });
  shop.worker(inbox, [team]);
  const takenAt = clock.now();
  await clock.timerAt(takenAt + 1_020);
  clock.advance(1_020);
  await shop.settled(1);
  assert.equal(team.sends[0]?.startedAt, takenAt + 1_020);
});
