import { FACETS } from '../../model/facets.ts';
import type { Schedule } from '../../model/reminder.ts';
import { DAYS } from './quiet-text.ts';

export const TIME_OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)$/;
export const DATE = /^(?:\d{4}-)?\d\d-\d\d$/;

const { branch, head, labels, author, authorTeam, assignees } = FACETS;

/** Of a pull request, what is known of it whenever a reminder is due. */
export const REMINDER_FACETS = { branch, head, labels, author, authorTeam, assignees };

/** As written in the file. */
interface ScheduleData {
  readonly at: string;
  readonly zone: string;
  readonly days?: readonly (typeof DAYS)[number][] | undefined;
  readonly except?: readonly string[] | undefined;
}

const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

export function scheduleOf({ at, zone, days = WORKDAYS, except = [] }: ScheduleData): Schedule {
  const [, hour, minute] = TIME_OF_DAY.exec(at) ?? [];
  return { days: days.map((day) => DAYS.indexOf(day)), minute: Number(hour) * 60 + Number(minute), zone, except };
}

/** The other way round. */
export function scheduleData({ minute, zone, days, except }: Schedule) {
  const at = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return { at, zone, days: days.map((day) => DAYS[day]), ...(except.length > 0 && { except }) };
}
