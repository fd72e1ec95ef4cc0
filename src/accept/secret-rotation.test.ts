import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capturedLog, handClock } from './kit.test.ts';
import { createSecretRotation } from './secret-rotation.ts';

const MINUTE = 60_000;

function bench(count: number) {
  const clock = handClock();
  const { log, lines } = capturedLog();
  const secrets = new Map([['github', { count, setting: 'GITHUB_WEBHOOK_SECRET' }]]);
  const rotation = createSecretRotation(secrets, clock, log);
  const deliver = (secretNo: number, times: number, everyMs = 0) => {
    for (let i = 0; i < times; i++) {
      rotation.verified('github', secretNo);
      clock.advance(everyMs);
    }
  };
  return { clock, lines, deliver };
}

test('an old secret unused for 20 deliveries over an hour is said to be removable, once', () => {
  const { lines, deliver, clock } = bench(2);
  deliver(2, 1);
  clock.advance(MINUTE);
  deliver(1, 100, MINUTE);
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    [
      'secret 2 of source github has not been used since 2030-01-01T00:00:00.000Z: it can be removed from GITHUB_WEBHOOK_SECRET',
    ],
  );
});

test('many deliveries in less than an hour prove nothing', () => {
  const { lines, deliver } = bench(2);
  deliver(1, 1_000);
  assert.equal(lines.length, 0);
});

test('few deliveries over many hours prove nothing', () => {
  const { lines, deliver } = bench(2);
  deliver(1, 19, 60 * MINUTE);
  assert.equal(lines.length, 0);
});

test('one use of the old secret begins again, and is told again when it is over', () => {
  const { lines, deliver } = bench(2);
  deliver(1, 60, MINUTE);
  deliver(2, 1, MINUTE);
  deliver(1, 60, MINUTE);
  assert.equal(lines.length, 0);
  deliver(1, 1);
  assert.equal(lines.length, 1);
  deliver(2, 1, MINUTE);
  deliver(1, 70, MINUTE);
  assert.equal(lines.length, 2);
});

test('the new secret may stand anywhere in the list: all others are named', () => {
  const { lines, deliver } = bench(3);
  deliver(2, 62, MINUTE);
  assert.deepEqual(
    lines.map(({ secret }) => secret),
    [1, 3],
  );
});

test('a single secret is never said to be removable', () => {
  const { lines, deliver } = bench(1);
  deliver(1, 200, MINUTE);
  assert.equal(lines.length, 0);
});
