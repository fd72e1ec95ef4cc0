import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Inbox } from '../../src/model/inbox.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { SENT, Workshop } from './workshop.ts';

const HOUR_MS = 3_600_000;

/** The machine's clock, ahead by as much as the test says. */
function clockAhead(aheadMs: number): Clock & { aheadMs: number } {
  const clock = { ...systemClock, aheadMs, now: () => systemClock.now() + clock.aheadMs };
  return clock;
}

/** What a worker leaves that told something, by its clock, a moment ago. */
async function leave(inbox: Inbox, clock: Pick<Clock, 'now'>, failures = 0): Promise<void> {
  const [, team] = await inbox.acquire('killed', ['expand', 'team'], 10_000);
  assert(team);
  await inbox.end(team, [], { notBefore: clock.now() + 20, failures });
}

test('a worker that was killed while the clock was ahead keeps nobody from its lanes', async (t) => {
  const shop = await Workshop.open(t);
  const ahead = clockAhead(HOUR_MS);
  await leave(await shop.inbox(ahead), ahead);
  const inbox = await shop.inbox();
  const team = shop.destination('team', undefined, { intervalMs: 20 });
  shop.worker(inbox, [team]);
  await shop.feed(inbox, ['at once'], ['team']);
  await shop.settled(1);
  assert.deepEqual(team.sends[0]?.titles, ['at once']);
});

test('a worker that stopped while the clock was ahead leaves no pause behind but its pace', async (t) => {
  const shop = await Workshop.open(t);
  const ahead = clockAhead(HOUR_MS);
  const before = await shop.inbox(ahead);
  await leave(before, ahead);
  await before.release('killed');
  const inbox = await shop.inbox();
  const team = shop.destination('team', undefined, { intervalMs: 20 });
  shop.worker(inbox, [team]);
  await shop.feed(inbox, ['at once'], ['team']);
  await shop.settled(1);
  assert.equal(team.sends.length, 1);
});

test('a pause that was stored by a clock an hour ahead, as machines at one Postgres may have them, lasts a minute', async (t) => {
  const shop = await Workshop.open(t);
  const { promise: waited, resolve } = Promise.withResolvers<number>();
  const after: Clock['after'] = (ms, work) => {
    if (ms > 30_000) resolve(ms);
    return systemClock.after(ms, work);
  };
  const inbox = await shop.inbox();
  await leave(inbox, clockAhead(HOUR_MS), 1);
  await inbox.release('killed');
  const team = shop.destination('team', undefined, { intervalMs: 20 });
  shop.worker(inbox, [team], { clock: { ...systemClock, after } });
  await shop.feed(inbox, ['later'], ['team']);
  assert.equal(Math.round((await waited) / 1_000), 60);
});

test('a clock that is set back while a worker runs leaves it at its pace', async (t) => {
  const clock = clockAhead(HOUR_MS);
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const team = shop.destination('team', undefined, { intervalMs: 20 });
  shop.worker(inbox, [team]);
  await shop.feed(inbox, ['before'], ['team']);
  await shop.settled(1);
  clock.aheadMs = 0;
  await shop.feed(inbox, ['after'], ['team']);
  await shop.settled(2);
  assert.deepEqual(
    team.sends.flatMap(({ titles }) => titles),
    ['before', 'after'],
  );
});

test('a clock that is set back during the pause of a lane does not make it longer', async (t) => {
  const clock = clockAhead(HOUR_MS / 2);
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const answer = (_message: unknown, _signal: unknown, attempt: number) =>
    attempt > 1 ? SENT : ({ kind: 'retry', reason: 'away', retryAfterMs: 300 } as const);
  const team = shop.destination('team', answer);
  shop.worker(inbox, [team]);
  await shop.feed(inbox, ['after the pause'], ['team']);
  await shop.settled(1);
  clock.aheadMs = 0;
  await shop.settled(2);
  assert.equal(team.sends.length, 2);
});

test('a clock that is set ahead between two messages leaves the pace between them', async (t) => {
  const clock = clockAhead(0);
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const times: number[] = [];
  const answer = () => {
    times.push(clock.monotonic());
    return { kind: 'sent', answer: 'ok' } as const;
  };
  shop.worker(inbox, [shop.destination('team', answer, { intervalMs: 250 })]);
  await shop.feed(inbox, ['before'], ['team']);
  await shop.settled(1);
  // Less than would take the lease.
  clock.aheadMs = 2_000;
  await shop.feed(inbox, ['after'], ['team']);
  await shop.settled(2);
  const [before = 0, after = 0] = times;
  assert.ok(after - before >= 250, `${after - before} ms`);
});
