import { redact } from '../shared/secrets/redact.ts';

/** One thing a person has to change. */
export interface Problem {
  /** `tidings.yaml:12:5`, or the name of an environment variable. */
  readonly where: string;
  /** What is wrong and what to do, without its place. */
  readonly message: string;
  /** The line it is on, with secrets masked. Null outside files. */
  readonly excerpt: Excerpt | null;
}

export interface Excerpt {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  /** Characters before the caret. */
  readonly offset: number;
  /** How many characters the carets underline, at least 1. */
  readonly length: number;
}

/** The configuration cannot be used. Holds everything that is wrong with it at once; `message` is ready to print. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super([`${count} in the configuration`, ...problems.map(problemText)].join('\n\n'));
    this.problems = problems;
  }
}

/** One problem as a person reads it: place and sentence, then the line with carets under what is meant. */
export function problemText(problem: Problem): string {
  const { where, message, excerpt } = shownProblem(problem);
  if (!excerpt) return `${where}: ${message}`;
  const number = String(excerpt.line);
  const gutter = ' '.repeat(number.length);
  // Tabs stay tabs before the caret, so that it stands below its character however wide they are shown.
  const before = excerpt.text.slice(0, excerpt.offset).replace(/[^\t]/g, ' ');
  return [
    `${where}: ${message}`,
    `  ${number} | ${excerpt.text}`,
    `  ${gutter} | ${before}${'^'.repeat(excerpt.length)}`,
  ].join('\n');
}

/** Without secrets, also where one stands in a line that should hold none; the carets stay below what they mean. */
function shownProblem({ where, message, excerpt }: Problem): Problem {
  const said = { where: redact(where), message: redact(message) };
  const text = redact(excerpt?.text ?? '');
  if (excerpt === null || text === excerpt.text) return { ...said, excerpt };
  const { line, offset, length } = excerpt;
  const before = Math.min(redact(excerpt.text.slice(0, offset)).length, text.length);
  return {
    ...said,
    excerpt: { line, text, offset: before, length: Math.max(1, Math.min(length, text.length - before)) },
  };
}
