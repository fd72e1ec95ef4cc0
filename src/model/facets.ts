import { SEVERITIES, TRANSITIONS } from './scales.ts';

type List = readonly string[];

/** How a rule asks for a facet, behind an event's name in `on:`. */
export interface Filter {
  /** Its key in tidings.yaml. With a dot it is part of a mapping: `branches.head`. */
  readonly key: string;
  /** Where the key takes a mapping too: the part of it that a plain list means. */
  readonly alone?: string;
  /** What has none of it "has no tag". */
  readonly noun: string;
  /** What it asks, and what holds where it is left out. For the docs, and for editors. */
  readonly text: string;
  readonly without: string;
  /** Values that are known on sight where people write them as an action, in lower case. */
  readonly usual?: RegExp;
  /** Part of the mapping → what that asks. */
  readonly parts?: Readonly<Record<string, string>>;
}

interface Common {
  /** False: no normaliser says it. It is known once an activity is looked at. */
  readonly isSaid: boolean;
  /** What `if:` reads under its name, for the docs. Null: `if:` does not know it. */
  readonly field: string | null;
}

/**
 * word    one text, asked for by its exact words
 * code    the same, whatever its case: a currency
 * ref     one text, asked for by patterns
 * login   the same, where case says nothing and `[` is part of a name
 * logins  several of them, of which one that is wanted is enough
 * team    the author, asked for by their teams
 * paths   the changed files, or null where nobody knows them: one that is wanted is enough
 * names   all that one thing is called, asked for by patterns, whatever their case: one name that is wanted is enough
 * labels  a list of which any, all or none are asked for, whatever their case; it may change right after opening
 */
export interface AskableFacet extends Common {
  readonly kind: 'word' | 'code' | 'ref' | 'login' | 'logins' | 'team' | 'paths' | 'names' | 'labels';
  /** Of a word: all that there are. Null: whatever its provider says. */
  readonly words: readonly [string, ...string[]] | null;
  readonly filter: Filter;
}

/** `if:` alone asks for it. An amount may have decimals. */
export interface PlainFacet extends Common {
  readonly kind: 'list' | 'flag' | 'number' | 'amount';
  readonly filter: null;
}

export type Facet = AskableFacet | PlainFacet;

/**
 * What rules can ask of an activity beside its kind, place and actor: a row is the key in tidings.yaml, its schema and its
 * texts, the question of a rule, the field of `if:`, and the type of what a normaliser says. In the order of the docs.
 */
