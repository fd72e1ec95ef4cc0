import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, type Mark } from '../../model/pruning/mark.ts';
import type { Terms } from '../../model/retention.ts';
import { nextMark } from './mark.ts';

const HOUR_MS = DAY_MS / 24;
const LONG: Terms = {
  bodies: 30 * DAY_MS,
  exceptions: [],
  events: 180 * DAY_MS,
  attempts: 30 * DAY_MS,
  maxBytes: null,
};
const SHORT: Terms = { ...LONG, bodies: DAY_MS };

const RUNNING: Mark = { at: 0, inForce: LONG, wanted: LONG, waitMs: 0 };

function look(before: Mark | null, wanted: Terms, now: number, elapsedMs: number | null = null, isEmpty = false) {
  return nextMark(before, wanted, { now, elapsedMs, isEmpty });
}

test('without a mark nothing goes for a day, unless nothing is there', () => {
  const { mark, why } = look(null, LONG, 5);
  assert.deepEqual([mark, why], [{ at: 5, inForce: null, wanted: LONG, waitMs: DAY_MS }, 'new']);
  assert.deepEqual(look(null, LONG, 5, null, true).mark, { at: 5, inForce: LONG, wanted: LONG, waitMs: 0 });
});

test('the day is one of a worker that runs, restarts or not', () => {
  let { mark } = look(null, LONG, 0);
  for (let hour = 1; hour < 24; hour++) mark = look(mark, LONG, hour * HOUR_MS, hour % 5 === 0 ? null : HOUR_MS).mark;
  assert.deepEqual([mark.waitMs, mark.inForce], [HOUR_MS, null]);
  mark = look(mark, LONG, 24 * HOUR_MS, HOUR_MS).mark;
  assert.deepEqual([mark.waitMs, mark.inForce], [0, LONG]);
});

test('a clock that is put ahead by less than a day does not shorten it', () => {
  const { mark } = look(null, LONG, 0);
  assert.equal(look(mark, LONG, 20 * HOUR_MS, 1_000).mark.waitMs, DAY_MS - 1_000);
});

test('a shorter setting waits, and what went before goes on going', () => {
  const { mark, why } = look(RUNNING, SHORT, HOUR_MS, HOUR_MS);
  assert.deepEqual([mark, why], [{ at: HOUR_MS, inForce: LONG, wanted: SHORT, waitMs: DAY_MS }, 'shorter']);
  const undone = look(mark, LONG, 2 * HOUR_MS, HOUR_MS);
  assert.deepEqual([undone.why, undone.mark.inForce, undone.mark.wanted], [null, LONG, LONG]);
  const again = look(undone.mark, SHORT, 3 * HOUR_MS, HOUR_MS);
  assert.deepEqual([again.why, again.mark.waitMs], ['shorter', DAY_MS]);
});

test('a new limit, and other exceptions, are shorter; a longer term is in force at once', () => {
  const exceptions = [{ source: null, repo: 'acme/x', bodies: DAY_MS }];
  assert.equal(look(RUNNING, { ...LONG, maxBytes: 1 }, HOUR_MS).why, 'shorter');
  assert.equal(look(RUNNING, { ...LONG, exceptions }, HOUR_MS).why, 'shorter');
  const longer = look(RUNNING, { ...LONG, bodies: null }, HOUR_MS);
  assert.deepEqual([longer.why, longer.mark.inForce?.bodies], [null, null]);
});

test('time that nobody saw go by, either way, and nothing goes for a day', () => {
  for (const [now, elapsed] of [
    [25 * HOUR_MS, null],
    [365 * DAY_MS, HOUR_MS],
    [-365 * DAY_MS, HOUR_MS],
    [HOUR_MS, 30 * HOUR_MS],
  ] as const) {
    const { mark, why } = look(RUNNING, LONG, now, elapsed);
    assert.deepEqual([why, mark.inForce, mark.waitMs], ['time', null, DAY_MS], `${now} ${elapsed}`);
  }
  assert.equal(look(RUNNING, LONG, 23 * HOUR_MS, null).why, null);
});
