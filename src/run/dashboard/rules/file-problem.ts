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
    excerpt: excerpt.length === 0 ? null : excerpt.join('\n'),
  };
}

export function plainProblem(where: string, message: string): Answered {
  return fileProblem({ where, message, excerpt: null });
}
