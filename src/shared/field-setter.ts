import { suggest } from './suggest.ts';

type Container = Record<string, unknown> | unknown[];

/** The fields that objects of this name have, also those a payload leaves out. Null: any, or nobody knows. */
export type FieldsOf = (holder: string) => readonly string[] | null;

/**
 * Changes single fields of payloads. A path leads to one: list items are named by number (`issue.labels.0.name`). A field that is
 * not there may be added where `fieldsOf` has it; any other is misspelt, and would change nothing, without a word.
 */
export interface FieldSetter {
  /**
   * `issue.title=Uploads fail`. The value is read as JSON where it is JSON (`true`, `12`, `null`, `"12"`, `{…}`), else as text.
   * @throws Error that says which part of the path is wrong and what was meant, or what there is instead
   */
  apply(payload: Record<string, unknown>, assignment: string): void;
  /** `said`: how the person wrote it. @throws Error likewise; nothing is changed */
  set(payload: Record<string, unknown>, path: string, value: unknown, said?: string): void;
  /** Applies assignments to a copy. */
  assign(
    payload: Readonly<Record<string, unknown>>,
    assignments: readonly string[],
  ):
    | { readonly ok: true; readonly payload: Record<string, unknown> }
    | { readonly ok: false; readonly problem: string };
  /** As `set`. Null: done, else why not. */
  problem(payload: Record<string, unknown>, path: string, value: unknown): string | null;
}

/** `example`: a path of the provider's, for errors. */
export function createFieldSetter(fieldsOf: FieldsOf, example: string): FieldSetter {
  const setter: FieldSetter = {
    apply(payload, assignment) {
      const equals = assignment.indexOf('=');
      if (equals < 1) throw new Error(`--set ${assignment}: write path=value, such as ${example}="Uploads fail".`);
      setter.set(payload, assignment.slice(0, equals), parseValue(assignment.slice(equals + 1)), '--set');
    },
    set(payload, path, value, said = 'set') {
      const problem = setter.problem(payload, path, value);
      if (problem !== null) throw new Error(`${said} ${path}: ${problem}`);
    },
    assign(payload, assignments) {
      const changed = structuredClone(payload) as Record<string, unknown>;
      try {
        for (const assignment of assignments) setter.apply(changed, assignment);
        return { ok: true, payload: changed };
      } catch (error) {
        return { ok: false, problem: error instanceof Error ? error.message : String(error) };
      }
    },
    problem(payload, path, value) {
      const keys = path.split('.');
      if (keys.includes('')) return `a part of the path is empty. Write it like ${example}.`;
      return within({ fieldsOf, payload }, payload, keys, [], value);
    },
  };
  return setter;
}

interface Setting {
  readonly fieldsOf: FieldsOf;
  readonly payload: Container;
}

/** Null: done. Objects on the way that the payload leaves out or has as null are made, once the rest of the path is right. */
function within(
  setting: Setting,
  container: Container,
  [key = '', ...rest]: readonly string[],
  before: readonly string[],
  value: unknown,
): string | null {
  const problem = keyProblem(setting, container, key, before);
  if (problem !== null) return problem;
  if (rest.length === 0) return put(container, key, value);
  const next = own(container, key) ?? null;
  const here = [...before, key];
  if (isContainer(next)) return within(setting, next, rest, here, value);
  if (next !== null || setting.fieldsOf(holderOf(here)) === null) return `${here.join('.')} has no fields of its own.`;
  const made = {};
  return within(setting, made, rest, here, value) ?? put(container, key, made);
}

function put(container: Container, key: string, value: unknown): null {
  // Defined, not assigned: whatever the key, it becomes an ordinary field.
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
  return null;
}

function keyProblem(
  { fieldsOf, payload }: Setting,
  container: Container,
  key: string,
  before: readonly string[],
): string | null {
  const at = (name: string) => [...before, name].join('.');
  if (Array.isArray(container)) {
    const index = /^\d+$/.test(key) ? Number(key) : Number.NaN;
    if (index <= container.length) return null;
    if (Number.isNaN(index)) return `${before.join('.')} is a list: write ${at('0')}.${key} for its first item.`;
    return `there is no ${at(key)}. The list has ${container.length} items, counted from 0.`;
  }
  const known = fieldsOf(holderOf(before));
  if (own(container, key) !== undefined || known === null || known.includes(key)) return null;
  const fields = [...Object.keys(container), ...known];
  const near = suggest(key, fields);
  const meant = near === undefined ? pathTo(payload, key) : at(near);
  return `there is no ${at(key)}. ${meant === undefined ? `There is: ${fields.slice(0, 30).join(', ')}.` : `Did you mean ${meant}?`}`;
}

/** The name of what holds the fields at a path: items of a list are called like the list. */
function holderOf(path: readonly string[]): string {
  return path.findLast((key) => !/^\d+$/.test(key)) ?? '*';
}

/** The shortest path to a field of that name. */
function pathTo(payload: Container, key: string): string | undefined {
  let level: readonly (readonly [path: string, value: unknown])[] = Object.entries(payload);
  while (level.length > 0) {
    const found = level.find(([path]) => path.endsWith(`.${key}`));
    if (found !== undefined) return found[0];
    level = level.flatMap(([path, value]) =>
      isContainer(value) ? Object.entries(value).map(([name, inner]) => [`${path}.${name}`, inner] as const) : [],
    );
  }
  return undefined;
}

function own(container: Container, key: string): unknown {
  return Object.hasOwn(container, key) ? (container as Record<string, unknown>)[key] : undefined;
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
