import * as z from 'zod/mini';
import { EDITORS } from '../parts/editors.ts';
import { filled, listOf, nonEmpty, oneOf, shaped } from '../parts/values.ts';

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** With its offset: another machine reads it the same. */
function instantProblem(text: string): string | undefined {
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return undefined;
  return 'must be a date and time with its offset, as in 2026-01-15T23:30:00+01:00.';
}

function kindProblem(text: string): string | undefined {
  return /^[a-z_]+(?:\.[a-z_]+)?$/.test(text) ? undefined : 'must be an event, as in pull_request.opened.';
}

function pathProblem(path: string): string | undefined {
  return path.split('.').every((part) => part !== '') ? undefined : 'must be keys with dots between them.';
}

const set = z
  .record(z.string(), z.unknown())
  .check(
    z.refine((values) => Object.keys(values).every((path) => pathProblem(path) === undefined), {
      error: 'is about paths: keys with dots between them, as in pull_request.title.',
    }),
    nonEmpty('the payload as it is'),
  )
  .register(EDITORS, {
    shape: (json) => ({ ...json, minProperties: 1, propertyNames: { pattern: '^[^.]+(\\.[^.]+)*$' } }),
  });

/** `team`, `[team, desk]`: told, whoever is called there. */
function expectOf(value: unknown): unknown {
  const names = typeof value === 'string' ? [value] : value;
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
    ? Object.fromEntries(names.map((name) => [name, null]))
    : value;
}

/** Destination → who is called there. Null: whoever is. */
const expect = z.pipe(z.transform(expectOf), z.record(z.string(), z.nullable(listOf(filled)))).register(EDITORS, {
  shape: (json) => {
    const text = { type: 'string', pattern: '\\S' };
    return { anyOf: [text, { type: 'array', items: text }, json] };
  },
});

/** Which of event, payload and type go together is checked by `remarksOnTest`, and said to editors here. */
export const test = z
  .strictObject({
    name: filled,
    event: z.optional(shaped(kindProblem, '^[a-z_]+(\\.[a-z_]+)?$')),
    payload: z.optional(filled),
    type: z.optional(shaped(kindProblem, '^[a-z_]+$')),
    set: z.optional(set),
    files: z.optional(listOf(filled)),
    previous: z.optional(oneOf(['success', 'failure'])),
    at: z.optional(shaped(instantProblem, INSTANT.source)),
    says: z.optional(filled),
    expect,
  })
  .register(EDITORS, {
    section: 'test',
    shape: (json) => ({
      ...json,
      anyOf: [
        { required: ['event'], properties: { payload: false, type: false } },
        { required: ['payload', 'type'], properties: { event: false } },
      ],
    }),
  });

export const TEST_KEYS = Object.keys(test.shape);
