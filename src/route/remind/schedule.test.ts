import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Schedule } from '../../model/reminder.ts';
import { compileSchedule } from './schedule.ts';

const HALF_PAST_NINE: Schedule = { days: [1, 2, 3, 4, 5], minute: 9 * 60 + 30, zone: 'Europe/Berlin', except: [] };
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

function next(schedule: Partial<Schedule>, after: string): string | null {
  const due = compileSchedule({ ...HALF_PAST_NINE, ...schedule })(Date.parse(after));
  return due === null ? null : new Date(due).toISOString();
}

test('it is due at its time, and from that very moment on the next day', () => {
  assert.equal(next({}, '2026-01-15T09:29:59.999+01:00'), '2026-01-15T08:30:00.000Z');
  assert.equal(next({}, '2026-01-15T09:30:00+01:00'), '2026-01-16T08:30:00.000Z');
});

test('days that are not named and holidays are passed over', () => {
  assert.equal(next({}, '2026-01-16T10:00:00+01:00'), '2026-01-19T08:30:00.000Z');
  assert.equal(next({ except: ['2026-01-19', '01-20'] }, '2026-01-16T10:00:00+01:00'), '2026-01-21T08:30:00.000Z');
  assert.equal(next({ days: [], except: [] }, '2026-01-16T10:00:00+01:00'), null);
});

test('a time that the day does not have is the first moment after it', () => {
  const night = { days: EVERY_DAY, minute: 150 };
  assert.equal(next(night, '2026-03-28T12:00:00Z'), '2026-03-29T01:00:00.000Z');
  assert.equal(next(night, '2026-03-29T01:00:00Z'), '2026-03-30T00:30:00.000Z');
});

test('a time that the day has twice is due once, the first time', () => {
  const night = { days: EVERY_DAY, minute: 150 };
  assert.equal(next(night, '2026-10-24T12:00:00Z'), '2026-10-25T00:30:00.000Z');
  assert.equal(next(night, '2026-10-25T00:30:00Z'), '2026-10-26T01:30:00.000Z');
});

test('midnight that does not exist is one o’clock, and a day that a zone left out has no reminder', () => {
  const midnight = { days: EVERY_DAY, minute: 0 };
  assert.equal(next({ ...midnight, zone: 'Africa/Cairo' }, '2026-04-23T12:00:00Z'), '2026-04-23T22:00:00.000Z');
  const apia = { ...HALF_PAST_NINE, days: EVERY_DAY, zone: 'Pacific/Apia' };
  assert.equal(next(apia, '2011-12-29T22:00:00Z'), '2011-12-30T19:30:00.000Z');
});

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'];
const schedules = fc.record({
  days: fc.subarray(EVERY_DAY, { minLength: 1 }),
  minute: fc.integer({ min: 0, max: 1_439 }),
  zone: fc.constantFrom(...ZONES, 'Africa/Cairo', 'America/Santiago', 'Pacific/Chatham', 'Africa/Casablanca'),
  except: fc.subarray(['2026-03-29', '2026-10-25', '12-25', '01-01', '03-08'], { minLength: 0 }),
});
const instants = fc.integer({ min: Date.UTC(2025, 11, 20), max: Date.UTC(2027, 0, 10) });

function dateIn(zone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}

test('in every zone: at most once a day, on days that are meant, never two dues in one, and none left out', () => {
  fc.assert(
    fc.property(schedules, instants, (schedule, from) => {
      const due = compileSchedule(schedule);
      const dates: string[] = [];
      for (let at = due(from), count = 0; at !== null && count < 12; at = due(at), count++) {
        const date = dateIn(schedule.zone, at);
        assert.ok(!dates.includes(date), `${date} twice`);
        assert.ok(schedule.days.includes(new Date(`${date}T00:00Z`).getUTCDay()));
        assert.ok(!schedule.except.includes(date) && !schedule.except.includes(date.slice(5)));
        dates.push(date);
      }
      const [first, last] = [dates[0], dates.at(-1)];
      for (let day = Date.parse(`${first}`); day <= Date.parse(`${last}`); day += 86_400_000) {
        const date = new Date(day).toISOString().slice(0, 10);
        const isMeant = schedule.days.includes(new Date(day).getUTCDay());
        const isExcepted = schedule.except.includes(date) || schedule.except.includes(date.slice(5));
        assert.equal(dates.includes(date), isMeant && !isExcepted, date);
      }
    }),
    { numRuns: 60 },
  );
});

test('from wherever it is asked: nothing is due between then and the answer', () => {
  fc.assert(
    fc.property(schedules, instants, fc.double({ min: 0, max: 0.999, noNaN: true }), (schedule, from, share) => {
      const due = compileSchedule(schedule);
      const at = due(from);
      // Whoever starts in between waits for the same moment.
      if (at !== null) assert.equal(due(from + Math.floor((at - from) * share)), at);
    }),
    { numRuns: 60 },
  );
});
