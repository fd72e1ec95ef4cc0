import * as z from 'zod/mini';
import { groupIdProblem, memberIdProblem } from '../slack-shapes.ts';
import { EDITORS } from './editors.ts';
import { filled, filledListOf, patterned, shaped, someOf } from './parts.ts';

const MEMBER_ID = '^[UW][A-Z0-9]{6,}$';
const GROUP_ID = '^S[A-Z0-9]{6,}$';

const person = z
  .strictObject({
    slack: z.optional(shaped(memberIdProblem, MEMBER_ID)),
    destination: z.optional(filled),
  })
  .check(someOf(['slack', 'destination'], 'says nothing: give slack, the member id, as in U012AB3CD.'))
  .register(EDITORS, { section: 'person', shape: (json) => ({ ...json, minProperties: 1 }) });

/** `mona: U012AB3CD` is short for `mona: { slack: U012AB3CD }`. */
export const personOrId = z
  .pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? { slack: value } : value)),
    person,
  )
  .register(EDITORS, { shape: (json) => ({ anyOf: [patterned(MEMBER_ID), json] }) });

const team = z
  .strictObject({
    slack: z.optional(shaped(groupIdProblem, GROUP_ID)),
    members: z.optional(filledListOf(filled)),
  })
  .check(someOf(['slack', 'members'], 'says nothing: give slack, the id of a user group, or members.'))
  .register(EDITORS, { section: 'team', shape: (json) => ({ ...json, minProperties: 1 }) });

/** `acme/backend: S0614TZR7` is short for its user group, `acme/backend: [mona, priya-k]` for its members. */
export function teamOf(value: unknown): unknown {
  if (typeof value === 'string') return { slack: value };
  return Array.isArray(value) ? { members: value } : value;
}

export const teamOrShort = z.pipe(z.transform(teamOf), team).register(EDITORS, {
  shape: (json) => {
    const members = { type: 'array', items: { type: 'string', pattern: '\\S' }, minItems: 1 };
    return { anyOf: [patterned(GROUP_ID), members, json] };
  },
});

export const PERSON_KEYS = Object.keys(person.shape);
export const TEAM_KEYS = Object.keys(team.shape);
