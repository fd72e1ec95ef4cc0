import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../../tests/jobs/test-clock.ts';
import type { NewEvent } from '../../model/event.ts';
import { type Inbox, InboxUnavailableError } from '../../model/inbox.ts';
import type { HeardEvent, ListenContext } from '../../model/listen/listen-context.ts';
import { listeningCursor, parseListening } from '../../model/listen/listening.ts';
import type { Listener } from '../../model/source.ts';
import { UNCOUNTED } from '../../model/telemetry.ts';
import { createLog } from '../../shared/log.ts';
import { OwnedLane } from '../owned-lane.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { runListening } from './listen.ts';

const TTL = DEFAULT_TIMING.leaseTtlMs;

function heard(id: string): HeardEvent {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer x' };
  return { deliveryId: id, guid: id, type: 'message', headers, body: Buffer.from('{}') };
}

/** The lane, with one source whose connections are what was given to `listen`, until each is over. */
function lane(listen?: (context: ListenContext) => Promise<void>) {
  const clock = new TestClock();
  const stopping = new AbortController();
  const lease = { lane: 'listen', owner: 'one', epoch: 1, notBefore: 0, failures: 0, broken: null, held: null };
  const owned = new OwnedLane(lease, clock, stopping.signal);
  const renew = () => owned.renew({ monotonic: clock.monotonic(), wall: clock.now() }, TTL, lease);
  renew();
  const given: ListenContext[] = [];
  const stored: NewEvent[] = [];
  const cursors = new Map<string, string>();
  const counted: string[] = [];
  const logged: string[] = [];
  const inbox: { isFull: boolean; readonly port: Inbox } = {
    isFull: false,
    port: {
      append: async (event: NewEvent) => {
        if (inbox.isFull) throw new InboxUnavailableError('disk full');
        const before = stored.findIndex(({ deliveryId }) => deliveryId === event.deliveryId);
        if (before < 0) stored.push(event);
        return { status: before < 0 ? 'accepted' : 'duplicate', id: before < 0 ? stored.length : before + 1 };
      },
      remember: async (name: string, value: string) => void cursors.set(name, value),
    } as Partial<Inbox> as Inbox,
  };
  const changes = new Set<() => void>();
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => holds() && (changes.delete(look), resolve());
      changes.add(look);
      look();
    });
  const source = {
    name: 'workspace',
    storedHeaders: ['content-type'],
    listen: async (context: ListenContext) => {
      given.push(context);
      for (const look of changes) look();
      if (listen) return listen(context);
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve(), { once: true }));
    },
  } as Partial<Listener> as Listener;
  const context = {
    inbox: inbox.port,
    telemetry: {
      ...UNCOUNTED,
      received: (_: string, result: string) => void counted.push(result),
      listening: (_: string, isConnected: boolean | null) => void counted.push(`connected ${isConnected}`),
    },
    clock,
    random: () => 0,
    log: createLog('info', { write: (line) => void logged.push(JSON.parse(line).msg) }),
    timing: DEFAULT_TIMING,
    shutdown: { stopping: stopping.signal, aborting: stopping.signal, quitting: stopping.signal },
  };
  const ended = runListening({ context, listeners: [source] }, owned);
  const stop = async () => {
    stopping.abort();
    owned.wake.raise();
    await ended;
  };
  return { clock, owned, renew, given, stored, cursors, counted, logged, inbox, until, ended, stop };
}

test('what is heard is stored as what came when it happened, without what is not to be kept of it', async () => {
  const here = lane();
  const [context] = here.given;
  assert.deepEqual(await context?.keep(heard('a')), 'accepted');
  assert.deepEqual(await context?.keep(heard('a')), 'duplicate');
  const [event] = here.stored;
  assert.deepEqual(
    [event?.source, event?.origin, event?.secretNo, event?.headers, event?.receivedAt],
    ['workspace', 'webhook', 0, { 'content-type': 'application/json' }, here.clock.now()],
  );
  assert.deepEqual(here.counted, ['accepted', 'duplicate']);
  await here.stop();
});

test('what cannot be stored is said to be unavailable, and one line of many says why', async () => {
  const here = lane();
  const [context] = here.given;
  here.inbox.isFull = true;
  for (let n = 0; n < 50; n++) assert.equal(await context?.keep(heard(`${n}`)), 'unavailable');
  here.inbox.isFull = false;
  assert.equal(await context?.keep(heard('0')), 'accepted');
  assert.equal(here.logged.length, 1);
  assert.match(here.logged[0] ?? '', /could not be stored/);
  await here.stop();
});

test('how it stands is logged and kept when it changes, without secrets', async () => {
  const here = lane();
  const [context] = here.given;
  const reason = 'Slack says xapp-1-A0000001-3333-aVerySecretToken';
  for (const standing of [{ kind: 'connected' }, { kind: 'connected' }, { kind: 'stopped', reason }] as const) {
    context?.stands(standing);
  }
  await here.stop();
  const kept = parseListening(here.cursors.get(listeningCursor('workspace')) ?? null);
  assert.deepEqual(kept, { standing: { kind: 'stopped', reason: 'Slack says [secret]' }, since: here.clock.now() });
  assert.equal(here.logged.length, 2);
  assert.doesNotMatch(here.logged.join(), /xapp-1-A/);
  assert.deepEqual(here.counted, ['connected true', 'connected false', 'connected null']);
});

test('a lane that is lost ends the connection', async () => {
  const here = lane();
  here.owned.lose();
  await here.ended;
  assert.equal(here.given[0]?.signal.aborted, true);
});

test('a lease that is not renewed in time ends it too, and once it is renewed there is another', async () => {
  const here = lane();
  here.clock.advance(TTL - 1);
  here.renew();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(here.given[0]?.signal.aborted, false);
  here.clock.advance(TTL);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([here.given[0]?.signal.aborted, here.given.length], [true, 1]);
  here.renew();
  await here.until(() => here.given.length === 2);
  assert.equal(here.given[1]?.signal.aborted, false);
  await here.stop();
});

test('one that ends by a bug begins again after a pause, and holds up no stop', async () => {
  const here = lane(async () => Promise.reject(new Error('a bug')));
  for (let times = 1; times <= 2; times++) {
    await here.clock.timerAt(here.clock.now() + 30_000);
    assert.equal(here.given.length, times);
    here.renew();
    for (let seconds = 0; seconds < 30; seconds += 5) {
      here.clock.advance(5_000);
      here.renew();
    }
    await here.until(() => here.given.length === times + 1);
  }
  assert.match(here.logged.join(), /ended by a bug/);
  await here.stop();
});

for (const text of [
  null,
  '',
  'null',
  '{',
  '7',
  '{"kind":"connected"}',
  '{"kind":"trying","since":1}',
  '{"kind":"x","since":1}',
]) {
  test(`what is kept of it may be ${text}: then it is not known`, () => {
    assert.equal(parseListening(text), null);
  });
}
