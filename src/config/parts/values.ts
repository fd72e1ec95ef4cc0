import * as z from 'zod/mini';
import { Secret } from '../../shared/secret.ts';
import { EDITORS, type Json } from './editors.ts';
import { isHttpUrl } from './http-url.ts';

// What the schemas of every section are made of. Messages are predicates: whoever prints them puts the key in front.
// zod/mini loads in two thirds of zod's time and leaves its languages out.

/** A text that holds a variable may be anything once it is filled in. */
const VARIABLE = '\\$\\{';

/** For editors: a text of this pattern, or one with a variable in it. */
export function patterned(pattern: string): Json {
  return { type: 'string', pattern: `${pattern}|${VARIABLE}` };
}

/** One text counts as a list of one. */
export function listOf<T extends z.ZodMiniType>(item: T) {
  return z
    .pipe(
      z.transform((value: unknown) => (typeof value === 'string' ? [value] : value)),
      z.array(item),
    )
    .register(EDITORS, { shape: (list) => ({ anyOf: [list['items'], list] }) });
}

export function filledListOf<T extends z.ZodMiniType>(item: T) {
  return listOf(item)
    .check(
      z.refine((list: unknown) => Array.isArray(list) && list.length > 0, {
        error: 'is empty: name at least one, or leave it out.',
      }),
    )
    .register(EDITORS, {
      shape: ({ items }) => ({ anyOf: [items, { type: 'array', items, minItems: 1 }] }),
    });
}

/** Numbers may come out of variables, which are text. */
export function numberWithin(least: number, most: number, unit: string, step?: 'whole') {
  const kind = step === 'whole' ? 'a whole number' : 'a number';
  return z
    .pipe(
      z.transform((value: unknown) =>
        typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value,
      ),
      z.number().check(
        z.refine((value) => value >= least && value <= most && (step === undefined || Number.isInteger(value)), {
          error: `must be ${kind} from ${least} to ${most}${unit}.`,
        }),
      ),
    )
    .register(EDITORS, {
      shape: () => ({
        anyOf: [
          { type: step === 'whole' ? 'integer' : 'number', minimum: least, maximum: most },
          patterned('^\\d+(\\.\\d+)?$'),
        ],
      }),
    });
}

export const filled = z
  .string()
  .check(z.refine((value) => value.trim() !== '', { error: 'is empty.' }))
  .register(EDITORS, { shape: () => ({ type: 'string', pattern: '\\S' }) });

/** Filled, and without a problem that the function finds. `pattern` is for editors and may let more pass. */
export function shaped(problemOf: (text: string) => string | undefined, pattern = '\\S') {
  return filled
    .check(
      z.refine((value) => value.trim() === '' || problemOf(value) === undefined, {
        error: ({ input }) => problemOf(String(input)) ?? 'is wrong.',
      }),
    )
    .register(EDITORS, { shape: () => patterned(pattern) });
}

/** One of these words, also out of a variable. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words).register(EDITORS, {
    shape: () => ({ anyOf: [{ enum: [...words] }, { type: 'string', pattern: VARIABLE }] }),
  });
}

export function nonEmpty(what: string) {
  return z.refine<object>((value) => Object.keys(value).length > 0, {
    error: `is empty: leave it out for ${what}, or fill it.`,
  });
}

/** At least one of these keys is given. Says nothing where something else is wrong: a misspelt key is why. */
export function someOf<K extends string>(keys: readonly K[], error: string) {
  return z.refine<Readonly<Partial<Record<K, unknown>>>>((value) => keys.some((key) => value[key] !== undefined), {
    error,
    when: ({ issues }) => issues.length === 0,
  });
}

/** Names → values, at least one. */
export function namedAtLeastOne<T extends z.ZodMiniType>(value: T, what: string) {
  return z
    .record(z.string(), value)
    .check(nonEmpty(what))
    .register(EDITORS, { shape: (json) => ({ ...json, minProperties: 1 }) });
}

export const httpUrl = shaped(
  (text) =>
    isHttpUrl(text)
      ? undefined
      : 'must be an address that begins with https:// or http://, without a name and password in it.',
  '^[hH][tT][tT][pP][sS]?://',
);

/** What a text becomes that nobody is to see. */
export const secret = z.transform((value: string) => new Secret(value));
