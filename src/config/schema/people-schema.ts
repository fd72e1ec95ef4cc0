import * as z from 'zod/mini';
import type { IdKey } from '../../model/plugin/channel.ts';
import { EDITORS } from '../parts/editors.ts';
import { filled, filledListOf, nonEmpty, patterned, someOf } from '../parts/values.ts';
import type { Rows } from '../rows/rows.ts';
import { OPTION_TEXTS } from './option-texts.ts';
import { idKeys, personTexts, teamTexts } from './row-texts.ts';

type Ids = Readonly<Record<string, IdKey>>;
type Person = { readonly destination?: string } & Readonly<Record<string, unknown>>;
type Team = { readonly members?: readonly string[] } & Readonly<Record<string, unknown>>;

/** Who is who, and whether whoever is not there is looked up. */
export interface People {
  readonly byEmail: boolean;
  readonly persons: Readonly<Record<string, Person>>;
}

/** Among the logins: whether people are looked up. */
export const BY_EMAIL = 'by_email';

export function peopleSchema(rows: Rows): z.ZodMiniType<People> {
  const people: z.ZodMiniType<Readonly<Record<string, unknown>>> = z
    .catchall(z.object({ [BY_EMAIL]: z.optional(z.boolean()) }), personSchema(rows))
    .check(nonEmpty('nobody'))
    .register(EDITORS, { options: OPTION_TEXTS.people, shape: (json) => ({ ...json, minProperties: 1 }) });
  const parted = z.transform(({ [BY_EMAIL]: byEmail = false, ...persons }: Readonly<Record<string, unknown>>) => {
    return { byEmail, persons };
  });
  return z.pipe(people, parted) as unknown as z.ZodMiniType<People>;
}

/** An id alone is short for the type whose ids look like that: `mona: U012AB3CD` for `mona: { slack: U012AB3CD }`. */
export function personSchema(rows: Rows): z.ZodMiniType<Person> {
  const ids = idKeys(rows, 'person');
  const person = z
    .strictObject({ ...valuesOf(ids), destination: z.optional(filled) })
    .check(someOf([...Object.keys(ids), 'destination'], `says nothing: give ${examplesOf(ids)}.`))
    .register(EDITORS, { options: personTexts(rows), shape: (json) => ({ ...json, minProperties: 1 }) });
  const short = z.transform((value: unknown) => (typeof value === 'string' ? byType(value, ids) : value));
  return z.pipe(short, person).register(EDITORS, {
    shape: (json) => ({ anyOf: [...shortForms(ids), json] }),
  }) as unknown as z.ZodMiniType<Person>;
}

/** The same, `acme/backend: S0614TZR7`; and `acme/backend: [mona, priya-k]` is short for its members. */
export function teamSchema(rows: Rows): z.ZodMiniType<Team> {
  const ids = idKeys(rows, 'team');
  const nouns = Object.entries(ids).map(([type, { noun }]) => `${type}, the ${noun}, or `);
  const team = z
    .strictObject({ ...valuesOf(ids), members: z.optional(filledListOf(filled)) })
    .check(someOf([...Object.keys(ids), 'members'], `says nothing: give ${nouns.join('')}members.`))
    .register(EDITORS, { options: teamTexts(rows), shape: (json) => ({ ...json, minProperties: 1 }) });
  const short = z.transform((value: unknown) => {
    if (typeof value === 'string') return byType(value, ids);
    return Array.isArray(value) ? { members: value } : value;
  });
  const members = { type: 'array', items: { type: 'string', pattern: '\\S' }, minItems: 1 };
  return z.pipe(short, team).register(EDITORS, {
    shape: (json) => ({ anyOf: [...shortForms(ids), members, json] }),
  }) as unknown as z.ZodMiniType<Team>;
}

function valuesOf(ids: Ids): Readonly<Record<string, z.ZodMiniType>> {
  return Object.fromEntries(Object.entries(ids).map(([type, { value }]) => [type, value]));
}

function shortForms(ids: Ids) {
  return Object.values(ids).map(({ pattern }) => patterned(pattern));
}

function examplesOf(ids: Ids): string {
  return Object.entries(ids)
    .map(([type, { noun, example }]) => `${type}, the ${noun}, as in ${example}`)
    .join(', or ');
}

/** What looks like nobody's id is told as one of the first type. */
function byType(id: string, ids: Ids): unknown {
  const [first] = Object.keys(ids);
  const type = Object.keys(ids).find((each) => new RegExp(ids[each]?.pattern ?? '').test(id)) ?? first;
  return type === undefined ? id : { [type]: id };
}
