import * as z from 'zod/mini';
import { groupIdProblem, memberIdProblem } from '../slack-shapes.ts';
import { EDITORS } from './editors.ts';
import { filled, filledListOf, patterned, shaped } from './parts.ts';

const MEMBER_ID = '^[UW][A-Z0-9]{6,}$';

const person = z
  .strictObject({
    slack: z.optional(shaped(memberIdProblem, MEMBER_ID)),
    destination: z.optional(filled),
  })
  .check(
    z.refine(({ slack, destination }) => slack !== undefined || destination !== undefined, {
      error: 'says nothing: give slack, the member id, as in U012AB3CD.',
    }),
  )
  .register(EDITORS, { section: 'person', shape: (json) => ({ ...json, minProperties: 1 }) });

/** `mona: U012AB3CD` is short for `mona: { slack: U012AB3CD }`. */
export const personOrId = z
  .pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? { slack: value } : value)),
    person,
  )
  .register(EDITORS, { shape: (json) => ({ anyOf: [patterned(MEMBER_ID), json] }) });

export const team = z
  .strictObject({
    slack: z.optional(shaped(groupIdProblem, '^S[A-Z0-9]{6,}$')),
    members: z.optional(filledListOf(filled)),
  })
  .check(
    z.refine(({ slack, members }) => slack !== undefined || members !== undefined, {
      error: 'says nothing: give slack, the id of a user group, or members.',
    }),
  )
  .register(EDITORS, { section: 'team', shape: (json) => ({ ...json, minProperties: 1 }) });

export const PERSON_KEYS = Object.keys(person.shape);
export const TEAM_KEYS = Object.keys(team.shape);
