import * as z from 'zod/mini';
import { type AskableFacet, FACETS, type Facet, filterNames, placeInFilter } from '../../model/facets.ts';
import { EDITORS } from '../parts/editors.ts';
import { filled, filledListOf, oneOf, shaped, someOf } from '../parts/values.ts';
import {
  assigneeProblem,
  authorProblem,
  codeProblem,
  fileGlobProblem,
  globProblem,
  refGlobProblem,
  teamProblem,
  workflowGlobProblem,
} from './pattern-problems.ts';

const GLOB = '^!?[^!]';

/** As a rule names a list of repositories, also to leave it out. */
const LIST = /^!?[A-Za-z0-9][\w-]*$/;

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

const ITEMS: Readonly<Record<AskableFacet['kind'], (words: AskableFacet['words']) => z.ZodMiniType<string>>> = {
  word: (words) => (words === null ? filled : oneOf(words)),
  code: () => shaped(codeProblem, '^[A-Za-z]{3,6}$'),
  ref: () => shaped(refGlobProblem, GLOB),
  login: () => shaped(authorProblem, GLOB),
  logins: () => shaped(assigneeProblem, GLOB),
  team: () => shaped(teamProblem, '^[^/@\\s]+/[^/\\s]+$'),
  paths: () => shaped(fileGlobProblem, GLOB),
  names: () => shaped(workflowGlobProblem, GLOB),
  labels: () => filled,
};

/** A filter's list, where the file has it. */
interface Listed {
  readonly key: string;
  /** Undefined: the key takes a list and nothing else. */
  readonly part: string | undefined;
  readonly alone: string | undefined;
  readonly list: z.ZodMiniType;
}

/** Filter → its schema. */
export function filterShape(facets: Readonly<Record<string, Facet>>): Readonly<Record<string, z.ZodMiniType>> {
  const byKey = Object.groupBy(Object.values(facets).flatMap(listsOf), ({ key }) => key);
  return Object.fromEntries(
    Object.entries(byKey).map(([key, lists = []]) => [key, z.optional(filterOfLists(key, lists))]),
  );
}

function listsOf(row: Facet): readonly Listed[] {
  if (row.filter === null) return [];
  const { kind, words, filter } = row;
  return filterNames(row).map((name) => {
    const [key, part] = placeInFilter(name, filter);
    return { key, part, alone: filter.alone, list: filledListOf(ITEMS[kind](words)) };
  });
}

function filterOfLists(key: string, lists: readonly Listed[]): z.ZodMiniType {
  const [first] = lists;
  const alone = first?.alone;
  if (first === undefined || alone === undefined) return first?.list ?? z.never();
  const parts = lists.flatMap(({ part }) => part ?? []);
  const shape = Object.fromEntries(lists.map(({ part, list }) => [part, z.optional(list)]));
  const mapping = z
    .strictObject(shape)
    .check(someOf(parts, `is empty: give ${parts.join(' or ')}, or leave it out.`))
    .register(EDITORS, { section: key, shape: (json) => ({ ...json, minProperties: 1 }) });
  return listOrMapping(alone, mapping);
}

const filter = z
  .strictObject({ types: z.optional(filledListOf(filled)), ...filterShape(FACETS) })
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

/** Over the names of sources. */
export const sourceGlobs = filledListOf(shaped(globProblem, GLOB));

/** What is neither "owner/name" nor a pattern over that, where no list is meant. */
export const NO_REPO = 'is compared with "owner/name": write acme/api, acme/* or */api.';

/** A name alone is a list in `repos`, checked by `remarksOnRepos`. */
export const repoGlobs = filledListOf(
  shaped((text) => {
    if (text === '*') return 'is compared with "owner/name": write "**" for all repositories.';
    return globProblem(text) ?? (isRepoGlob(text) || LIST.test(text) ? undefined : NO_REPO);
  }, `/|\\*\\*|${LIST.source}`),
);

/** A list of `repos`: what it leaves out would be left out of other lists too, where a rule names several. */
export const repoList = filledListOf(
  shaped((text) => {
    if (text.startsWith('!')) return `leaves out nothing: a rule does, as in repos: [backend, "${text}"].`;
    if (LIST.test(text))
      return `has repositories, and no other list: write acme/${text}, or name both lists in the rule.`;
    return globProblem(text) ?? (isRepoGlob(text) ? undefined : NO_REPO);
  }, '^[^!].*/|^\\*\\*'),
);

/** An address has a slash too, and would match nothing. */
function isRepoGlob(text: string): boolean {
  return (text.includes('/') || text.includes('**')) && !/:|^!?[\w-]+\.com\//.test(text);
}

export const FILTER_KEYS = Object.keys(filter.shape);

/** Filter → the keys of its mapping, where it takes one. */
export const FILTER_PARTS: ReadonlyMap<string, readonly string[]> = new Map(
  [...Map.groupBy(Object.values<Facet>(FACETS).flatMap(listsOf), ({ key }) => key)].flatMap(([key, lists]) => {
    const parts = lists.flatMap(({ part }) => part ?? []);
    return parts.length === 0 ? [] : [[key, parts] as const];
  }),
);
