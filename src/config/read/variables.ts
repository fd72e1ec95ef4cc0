import type { Variables } from '../../model/plugin/variables.ts';
import { Secret } from '../../shared/secret.ts';
import type { Problem } from '../config-error.ts';
import { isHttpUrl } from '../parts/http-url.ts';
import { tokenProblem } from '../parts/token-problem.ts';
import type { Env } from './process-env.ts';

/** Reads single variables, telling `problems` what is wrong; a value in their place lets the rest be checked too. */
export function variablesOf(env: Env, problems: Problem[]): Variables {
  const text = (name: string) => env[name]?.trim() || null;

  function tell(where: string, message: string): void {
    problems.push({ where, message, excerpt: null });
  }

  function address(name: string): string | null {
    const found = text(name);
    if (found !== null && !isHttpUrl(found)) {
      tell(name, 'must be an address that begins with https:// or http://, without a name and password in it.');
    }
    return found;
  }

  return {
    text,
    tell,
    address,
    base: (name) => address(name)?.replace(/\/+$/, '') ?? null,
    token(name, problemOf = tokenProblem) {
      const found = text(name);
      if (found === null) return null;
      const problem = problemOf(found);
      if (problem !== undefined) tell(name, problem);
      return problem === undefined ? new Secret(found) : null;
    },
  };
}

/** Comma-separated while rotating: spaces around and empty parts do not count. */
export function commaSeparated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
