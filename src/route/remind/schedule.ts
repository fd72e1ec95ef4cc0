import type { Schedule } from '../../model/reminder.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Every day of some years may be left out; after this nothing is due. */
const LOOK_AHEAD_DAYS = 5 * 366;

/** When it is due next, later than `after`: ms since 1970. Null: never. */
export type NextDue = (after: number) => number | null;

/**
 * Compiled once for each reminder. A time that a day does not have, since the clock is put forward, is the first moment after it; one
 * that a day has twice is the first of both. A day that a zone leaves out altogether has none.
 */
export function compileSchedule({ days, minute, zone, except }: Schedule): NextDue {
  const local = localClock(zone);
  const isLeftOut = (day: number) => {
    const date = new Date(day).toISOString().slice(0, 10);
    return !days.includes(new Date(day).getUTCDay()) || except.includes(date) || except.includes(date.slice(5));
  };
  return (after) => {
    const today = startOfDay(local(after));
    for (let ahead = -1; ahead < LOOK_AHEAD_DAYS; ahead++) {
      const day = today + ahead * DAY;
      if (isLeftOut(day)) continue;
      const due = firstMoment(local, day + minute * MINUTE);
      if (due > after && isOn(local, due, day)) return due;
    }
    return null;
  };
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `Mon 2026-11-30 09:30 Europe/Berlin`: as the clocks there show it. */
export function dueWords(at: number, { zone }: Pick<Schedule, 'zone'>): string {
  const shown = new Date(localClock(zone)(at));
  const [date, time] = shown.toISOString().slice(0, 16).split('T');
  return `${WEEKDAYS[shown.getUTCDay()]} ${date} ${time} ${zone}`;
}

/** What the clocks show at an instant, as if that were UTC, in whole minutes. */
type LocalClock = (at: number) => number;

function localClock(zone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  };
}

function startOfDay(shown: number): number {
  return Math.floor(shown / DAY) * DAY;
}

/** The first instant at which the clocks show `wanted` or later. */
function firstMoment(local: LocalClock, wanted: number): number {
  const offsets = [wanted - DAY, wanted + DAY].map((at) => local(at) - at);
  let latest = wanted - Math.min(...offsets);
  let earliest = wanted - Math.max(...offsets);
  if (local(earliest) >= wanted) return earliest;
  // In between the clock is put forward once: before it everything is too early, after it nothing is.
  while (latest - earliest > MINUTE) {
    const middle = earliest + Math.floor((latest - earliest) / 2 / MINUTE) * MINUTE;
    if (local(middle) >= wanted) latest = middle;
    else earliest = middle;
  }
  return latest;
}

/** A gap may reach into the next day, and then the last minute before it is of this one. */
function isOn(local: LocalClock, due: number, day: number): boolean {
  return [due, due - MINUTE].some((at) => startOfDay(local(at)) === day);
}
