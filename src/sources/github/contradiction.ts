import { type Payload, read } from '../../shared/payload.ts';
import { AROUND, type Fields, SHAPES } from './shapes.ts';

/** The fields that name what an event is about, over all events. */
const MARKS: ReadonlySet<string> = new Set([...SHAPES.values()].flatMap(({ has }) => has.map(head)).filter(isMark));

/**
 * GitHub signs the body, not `X-GitHub-Event`: whoever captured one delivery can send it again as another event. It is one
 * when the payload does not fit the event it claims to be and fits another. A payload that fits nothing is an older or a
 * newer form, and no contradiction; nor is an event that nobody knows, as long as it says something that nobody knows.
 * @returns in words what it looks like; null: nothing is wrong
 */
export function contradiction(type: string, payload: Payload): string | null {
  const claimed = SHAPES.get(type);
  if (claimed !== undefined && fits(claimed, payload)) return null;
  const fitting = [...SHAPES].filter(([, shape]) => fits(shape, payload));
  const [[looks] = []] = claimed === undefined ? fitting.filter(([, shape]) => isAllKnown(shape, payload)) : fitting;
  return looks === undefined ? null : `it came as ${type}, which is not signed, with the payload of ${looks}`;
}

/** All that it must have, nothing that another event is known by, and an action of its own. */
function fits({ has, may, lacks, actions }: Fields, payload: Payload): boolean {
  const own = new Set([...has.map(head), ...may]);
  if (!has.every((path) => read(payload, path) !== undefined)) return false;
  if (lacks.some((key) => read(payload, key) !== undefined)) return false;
  if (Object.keys(payload).some((key) => MARKS.has(key) && !own.has(key))) return false;
  if (actions === null) return true;
  const action = read(payload, 'action');
  return actions.length === 0 ? action === undefined : typeof action === 'string' && actions.includes(action);
}

function isAllKnown({ has, may }: Fields, payload: Payload): boolean {
  const known = new Set([...has.map(head), ...may]);
  return Object.keys(payload).every((key) => AROUND.has(key) || known.has(key));
}

function head(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

function isMark(key: string): boolean {
  return !AROUND.has(key);
}
