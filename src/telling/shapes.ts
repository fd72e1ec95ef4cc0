import type { EventName } from '../model/kind.ts';
import { type Payload, read } from '../shared/payload.ts';

/** What a payload is known by, where the name of its event is not signed: a header can be sent again with another. */
export interface Shape {
  /** Behind "the payload of". */
  readonly name: string;
  readonly type: string;
  /** Without it: all actions of the type. */
  readonly actions?: RegExp;
  /** Fields that are there, perhaps null; and those that are not. */
  readonly has: readonly string[];
  readonly lacks?: readonly string[];
}

/**
 * What the payload looks like, where it does not fit the event that it came as and fits another. A payload that fits nothing is an
 * older or a newer form, and no contradiction. Null: nothing is wrong.
 */
export function looksLike(shapes: readonly Shape[], { type, action }: EventName, payload: Payload): string | null {
  const fitting = shapes.filter((shape) => fits(shape, payload));
  const isItself = fitting.some((shape) => shape.type === type && (action === null || isOf(shape, action)));
  return isItself ? null : (fitting[0]?.name ?? null);
}

function isOf({ actions }: Shape, action: string): boolean {
  return actions === undefined || actions.test(action);
}

function fits({ has, lacks = [] }: Shape, payload: Payload): boolean {
  const isThere = (field: string) => read(payload, field) !== undefined;
  return has.every(isThere) && !lacks.some(isThere);
}
