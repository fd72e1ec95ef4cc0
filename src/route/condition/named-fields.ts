import { ACTIVITY_FIELDS, type ActivityValue } from './condition-fields.ts';

/** As much of CEL's syntax tree as is looked at. */
interface Node {
  readonly op: string;
  readonly args: unknown;
}

/** The fields of the activity that an expression names, `actor.login`, each once; `activity` by itself is all of them. */
export function namedFields(tree: Node): readonly string[] {
  const found = new Set<string>();
  walk(tree, found);
  return [...found];
}

function walk(node: Node, found: Set<string>): void {
  const path = pathOf(node);
  if (path === null) for (const child of nodesIn(node.args)) walk(child, found);
  else if (path.length === 0) for (const field of Object.keys(ACTIVITY_FIELDS)) found.add(field);
  else found.add(path.join('.'));
}

/** Null: it is no field of the activity. */
function pathOf({ op, args }: Node): readonly string[] | null {
  if (op === 'id') return args === 'activity' ? [] : null;
  if ((op !== '.' && op !== '[]') || !Array.isArray(args)) return null;
  const [holder, key] = args as readonly unknown[];
  const path = isNode(holder) ? pathOf(holder) : null;
  const name = isNode(key) && key.op === 'value' ? key.args : key;
  return path !== null && typeof name === 'string' ? [...path, name] : null;
}

function nodesIn(args: unknown): readonly Node[] {
  if (isNode(args)) return [args];
  return Array.isArray(args) ? args.flatMap(nodesIn) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** Traces are stored with every event: all values together are about as long, each at least so that it can be known. */
const TOGETHER = 480;
const LEAST = 16;
const MOST = 60;

/** `actor.login = "mona", labels = ["a"], no severity`: hostile texts are escaped as in JSON. */
export function compileSeen(fields: readonly string[]): (value: ActivityValue) => string {
  const limit = Math.max(LEAST, Math.min(MOST, Math.floor(TOGETHER / fields.length)));
  const paths = fields.map((field) => ({ field, path: field.split('.') }));
  return (value) =>
    paths
      .map(({ field, path }) => {
        const seen = path.reduce<unknown>(inside, value);
        return seen === undefined ? `no ${field}` : `${field} = ${shortened(inWords(seen), limit)}`;
      })
      .join(', ');
}

function inside(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as ActivityValue)[key];
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return `[${value.slice(0, MOST).map(inWords).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${inWords(each)}`)
      .join(', ')} }`;
  }
  return typeof value === 'string' ? JSON.stringify(value.slice(0, MOST + 1)) : String(value);
}

function shortened(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
