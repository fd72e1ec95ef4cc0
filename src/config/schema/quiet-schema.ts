import * as z from 'zod/mini';
import { suggest } from '../../shared/suggest.ts';
import { DAYS, HOURS, spanOf } from '../describe/quiet-text.ts';
import { EDITORS } from '../parts/editors.ts';
import { filledListOf, oneOf, shaped, someOf } from '../parts/values.ts';

const DAY_MINUTES = 24 * 60;

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
    const zones = Intl.supportedValuesOf('timeZone');
    const near = zones.find((zone) => zone.toLowerCase().endsWith(`/${text.toLowerCase()}`)) ?? suggest(text, zones);
    if (near !== undefined) return `is no time zone. Did you mean "${near}"?`;
    return 'is no time zone: write its name, as in Europe/Berlin, America/New_York or UTC.';
  }
}

export const zone = shaped(zoneProblem);

const hoursAndDays = z
  .strictObject({
    hours: z.optional(filledListOf(shaped(hoursProblem, HOURS.source))),
    days: z.optional(filledListOf(oneOf(DAYS))),
    zone,
  })
  .check(someOf(['hours', 'days'], 'is never: give hours, days or both.'))
  .register(EDITORS, {
    section: 'quiet',
    shape: (json) => ({ ...json, anyOf: [{ required: ['hours'] }, { required: ['days'] }] }),
  });

/** Null: `never`, where the defaults keep still. */
export const quiet = z
  .pipe(
    z.transform((value: unknown) => (value === 'never' ? null : (value ?? undefined))),
    z.nullable(hoursAndDays),
  )
  .register(EDITORS, { shape: ({ anyOf }) => ({ anyOf: [{ const: 'never' }, (anyOf as readonly unknown[])[0]] }) });

export const QUIET_KEYS = Object.keys(hoursAndDays.shape);
