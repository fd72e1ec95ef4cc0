import picomatch from 'picomatch';

/**
 * `*` stays within one `/` segment, `**` crosses them, `?`, `[…]` and `{a,b}` as in a shell. Names that begin with a
 * dot are names like others (`acme/.github`), `release/**` does not mean `release` itself, and parentheses are plain
 * characters, as branch names may hold them.
 */
const GLOB = { dot: true, nonegate: true, noextglob: true, strictSlashes: true, windows: false } as const;

/** Quoting and groups to picomatch and the regular expression; in a name they are plain characters. */
const REGEX_ONLY = /[()|+^$"]/g;

type Matches = (text: string) => boolean;

/**
 * Alternatives, with exclusions that begin with `!`. An exclusion wins wherever it stands in the list; a list of
 * exclusions alone means everything but. A pattern that is no glob (`a[`) is taken literally.
 */
export function compileGlobs(patterns: readonly string[], options: { readonly ignoreCase: boolean }): Matches {
  const compile = (pattern: string): Matches => {
    if (pattern === '') return () => false;
    const expression = picomatch.makeRe(pattern.replace(REGEX_ONLY, '\\$&'), { ...GLOB, nocase: options.ignoreCase });
    return (text) => expression.test(text);
  };
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(compile);
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => compile(pattern.slice(1)));
  return (text) =>
    (wanted.length === 0 || wanted.some((matches) => matches(text))) && !excluded.some((matches) => matches(text));
}

/** The same over logins, which have no case, and where `[bot]` is part of a name. */
export function compileLogins(patterns: readonly string[]): Matches {
  return compileGlobs(
    patterns.map((pattern) => pattern.replace(/\\?[[\]]/g, (bracket) => `\\${bracket.slice(-1)}`)),
    { ignoreCase: true },
  );
}