export const FACETS = {
  branch: row('ref', 'Where it lands.', {
    key: 'branches',
    alone: 'base',
    noun: 'branch',
    without: 'any',
    text: "Patterns over the branch it lands on: a pull request's base, the branch pushed to. Or `{ base: …, head: … }`, where `head` is the branch it comes from. What has no branch doesn't match.",
    usual: /^(?:dev|develop|development|main|master|production|staging|trunk)$|^(?!v[\d*]|.*\.ya?ml$).*[/*]/,
    parts: { base: 'Patterns over the branch it lands on.' },
  }),
  head: row('ref', 'The branch it comes from.', {
    key: 'branches.head',
    noun: 'head branch',
    without: 'any',
    text: 'Patterns over the branch it comes from.',
  }),
  tag: row('ref', 'The tag it is about: one pushed, created or released.', {
    key: 'tags',
    noun: 'tag',
    without: 'any',
    text: 'Patterns over the tag pushed, created or released.',
    usual: /^v(?:\d|\*)/,
  }),
  paths: row('paths', 'Changed files, where they are known.', {
    key: 'paths',
    noun: 'changed files',
    without: 'any',
    text: 'Patterns over the changed files: one file that is wanted and not excluded is enough.',
  }),
  labels: row('labels', 'The labels it has.', {
    key: 'labels',
    alone: 'any',
    noun: 'labels',
    without: 'any',
    text: "`any`: at least one of them. `all`: every one. `none`: none of them. A plain list means `any`. Case doesn't matter.",
    // What many repositories have from the start, and what most give to unfinished work.
    usual: /^(?:bug|documentation|duplicate|enhancement|invalid|question|wip|wontfix)$/,
    parts: { any: 'At least one of these.', all: 'Every one of these.', none: 'None of these.' },
  }),
  author: row('login', 'Login of whoever wrote what it is about: the issue or pull request.', {
    key: 'authors',
    noun: 'author',
    without: 'anybody',
    text: 'Patterns over the login of whoever wrote it; case doesn\'t matter. A pull request stays its author\'s, whoever merges it. `[` and `]` are plain characters here, as in `"!*[bot]"`.',
  }),
  authorTeam: {
    ...row('team', '', {
      key: 'teams',
      noun: 'author',
      without: 'anybody',
      text: 'The author belongs to one of these, according to `teams`.',
    }),
    isSaid: false,
    field: null,
  },
  assignees: row('logins', 'Logins of those it is assigned to: an issue, a pull request, an incident.', {
    key: 'assignees',
    noun: 'assignee',
    without: 'anybody',
    text: "Patterns over the logins of those it is assigned to, or over their names where the provider says no more: one of them is enough. Case doesn't matter.",
  }),
  conclusion: row('word', 'How it ended: `success`, `failure`…', {
    key: 'conclusion',
    noun: 'conclusion',
    without: 'any',
    text: "How it ended, in the provider's words: `success`, `failure`, `timed_out`, `cancelled`…",
  }),
  transition: {
    ...oneOf(
      TRANSITIONS,
      'How the result compares with the last one: `broke`, `still_broken`, `fixed`, `still_passing`.',
      {
        key: 'transition',
        noun: 'transition',
        without: 'any',
        text: 'How the result compares with the last one of its kind on the same branch: `broke`, `still_broken`, `fixed`, `still_passing`.',
      },
    ),
    isSaid: false,
  },
  workflow: row('names', 'What the workflow is called: its name, and its file by itself and with its path.', {
    key: 'workflows',
    noun: 'workflow',
    without: 'any',
    text: "Patterns over the name of the workflow, or its file, `ci.yml`, alone or with its path: one of them is enough. Case doesn't matter.",
    usual: /^(?:build|ci|codeql|deploy|lint|nightly|release|test)s?$|\.ya?ml$| /,
  }),
  severity: oneOf(SEVERITIES, 'How bad it is: `low`, `medium`, `high`, `critical`.', {
    key: 'severity',
    noun: 'severity',
    without: 'any',
    text: 'How bad it is, a security alert or an incident: `low`, `medium`, `high`, `critical`.',
  }),
  environment: row('ref', 'Where it runs: `production`, `staging`…', {
    key: 'environments',
    noun: 'environment',
    without: 'any',
    text: 'Patterns over the environment that it happened in, or that is deployed to: `production`, `review/*`.',
  }),
  currency: row('code', 'The currency of `amount`, by its code: `EUR`.', {
    key: 'currencies',
    noun: 'currency',
    without: 'any',
    text: 'The currency of the payment, order or invoice, by its code: `EUR`, `USD`. How much it is, `if: activity.amount > 100` asks.',
  }),
  amount: plain('amount', 'How much money it is about, in whole units of `currency`: 20 for $20.00.'),
  isDraft: plain('flag', 'It is a draft, or concerns one.'),
  isFork: plain('flag', 'It comes from a fork of the repository.'),
  isTest: plain('flag', 'It happened in a test mode or a sandbox: no real money, order or person.'),
  reviewers: plain('list', 'Logins and `organisation/team` whose review the pull request waits for.'),
  asked: plain('list', 'Logins and `organisation/team` that this very event asks something of.'),
  pullRequest: plain('number', 'The number of the pull request it is about.'),
} as const satisfies Readonly<Record<string, Facet>>;

type Rows = typeof FACETS;

/** What an event may have and a filter asks for; of the teams, it is the author. */
export type FacetName = {
  [K in keyof Rows]: Rows[K] extends { readonly kind: 'team' } | { readonly filter: null } ? never : K;
}[keyof Rows];

/** What an activity says of a facet of that kind. */
interface Values<Word> {
  readonly word: Word | null;
  readonly code: string | null;
  readonly ref: string | null;
  readonly login: string | null;
  readonly logins: List;
  readonly team: never;
  readonly paths: List | null;
  readonly names: List;
  readonly labels: List;
  readonly list: List;
  readonly flag: boolean;
  readonly number: number | null;
  readonly amount: number | null;
}

type Word<F> = F extends { readonly words: readonly (infer W extends string)[] } ? W : string;

/** What one row makes of an activity's `facets`. */
export type FacetValue<F extends Facet> = Values<Word<F>>[F['kind']];

type Said<T extends Readonly<Record<string, Facet>>> = {
  readonly [K in keyof T as T[K]['isSaid'] extends true ? K : never]: FacetValue<T[K]>;
};

/** What rules ask of an activity. Null, false and an empty list: it has nothing of the kind. */
export type Facets = Said<Rows>;

/** The filters of an `on:` entry beside `types`, as rules and traces name them: `tags`, `branches.head`, `labels.any`. */
type NameOf<F> = F extends { readonly kind: 'labels'; readonly filter: { readonly key: infer K extends string } }
  ? `${K}.${LabelsPart}`
  : F extends { readonly filter: { readonly key: infer K extends string } }
    ? K
    : never;
export type FilterName = NameOf<Rows[keyof Rows]>;

export const LABELS_PARTS = ['any', 'all', 'none'] as const;
export type LabelsPart = (typeof LABELS_PARTS)[number];

/** `tags`; of labels, a name for each part. */
export function filterNames({ kind, filter }: Facet): readonly string[] {
  if (filter === null) return [];
  return kind === 'labels' ? LABELS_PARTS.map((part) => `${filter.key}.${part}`) : [filter.key];
}

/** Where the file has it: `tags`, `branches` → `base`, `labels` → `any`. */
export function placeInFilter(name: string, { alone }: Filter): readonly [key: string, part?: string] {
  const [key = name, part = alone] = name.split('.');
  return part === undefined ? [key] : [key, part];
}

function row<K extends AskableFacet['kind'], const F extends Filter>(kind: K, field: string, filter: F) {
  return { kind, words: null, isSaid: true, field, filter } as const;
}

function oneOf<const W extends readonly [string, ...string[]], const F extends Filter>(
  words: W,
  field: string,
  filter: F,
) {
  return { ...row('word', field, filter), words } as const;
}

function plain<K extends PlainFacet['kind']>(kind: K, field: string) {
  return { kind, isSaid: true, field, filter: null } as const;
}
