type Container = Record<string, unknown> | unknown[];

/**
 * Changes one field of a sample: `applySet(payload, 'issue.title=Uploads fail')`. List items are named by number
 * (`issue.labels.0.name`). The value is read as JSON where it is JSON (`true`, `12`, `null`, `"12"`, `{…}`), else as
 * text. The last key may be new, so that a field can be added; everything before it must exist.
 * @throws Error that says which part of the path is wrong and what there is instead
 */
export function applySet(payload: Record<string, unknown>, assignment: string): void {
  const equals = assignment.indexOf('=');
  if (equals < 1) throw new Error(`--set ${assignment}: write path=value, such as issue.title="Uploads fail".`);
  setPath(payload, assignment.slice(0, equals), parseValue(assignment.slice(equals + 1)), '--set');
}

/**
 * `said`: how the person wrote it.
 * @throws Error that says which part of the path is wrong and what there is instead
 */
export function setPath(payload: Record<string, unknown>, path: string, value: unknown, said = 'set'): void {
  const wrong = (why: string) => new Error(`${said} ${path}: ${why}`);
  const keys = path.split('.');
  const last = keys.pop();
  if (last === undefined || last === '' || keys.includes('')) {
    throw wrong('a part of the path is empty. Write it like issue.title.');
  }
  let container: Container = payload;
  for (const [index, key] of keys.entries()) {
    const next = own(container, key);
    const here = keys.slice(0, index + 1).join('.');
    if (next === undefined) throw wrong(`there is no ${here}. ${whatThereIs(container)}`);
    if (!isContainer(next)) throw wrong(`${here} has no fields of its own.`);
    container = next;
  }
  const problem = assign(container, last, value);
  if (problem !== null) throw wrong(problem);
}

/** Null: done. Otherwise why not, in words. */
function assign(container: Container, key: string, value: unknown): string | null {
  if (Array.isArray(container)) {
    const index = /^\d+$/.test(key) ? Number(key) : Number.NaN;
    if (!(index <= container.length)) return `${key} is no place in a list of ${container.length}. Count from 0.`;
    container[index] = value;
  } else {
    // Defined, not assigned: `__proto__` in a path becomes an ordinary field.
    Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return null;
}

function own(container: Container, key: string): unknown {
  return Object.hasOwn(container, key) ? (container as Record<string, unknown>)[key] : undefined;
}

function whatThereIs(container: Container): string {
  if (Array.isArray(container)) return `The list has ${container.length} items, counted from 0.`;
  return `There is: ${Object.keys(container).slice(0, 30).join(', ')}.`;
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
