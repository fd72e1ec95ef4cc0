import type { Steps } from '../model/rule.ts';
import { parseGlob } from './pattern/glob.ts';
import { FREE_LEARNING, wholly } from './pattern/matcher.ts';
import { choice } from './pattern/tree.ts';

type Matches = (text: string, steps: Steps) => boolean;

/** Lists of globs, each compiled once: many rules say the same of repositories and branches. */
export class GlobLists {
  readonly #known = new Map<string, Matches>();

  /**
   * Alternatives (pattern/glob.ts), with exclusions that begin with `!`. An exclusion wins wherever it stands in the list; a
   * list of exclusions alone means everything but.
   */
  compile(patterns: readonly string[], options: { readonly ignoreCase: boolean }): Matches {
    const key = JSON.stringify([patterns, options.ignoreCase]);
    const known = this.#known.get(key) ?? remembering(compileList(patterns, options.ignoreCase));
    this.#known.set(key, known);
    return known;
  }

  /** The same over names that have no case, and of which `[` may be a part: logins, `dependabot[bot]`. */
  compileNames(patterns: readonly string[]): Matches {
    return this.compile(
      patterns.map((pattern) => pattern.replace(/\\?[[\]]/g, (bracket) => `\\${bracket.slice(-1)}`)),
      { ignoreCase: true },
    );
  }

  /** The same over all names of one thing: one that is wanted is enough, and so is one that is excluded. */
  compileAnyOfNames(patterns: readonly string[]): (names: readonly string[], steps: Steps) => boolean {
    const { wanted, excluded } = parted(patterns);
    const isWanted = wanted.length === 0 ? () => true : this.compileNames(wanted);
    const isExcluded = excluded.length === 0 ? () => false : this.compileNames(excluded);
    return (names, steps) =>
      names.some((name) => isWanted(name, steps)) && !names.some((name) => isExcluded(name, steps));
  }
}

function parted(patterns: readonly string[]) {
  return {
    wanted: patterns.filter((pattern) => !pattern.startsWith('!')),
    excluded: patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
  };
}

/** The next rule asks the same of the same event. */
function remembering(matches: Matches): Matches {
  let last: { readonly text: string; readonly answer: boolean } | undefined;
  return (text, steps) => {
    if (last?.text !== text) last = { text, answer: matches(text, steps) };
    return last.answer;
  };
}

function compileList(patterns: readonly string[], ignoreCase: boolean): Matches {
  const { wanted, excluded } = parted(patterns);
  const isWanted = wanted.length === 0 ? () => true : compile(wanted, ignoreCase);
  const isExcluded = compile(excluded, ignoreCase);
  return (text, steps) => isWanted(text, steps) && !isExcluded(text, steps);
}

/** All patterns of a list are one automaton: a text is read once, however many there are. */
function compile(patterns: readonly string[], ignoreCase: boolean): Matches {
  const globs = patterns.filter((pattern) => pattern !== '');
  if (globs.length === 0) return () => false;
  const matcher = wholly(choice(globs.map((glob) => parseGlob(glob, ignoreCase))), FREE_LEARNING);
  const matches: Matches = (text, steps) => matcher.matches(text, steps);
  return ignoreCase ? matches : lookingFirst(globs, matches);
}

/** What looking at both ends of a text costs. */
const LOOK = 8;

/** Of 3,000 changed files most do not even begin and end as a pattern does, and need not be read. */
function lookingFirst(globs: readonly string[], matches: Matches): Matches {
  const ends = globs.map(endsOf);
  return (text, steps) => {
    steps.take(LOOK * ends.length);
    return ends.some(({ first, last }) => text.startsWith(first) && text.endsWith(last)) && matches(text, steps);
  };
}

/** What every text that matches begins and ends with. A slash after `**` may be missing. */
function endsOf(glob: string): { readonly first: string; readonly last: string } {
  const [first = ''] = /^[^*?[{\\]*/.exec(glob) ?? [];
  const [last = ''] = /[^*?[\]{}\\]*$/.exec(glob) ?? [];
  return { first, last: last.replace(/^\//, '') };
}
