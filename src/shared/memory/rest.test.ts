import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restAfterWork } from './rest.ts';

test('a thread rests once, when it has become quiet after work', () => {
  const shares = [0.9, 0.05, 0.01, 0.01, 0.3, 0.01, 0.01];
  let rests = 0;
  const timers: (() => void)[] = [];
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    after: (_: number, fire: () => void) => (timers.push(fire), () => timers.splice(0)),
  };
  const end = restAfterWork(
    clock,
    () => void (rests += 1),
    () => shares.shift() ?? 1,
  );
  const seen = [0.9, 0.05, 0.01, 0.01, 0.3, 0.01, 0.01].map(() => {
    timers.shift()?.();
    return rests;
  });
  assert.deepEqual(seen, [0, 0, 1, 1, 1, 2, 2]);
  end();
  assert.equal(timers.length, 0);
});

test('what a start leaves behind goes as soon as the start is over', () => {
  const shares = [0.1, 0.05, 0.01];
  const seen: [afterMs: number, rests: number][] = [];
  let rests = 0;
  let fire = () => {};
  let afterMs = 0;
  const after = (ms: number, look: () => void) => {
    afterMs = ms;
    fire = look;
    return () => {};
  };
  restAfterWork(
    { now: () => 0, monotonic: () => 0, after },
    () => void (rests += 1),
    () => shares.shift() ?? 1,
  );
  for (let look = 0; look < 3; look++) {
    const waited = afterMs;
    fire();
    seen.push([waited, rests]);
  }
  assert.deepEqual(seen, [
    [600, 1],
    [20_000, 1],
    [20_000, 1],
  ]);
});
