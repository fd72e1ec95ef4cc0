import { faultOf } from './activity-shape.ts';
import { harmOf } from './harm.ts';
import { type Path, pathsRead, valueAt, withValue } from './paths-read.ts';
import type { Case } from './payloads.ts';
import { tell } from './tell.ts';

/** One payload with one field changed. */
export interface Mutation {
  readonly case: Case;
  readonly path: Path;
  readonly how: string;
  /** Undefined: the field is not there. */
  readonly value: unknown;
}

/** Every field that is read, once dropped, once null, once of another type, once empty, once odd. */
export function mutationsOf(one: Case): readonly Mutation[] {
  return pathsRead(one.type, one.payload).flatMap((path) =>
    Object.entries(changesOf(valueAt(one.payload, path))).map(([how, value]) => ({ case: one, path, how, value })),
  );
}

function changesOf(value: unknown): Readonly<Record<string, unknown>> {
  const always = { dropped: undefined, ...(value === null ? {} : { null: null }) };
  if (Array.isArray(value)) return { ...always, text: 'a list', empty: [], odd: [null, 7, 'x', [], {}] };
  switch (typeof value) {
    case 'string':
      return { ...always, number: 7, empty: '', object: {}, ...(/^https?:/.test(value) && { unreadable: 'http://[' }) };
    case 'number':
      return { ...always, text: String(value), odd: -1e308 };
    case 'boolean':
      return { ...always, text: String(value) };
    default:
      return { ...always, list: [value], empty: {}, text: 'an object' };
  }
}

/** The changed payload as JSON. */
export function mutated({ case: one, path, value }: Mutation): string {
  return withValue(one.payload, path, value, () => JSON.stringify(one.payload));
}

/** What is wrong with how it is told; '' when it is an activity that renders, or a skip: less is told more plainly. */
export function faultIn(mutation: Mutation): string {
  const { case: one, path, value } = mutation;
  const fault = withValue(one.payload, path, value, () => outcomeFault(one));
  return fault && `${one.pair} · ${one.no}, ${path.join('.')} ${mutation.how}: ${fault}`;
}

function outcomeFault({ type, payload }: Case): string {
  try {
    const told = tell(type, payload);
    if (told.kind !== 'activity') return told.reason === '' ? 'a skip without a reason' : '';
    return faultOf(told.activity) || harmOf(told.activity).join('; ');
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
