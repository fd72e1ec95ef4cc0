import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { QuietHours } from '../model/rule.ts';
import { compileQuiet } from './quiet-hours.ts';

const NIGHT: QuietHours = { hours: [{ from: 22 * 60, to: 7 * 60 }], days: [], zone: 'Europe/Berlin' };

function until(quiet: QuietHours, now: string): string | null {
  const end = compileQuiet(quiet)(Date.parse(now));
  return end === null ? null : new Date(end).toISOString();
}

test('a night goes on past midnight, by the clock of its zone', () => {
  assert.equal(until(NIGHT, '2026-01-15T21:59:59+01:00'), null);
  assert.equal(until(NIGHT, '2026-01-15T22:00:00+01:00'), '2026-01-16T06:00:00.000Z');
  assert.equal(until(NIGHT, '2026-01-16T06:59:59+01:00'), '2026-01-16T06:00:00.000Z');
  assert.equal(until(NIGHT, '2026-01-16T07:00:00+01:00'), null);
});

test('a weekend is whole days, and joins the nights around it', () => {
  const weekend = { ...NIGHT, days: [0, 6] };
  // Friday 22:30 to Monday 7:00.
  assert.equal(until(weekend, '2026-01-16T22:30:00+01:00'), '2026-01-19T06:00:00.000Z');
  assert.equal(until({ ...weekend, hours: [] }, '2026-01-17T12:00:00+01:00'), '2026-01-18T23:00:00.000Z');
});

test('the night in which the clock is put forward ends at seven there, and so does the one it is put back', () => {
  assert.equal(until(NIGHT, '2026-03-28T23:00:00+01:00'), '2026-03-29T05:00:00.000Z');
  assert.equal(until(NIGHT, '2026-10-24T23:00:00+02:00'), '2026-10-25T06:00:00.000Z');
});

test('an hour that the clock jumps over still ends: 2:30 does not exist that night', () => {
  const quiet = { ...NIGHT, hours: [{ from: 60, to: 150 }] };
  assert.equal(until(quiet, '2026-03-29T00:30:00Z'), '2026-03-29T01:00:00.000Z');
});

test('zones with quarters of an hour', () => {
  assert.equal(until({ ...NIGHT, zone: 'Asia/Kathmandu' }, '2026-01-15T20:00:00Z'), '2026-01-16T01:15:00.000Z');
});

test('all day, every day ends after eight days: nothing is held for ever', () => {
  const end = compileQuiet({ ...NIGHT, hours: [], days: [0, 1, 2, 3, 4, 5, 6] })(Date.UTC(2026, 0, 15));
  assert.ok(end !== null && end - Date.UTC(2026, 0, 15) <= 8.1 * 24 * 60 * 60_000);
});

test('the end is the first minute that is not quiet, whatever the hours', () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  fc.assert(
    fc.property(minute, minute, fc.integer({ min: 0, max: 525_600 }), (from, to, at) => {
      const now = Date.UTC(2026, 0, 1) + at * 60_000;
      const quiet = { hours: [{ from, to }], days: [], zone: 'UTC' };
      const isQuiet = (time: number) => {
        const of = new Date(time).getUTCHours() * 60 + new Date(time).getUTCMinutes();
        return from <= to ? of >= from && of < to : of >= from || of < to;
      };
      const end = compileQuiet(quiet)(now);
      assert.equal(end !== null, isQuiet(now));
      if (end === null) return;
      assert.equal(isQuiet(end), false);
      assert.equal(isQuiet(end - 60_000), true);
    }),
    { numRuns: 300 },
  );
});

test('what is held in one night is worked out once', () => {
  const quietUntil = compileQuiet(NIGHT);
  const now = Date.parse('2026-01-15T22:00:00+01:00');
  const until = quietUntil(now);
  // Worked out each time, these would take a minute.
  for (let each = 0; each < 100_000; each++) assert.equal(quietUntil(now + each), until);
});
