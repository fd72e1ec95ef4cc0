import * as z from 'zod/mini';
import type { QuietHours } from '../../../model/rule.ts';
import { suggest } from '../../../shared/suggest.ts';
import { EDITORS } from './editors.ts';
import { filledListOf, oneOf, shaped, someOf } from './parts.ts';

/** As `Date` counts them. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const HOURS = /^(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)$/;
const DAY_MINUTES = 24 * 60;

type Span = QuietHours['hours'][number];

/** `22:00-07:00`, in minutes since midnight. `24:00` is an end. */
function spanOf(text: string): Span {
  const [, fromHour, fromMinute, toHour, toMinute] = HOURS.exec(text) ?? [];
  return {
    from: Number(fromHour) * 60 + Number(fromMinute),
    to: Number(toHour) * 60 + Number(toMinute),
  };
}

export function spanText({ from, to }: Span): string {
  return [from, to].map((minutes) => `${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`).join('-');
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}

function hoursProblem(text: string): string | undefined {
  const { from, to } = spanOf(text);
  // What does not fit the form is NaN and in no range.
  if (!(from < DAY_MINUTES && to <= DAY_MINUTES)) return 'must be a time of day and another, as in "22:00-07:00".';
  return from === to ? 'ends when it begins: write 00:00-24:00 for the whole day.' : undefined;
}

function zoneProblem(text: string): string | undefined {
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return undefined;
  } catch {
    const near = suggest(text, Intl.supportedValuesOf('timeZone'));
    if (near !== undefined) return `is no time zone. Did you mean "${near}"?`;
    return 'is no time zone: write its name, as in Europe/Berlin, America/New_York or UTC.';
  }
}

export const quiet = z
  .strictObject({
    hours: z.optional(filledListOf(shaped(hoursProblem, HOURS.source))),
    days: z.optional(filledListOf(oneOf(DAYS))),
    zone: shaped(zoneProblem),
  })
  .check(someOf(['hours', 'days'], 'is never: give hours, days or both.'))
  .register(EDITORS, {
    section: 'quiet',
    shape: (json) => ({ ...json, anyOf: [{ required: ['hours'] }, { required: ['days'] }] }),
  });

export function quietOf({ hours = [], days = [], zone }: z.infer<typeof quiet>): QuietHours {
  return { hours: hours.map(spanOf), days: days.map((day) => DAYS.indexOf(day)), zone };
}

export const QUIET_KEYS = Object.keys(quiet.shape);
