import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, pause } from './backoff.ts';

test('a dropped tunnel is tried again after half a second, then ever later, at most after half a minute', () => {
  const never = () => 0;
  assert.deepEqual(
    [0, 1, 5, 6, 40].map((tries) => backoffMs(tries, never)),
    [500, 1000, 16_000, 30_000, 30_000],
  );
});

test('chance takes off up to half, so that many who dropped at once do not come back at once', () => {
  assert.equal(backoffMs(0, () => 0.999_999) > 250 && backoffMs(0, () => 0.5) === 375, true);
});

test('a pause ends with the signal, and leaves no timer', async () => {
  const ended = new AbortController();
  let isCancelled = false;
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    after: () => () => {
      isCancelled = true;
    },
  };
  const paused = pause(60_000, clock, ended.signal);
  ended.abort();
  await paused;
  assert.equal(isCancelled, true);
});
