import { type AskableFacet, FACETS, type Facet, filterNames, type LabelsPart } from '../model/facets.ts';
import type { Directory, OnFilter, Steps } from '../model/rule.ts';
import type { GlobLists } from './glob-list.ts';
import { cut, type Question, question } from './question.ts';

type List = readonly string[];
type Table = Readonly<Record<string, Facet>>;

/** What an `on:` entry asks, name by name. */
type Asked = Readonly<Record<string, List | null>>;

interface Deps {
  readonly directory: Directory;
  readonly globs: GlobLists;
}

/** What an `on:` entry asks beyond the event type. An activity that lacks the facet asked for does not match. */
export function onQuestions(filter: OnFilter, deps: Deps): readonly Question[] {
  const types = filter.types ? typesQuestion(filter.types) : NEWS;
  return [types, ...facetQuestions(filter, deps, FACETS)];
}

/** In the order of the table. */
export function facetQuestions(asked: Asked, deps: Deps, facets: Table): readonly Question[] {
  return Object.entries(facets).flatMap(([facet, row]) => {
    if (row.filter === null) return [];
    const { kind, filter } = row;
    return filterNames(row).flatMap((name) => {
      const wanted = asked[name] ?? null;
      return wanted === null ? [] : [ASK[kind]({ facet, name, noun: filter.noun, wanted }, deps)];
    });
  });
}

function typesQuestion(types: List): Question {
  const known = new Set(types);
  return question('on.types', types.join(', '), ({ activity: { action } }) => ({
    actual: action ?? 'no action',
    ok: action !== null && known.has(action),
  }));
}

/** Who names no actions wants news: what comes many times a day is told only by its name. */
const NEWS: Question = {
  may: null,
  ask: ({ activity: { action, isMinor } }) =>
    isMinor
      ? {
          check: 'on.types',
          wanted: 'news',
          actual: cut(`${action ?? 'it'}, minor: told where types name it`),
          ok: false,
        }
      : null,
};

/** One filter of a rule. */
interface Ask {
  readonly facet: string;
  /** In traces, behind `on.` */
  readonly name: string;
  readonly noun: string;
  readonly wanted: List;
}

type Matches = (text: string, steps: Steps) => boolean;

const ASK: Readonly<Record<AskableFacet['kind'], (ask: Ask, deps: Deps) => Question>> = {
  word: (ask) => textQuestion(ask, isOneOf(ask.wanted)),
  code: (ask) => textQuestion(ask, isCode(ask.wanted)),
  ref: (ask, { globs }) => textQuestion(ask, globs.compile(ask.wanted, { ignoreCase: false })),
  login: (ask, { globs }) => textQuestion(ask, globs.compileNames(ask.wanted)),
  logins: namesQuestion,
  team: (ask, { directory }) => textQuestion({ ...ask, facet: 'author' }, isMember(ask.wanted, directory)),
  paths: pathsQuestion,
  names: namesQuestion,
  labels: labelsQuestion,
};

function textQuestion({ facet, name, noun, wanted }: Ask, matches: Matches): Question {
  return question(`on.${name}`, wanted.join(', '), ({ facets, steps }) => {
    const text = facets[facet];
    if (typeof text !== 'string') return { actual: `no ${noun}`, ok: false };
    return { actual: text, ok: matches(text, steps) };
  });
}

function namesQuestion({ facet, name, noun, wanted }: Ask, { globs }: Deps): Question {
  const matches = globs.compileAnyOfNames(wanted);
  return question(`on.${name}`, wanted.join(', '), ({ facets, steps }) => {
    const names = facets[facet];
    if (!Array.isArray(names) || names.length === 0) return { actual: `no ${noun}`, ok: false };
    return { actual: names.join(', '), ok: matches(names.map(String), steps) };
  });
}

function isOneOf(wanted: List): Matches {
  const known = new Set(wanted);
  return (text) => known.has(text);
}

function isCode(wanted: List): Matches {
  const isKnown = isOneOf(wanted.map((code) => code.toUpperCase()));
  return (code, steps) => isKnown(code.toUpperCase(), steps);
}

function isMember(teams: List, directory: Directory): Matches {
  const members = new Set(teams.flatMap((team) => [...(directory.teams.get(team.toLowerCase())?.members ?? [])]));
  return (login) => members.has(login.toLowerCase());
}

/** One changed file that is wanted is enough. Of a pull request they are asked for only when all else matches. */
function pathsQuestion({ name, wanted }: Ask, { globs }: Deps): Question {
  const matches = globs.compile(wanted, { ignoreCase: false });
  return question(
    `on.${name}`,
    wanted.join(', '),
    ({ activity: { facets }, steps }) => {
      const { paths, pullRequest } = facets;
      if (paths === null) return { actual: pullRequest === null ? 'no changed files' : 'files not known', ok: false };
      const found = paths.find((path) => matches(path, steps));
      const count = paths.length === 1 ? '1 file' : `${paths.length} files`;
      return { actual: found ?? `none of ${count}`, ok: found !== undefined };
    },
    'know paths',
  );
}

type Holds = (wanted: List, has: (label: string) => boolean) => boolean;

const HOLDS: Readonly<Record<LabelsPart, Holds>> = {
  any: (wanted, has) => wanted.some(has),
  all: (wanted, has) => wanted.every(has),
  none: (wanted, has) => !wanted.some(has),
};

function labelsQuestion({ facet, name, noun, wanted }: Ask): Question {
  const holds = HOLDS[name.split('.').at(-1) as LabelsPart];
  const lowered = wanted.map((label) => label.toLowerCase());
  return question(
    `on.${name}`,
    wanted.join(', '),
    (view) => {
      const { text, has } = view.labels(facet);
      return { actual: text || `no ${noun}`, ok: holds(lowered, has) };
    },
    'settle',
  );
}
