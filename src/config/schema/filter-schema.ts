import * as z from 'zod/mini';
import { SEVERITIES, TRANSITIONS } from '../../model/activity.ts';
import { EDITORS } from '../parts/editors.ts';
import { filled, filledListOf, oneOf, shaped, someOf } from '../parts/values.ts';
import { authorProblem, fileGlobProblem, globProblem, refGlobProblem, teamProblem } from './pattern-problems.ts';

const GLOB = '^!?[^!]';

/** A list, or a mapping that says more: a list alone means the key named `alone`. */
function listOrMapping<T extends z.ZodMiniObject>(alone: string, mapping: T) {
  const either = z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' || Array.isArray(value) ? { [alone]: value } : value)),
    mapping,
  );
  EDITORS.add(either, {
    shape: (json) => {
      const list = (json['properties'] as Readonly<Record<string, { readonly anyOf?: object[] }>>)[alone];
      return { anyOf: [...(list?.anyOf ?? []), json] };
    },
  });
  return either;
}

const labels = z
  .strictObject({
    any: z.optional(filledListOf(filled)),
    all: z.optional(filledListOf(filled)),
    none: z.optional(filledListOf(filled)),
  })
  .register(EDITORS, { section: 'labels' });

const refGlobs = filledListOf(shaped(refGlobProblem, GLOB));

const branches = z
  .strictObject({ base: z.optional(refGlobs), head: z.optional(refGlobs) })
  .check(someOf(['base', 'head'], 'is empty: give base or head, or leave it out.'))
  .register(EDITORS, { section: 'branches', shape: (json) => ({ ...json, minProperties: 1 }) });

const filter = z
  .strictObject({
    types: z.optional(filledListOf(filled)),
    branches: z.optional(listOrMapping('base', branches)),
    tags: z.optional(refGlobs),
    paths: z.optional(filledListOf(shaped(fileGlobProblem, GLOB))),
    labels: z.optional(listOrMapping('any', labels)),
    authors: z.optional(filledListOf(shaped(authorProblem, GLOB))),
    teams: z.optional(filledListOf(shaped(teamProblem, '^[^/@\\s]+/[^/\\s]+$'))),
    conclusion: z.optional(filledListOf(filled)),
    transition: z.optional(filledListOf(oneOf(TRANSITIONS))),
    severity: z.optional(filledListOf(oneOf(SEVERITIES))),
  })
  .register(EDITORS, { section: 'filter' });

/** `opened`, `[opened, closed]`, `true` or nothing, besides a filter in full. */
export function filterOf(value: unknown): unknown {
  if (value === null || value === true) return {};
  return typeof value === 'string' || Array.isArray(value) ? { types: value } : value;
}

export const filterOrShort = z.pipe(z.transform(filterOf), filter).register(EDITORS, {
  shape: (json) => {
    const text = { type: 'string', pattern: '\\S' };
    return {
      anyOf: [{ type: 'null' }, { const: true }, text, { type: 'array', items: text, minItems: 1 }, json],
    };
  },
});

export const repoGlobs = filledListOf(
  shaped(
    (text) =>
      globProblem(text) ??
      (isRepoGlob(text) ? undefined : 'is compared with "owner/name": write acme/api, acme/* or */api.'),
    '/|\\*\\*',
  ),
);

/** An address of GitHub has a slash too, and would match nothing. */
function isRepoGlob(text: string): boolean {
  return (text.includes('/') || text.includes('**')) && !/:|^!?github\.com\//.test(text);
}

export const FILTER_KEYS = Object.keys(filter.shape);
export const BRANCHES_KEYS = Object.keys(branches.shape);
export const LABELS_KEYS = Object.keys(labels.shape);
