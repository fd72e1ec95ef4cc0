import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, OwnedLane } from './owned-lane.ts';

const WELL = { broken: null, held: null };

function owned() {
  const time = { wall: 1_000_000, monotonic: 500 };
  const clock = { now: () => time.wall, monotonic: () => time.monotonic, after: () => () => {} };
  const stopping = new AbortController();
  const lease = { lane: 'team', owner: 'a', epoch: 1, notBefore: 0, failures: 0, broken: null, held: null };
  const lane = new OwnedLane(lease, clock, stopping.signal);
  lane.renew(instant(clock), 10_000, lease);
  return { time, lane, stopping };
}

test('a lease shrinks with the monotonic clock, also when the wall clock is set back', () => {
  const { time, lane } = owned();
  time.monotonic += 4_000;
  time.wall -= 3_600_000;
  assert.equal(lane.remainingMs(), 6_000);
});

test('a lease shrinks with the wall clock while a suspended machine stops the monotonic one', () => {
  const { time, lane } = owned();
  time.wall += 60_000;
  assert(lane.remainingMs() < 0);
});

test('a lane is over when it is lost and when the worker stops', () => {
  const lost = owned().lane;
  lost.lose();
  const { lane, stopping } = owned();
  assert.equal(lane.over, false);
  stopping.abort();
  assert.deepEqual([lost.over, lost.lost.aborted, lane.over, lane.lost.aborted], [true, true, true, false]);
});

test('a lane is resumed by what was asked of the store after it was recorded as broken, not by a renewal under way', () => {
  const { time, lane } = owned();
  const broken = { at: 0, reason: 'gone' };
  const asked = { monotonic: time.monotonic + 10, wall: 0 };
  const since = time.monotonic + 20;
  lane.renew(asked, 10_000, WELL);
  assert.equal(lane.isResumed(since), false);
  lane.renew({ ...asked, monotonic: since + 1 }, 10_000, { ...WELL, broken });
  assert.equal(lane.isResumed(since), false);
  lane.renew({ ...asked, monotonic: since + 2 }, 10_000, WELL);
  assert.equal(lane.isResumed(since), true);
});
