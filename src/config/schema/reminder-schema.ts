import * as z from 'zod/mini';
import { DAYS } from '../describe/quiet-text.ts';
import { DATE, REMINDER_FACETS, TIME_OF_DAY } from '../describe/reminder-text.ts';
import { spanMs, TERM_UNITS } from '../parts/amounts.ts';
import { EDITORS } from '../parts/editors.ts';
import { filledListOf, listOf, oneOf, patterned, shaped } from '../parts/values.ts';
import { filterShape, repoGlobs } from './filter-schema.ts';
import { zone } from './quiet-schema.ts';
import { common } from './rule-schema.ts';

function atProblem(text: string): string | undefined {
  return TIME_OF_DAY.test(text) ? undefined : 'must be a time of day, as in "09:30".';
}

/** `2026-12-25`, or `12-25` of every year. A year that is no leap year has no 29th of February, and then nothing is left out. */
function dateProblem(text: string): string | undefined {
  const day = text.length === 5 ? `2024-${text}` : text;
  const at = DATE.test(text) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // What no calendar has is another day, or none.
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(day)) return undefined;
  return 'must be a day, as in 2026-12-25, or 12-25 for every year.';
}

function ageProblem(text: string): string | undefined {
  return spanMs(text, TERM_UNITS) === undefined ? 'must be a time such as 4h, 2d or 1w.' : undefined;
}

const AGE = '^\\s*\\d{1,9}(?:\\.\\d{1,9})?\\s*[smhdw]\\s*$';

const olderThan = z
  .pipe(
    shaped(ageProblem, AGE),
    z.transform((text: string) => spanMs(text, TERM_UNITS) ?? 0),
  )
  .register(EDITORS, { shape: () => patterned(AGE) });

/** What of a pull request nobody is reminded of. */
const IGNORED = ['bots', 'drafts'] as const;

const { to, mention } = common;

export const reminder = z
  .strictObject({
    at: shaped(atProblem, TIME_OF_DAY.source),
    zone,
    days: z.optional(filledListOf(oneOf(DAYS))),
    except: z.optional(filledListOf(shaped(dateProblem, DATE.source))),
    older_than: z.optional(olderThan),
    repos: z.optional(repoGlobs),
    ignore: z.optional(listOf(oneOf(IGNORED))),
    ...filterShape(REMINDER_FACETS),
    to,
    mention,
    thread: z.optional(z.boolean()),
  })
  .check(
    z.refine((given) => given.to === undefined || given.to.length > 0, {
      path: ['to'],
      error: 'is empty, so nobody is reminded. Leave it out for every destination, or name one.',
    }),
  )
  .register(EDITORS, { section: 'reminder' });

export const REMINDER_KEYS = Object.keys(reminder.shape);
