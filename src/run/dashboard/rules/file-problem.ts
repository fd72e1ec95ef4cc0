import type { z } from 'zod';
import { type Problem, problemText } from '../../../config/config-error.ts';
import type { FileProblem } from '../../../http/api/answers/rules.ts';
import { redact } from '../../../shared/secrets/redact.ts';

type Answered = z.infer<typeof FileProblem>;

/** As the API says it: without secrets, the line with carets under what is meant. */
export function fileProblem(problem: Problem): Answered {
  const [, line, column] = /:(\d+):(\d+)$/.exec(problem.where) ?? [];
  const [, ...excerpt] = problemText(problem)
    .slice(problemText({ ...problem, excerpt: null }).length)
    .split('\n');
  return {
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
    where: redact(problem.where),
    message: redact(problem.message),
    excerpt: excerpt.length === 0 ? null : around(excerpt),
  };
}

const LONGEST_EXCERPT = 160;

/** A line may be as long as the file. What is meant stays in it; secrets are masked by now. */
function around(lines: readonly string[]): string {
  const caret = lines.findLast((line) => line.includes('^'))?.indexOf('^') ?? 0;
  const start = caret < LONGEST_EXCERPT / 2 ? 0 : caret - LONGEST_EXCERPT / 2;
  return lines
    .map((line) => `${start > 0 ? '…' : ''}${line.slice(start, start + LONGEST_EXCERPT).toWellFormed()}`)
    .join('\n');
}

export function plainProblem(where: string, message: string): Answered {
  return fileProblem({ where, message, excerpt: null });
}
