import type { Activity } from '../model/activity.ts';
import type { Directory, OnFilter, Steps } from '../model/rule.ts';
import type { GlobLists } from './glob-list.ts';
import { cut, type Question, question } from './question.ts';

type List = readonly string[];

/** What an `on:` entry asks beyond the event type. An activity that lacks the field asked for does not match. */
export function onQuestions(filter: OnFilter, directory: Directory, globs: GlobLists): readonly Question[] {
  const { types, branches, heads, tags, paths, labels, authors, teams } = filter;
  const exact = { ignoreCase: false };
  return [
    types ? typesQuestion(types) : NEWS,
    branches && textQuestion('on.branches', branches, globs.compile(branches, exact), 'branch', (a) => a.branch),
    heads && textQuestion('on.branches.head', heads, globs.compile(heads, exact), 'head branch', (a) => a.head),
    tags && textQuestion('on.tags', tags, globs.compile(tags, exact), 'tag', (a) => a.tag),
    paths && pathsQuestion(paths, globs),
    ...(labels ? labelQuestions(labels) : []),
    authors && textQuestion('on.authors', authors, globs.compileLogins(authors), 'author', (a) => a.author),
    teams && teamsQuestion(teams, directory),
    filter.conclusion && oneOf('on.conclusion', filter.conclusion, 'conclusion', (a) => a.conclusion),
    filter.transition && oneOf('on.transition', filter.transition, 'transition', (a) => a.transition),
    filter.severity && oneOf('on.severity', filter.severity, 'severity', (a) => a.severity),
  ].filter((each) => each !== null);
}

function typesQuestion(types: List): Question {
  return oneOf('on.types', types, 'action', ({ action }) => action);
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

type Read = (activity: Activity) => string | null;

type Matches = (text: string, steps: Steps) => boolean;

function textQuestion(check: string, wanted: List, matches: Matches, noun: string, read: Read) {
  return question(check, wanted.join(', '), (activity, { steps }) => {
    const text = read(activity);
    return { actual: text ?? `no ${noun}`, ok: text !== null && matches(text, steps) };
  });
}

function oneOf(check: string, wanted: List, noun: string, read: Read): Question {
  const known = new Set(wanted);
  return textQuestion(check, wanted, (text) => known.has(text), noun, read);
}

/** One changed file that is wanted is enough. Of a pull request they are asked for only when all else matches. */
function pathsQuestion(wanted: List, globs: GlobLists): Question {
  const matches = globs.compile(wanted, { ignoreCase: false });
  return question(
    'on.paths',
    wanted.join(', '),
    ({ paths, pullRequest }, { steps }) => {
      if (paths === null) return { actual: pullRequest === null ? 'no changed files' : 'files not known', ok: false };
      const found = paths.find((path) => matches(path, steps));
      const count = paths.length === 1 ? '1 file' : `${paths.length} files`;
      return { actual: found ?? `none of ${count}`, ok: found !== undefined };
    },
    'know paths',
  );
}

function labelQuestions(labels: NonNullable<OnFilter['labels']>): readonly Question[] {
  const ask = (
    which: 'any' | 'all' | 'none',
    holds: (wanted: List, has: (label: string) => boolean) => boolean,
  ): readonly Question[] => {
    if (labels[which].length === 0) return [];
    const wanted = labels[which].map((label) => label.toLowerCase());
    return [
      question(
        `on.labels.${which}`,
        labels[which].join(', '),
        (_, view) => ({ actual: view.labelsText, ok: holds(wanted, (label) => view.labels.has(label)) }),
        'settle',
      ),
    ];
  };
  return [
    ...ask('any', (wanted, has) => wanted.some(has)),
    ...ask('all', (wanted, has) => wanted.every(has)),
    ...ask('none', (wanted, has) => !wanted.some(has)),
  ];
}

function teamsQuestion(teams: List, directory: Directory): Question {
  const members = new Set(teams.flatMap((team) => [...(directory.teams.get(team.toLowerCase())?.members ?? [])]));
  return textQuestion(
    'on.teams',
    teams,
    (login) => members.has(login.toLowerCase()),
    'author',
    (a) => a.author,
  );
}
