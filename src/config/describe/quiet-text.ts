import type { QuietHours } from '../../model/rule.ts';

/** As `Date` counts them. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export const HOURS = /^(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)$/;

type Span = QuietHours['hours'][number];

/** As written in the file. */
interface QuietData {
  readonly hours?: readonly string[] | undefined;
  readonly days?: readonly (typeof DAYS)[number][] | undefined;
  readonly zone: string;
}

/** `22:00-07:00`, in minutes since midnight. `24:00` is an end. What does not fit the form is NaN. */
export function spanOf(text: string): Span {
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

export function quietOf({ hours = [], days = [], zone }: QuietData): QuietHours {
  return { hours: hours.map(spanOf), days: days.map((day) => DAYS.indexOf(day)), zone };
}
