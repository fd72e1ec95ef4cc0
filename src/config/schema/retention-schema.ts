import * as z from 'zod/mini';
import {
  folderProblem,
  SIZE_PATTERN,
  sizeOf,
  sizeProblem,
  TERM_PATTERN,
  termOf,
  termProblem,
} from '../parts/amounts.ts';
import { EDITORS, type Json } from '../parts/editors.ts';
import { eventsProblem } from '../parts/events-problem.ts';
import { nonEmpty, patterned, shaped, someOf } from '../parts/values.ts';

/** Whatever stands here is a text too: a number's problem is that it has no unit, that of `true` that it is no time. */
function asWritten(problemOf: (text: string) => string | undefined, pattern: string) {
  const text = z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' || value === null ? value : JSON.stringify(value))),
    shaped(problemOf, pattern),
  );
  return text.register(EDITORS, { shape: () => patterned(pattern) });
}

function term(problemOf: (text: string) => string | undefined = termProblem) {
  return z.pipe(asWritten(problemOf, TERM_PATTERN), z.transform(termOf)).register(EDITORS, {
    shape: () => patterned(TERM_PATTERN),
  });
}

const size = z
  .pipe(asWritten(sizeProblem, SIZE_PATTERN), z.transform(sizeOf))
  .register(EDITORS, { shape: () => patterned(SIZE_PATTERN) });

const exception = z
  .strictObject({ bodies: z.optional(term()) })
  .check(someOf(['bodies'], 'says nothing: give `bodies: 7d`.'))
  .register(EDITORS, { section: 'retentionException', shape: (json) => ({ ...json, required: ['bodies'] }) });

const settings = {
  bodies: z.optional(term()),
  events: z.optional(term(eventsProblem)),
  attempts: z.optional(term()),
  max_size: z.optional(size),
  archive_to: z.optional(shaped(folderProblem)),
};

export const RETENTION_KEYS = Object.keys(settings) as readonly (keyof typeof settings)[];

export const EXCEPTION_KEYS = Object.keys(exception.shape);

/** Every other key is a source, a list of repositories, or a pattern over them: checked by `remarksOnRetention`. */
const others = `^(?!(?:${RETENTION_KEYS.join('|')})$)`;

export const retention = z
  .catchall(z.object(settings), exception)
  .check(nonEmpty('the defaults'))
  .register(EDITORS, {
    section: 'retention',
    shape: ({ additionalProperties, ...json }): Json => ({
      ...json,
      minProperties: 1,
      patternProperties: { [others]: additionalProperties },
      additionalProperties: false,
    }),
  });
