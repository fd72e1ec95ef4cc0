import type { Path } from '../place/yaml-map.ts';
import type { Env } from './process-env.ts';

/** `$${` (an escaped `${`), `${NAME}`, or a `${` that is neither. */
const VARIABLE = /\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)\})?/g;

export interface Substituted {
  readonly data: unknown;
  /** Every text that held a variable, with the first one's name. */
  readonly variables: readonly { readonly path: Path; readonly variable: string }[];
  readonly problems: readonly {
    readonly path: Path;
    /** The piece of text that is wrong. */
    readonly needle: string;
    readonly message: string;
    /** The variable that is not set, or is empty. Null: something else is wrong. */
    readonly unset: string | null;
  }[];
}

function notVariable(isActions: boolean, path: Path): string {
  if (!isActions) return '`${` begins a variable, as in `${NAME}`. Write `$${` for the characters themselves.';
  return path.at(-1) === 'template'
    ? 'a value stands in {{ … }} alone, and a dollar before it is written $${{ … }}.'
    : '`${{ … }}` belongs into workflows: write the expression alone.';
}

/**
 * Replaces `${VAR}` in every text value of parsed data, never in keys. What a variable holds is text and is not parsed
 * or substituted again. A variable that is unset or empty is a problem, and its text stays as written.
 */
export function substitute(data: unknown, env: Env): Substituted {
  const variables: Substituted['variables'][number][] = [];
  const problems: Substituted['problems'][number][] = [];

  function inText(text: string, path: Path): string {
    return text.replace(VARIABLE, (found, name: string | undefined, at: number) => {
      if (found === '$${') return '${';
      if (name === undefined) {
        problems.push({ path, needle: found, message: notVariable(text[at + 2] === '{', path), unset: null });
        return found;
      }
      variables.push({ path, variable: name });
      const value = env[name];
      if (value) return value;
      const what = value === undefined ? 'not set' : 'empty';
      problems.push({
        path,
        needle: found,
        message: `the environment variable ${name} is ${what}: write ${name}=… into .env, or set it in the environment.`,
        unset: name,
      });
      return found;
    });
  }

  function walk(value: unknown, path: Path, inside: readonly unknown[]): unknown {
    if (typeof value === 'string') return inText(value, path);
    if (typeof value !== 'object' || value === null) return value;
    if (inside.includes(value)) {
      problems.push({ path, needle: '', message: 'this anchor contains itself.', unset: null });
      return null;
    }
    const around = [...inside, value];
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index], around));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], around)]));
  }

  return { data: walk(data, [], []), variables, problems };
}
