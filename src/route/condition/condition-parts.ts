/** A part of a parsed expression: the library's node. */
export interface Part {
  readonly op: string;
  readonly args: unknown;
  /** Offsets into the expression. */
  readonly start: number;
  readonly end: number;
}

/** Methods of lists that ask something of each item. */
export const LOOPS: ReadonlySet<unknown> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** Every part, and how many loops it is in. */
export function* partsOf(value: unknown, depth = 0): Generator<{ readonly part: Part; readonly depth: number }> {
  if (Array.isArray(value)) for (const each of value) yield* partsOf(each, depth);
  if (!isPart(value)) return;
  yield { part: value, depth };
  const { name, receiver, args } = callOf(value);
  if (!LOOPS.has(name)) yield* partsOf(value.args, depth);
  else {
    yield* partsOf(receiver, depth);
    yield* partsOf(args, depth + 1);
  }
}

export interface Call {
  /** Undefined: the part is no call. */
  readonly name?: unknown;
  /** What a method is called on. */
  readonly receiver?: unknown;
  readonly args?: unknown;
}

export function callOf({ op, args }: Pick<Part, 'op' | 'args'>): Call {
  if (!Array.isArray(args)) return {};
  if (op === 'rcall') return { name: args[0], receiver: args[1], args: args[2] };
  return op === 'call' ? { name: args[0], args: args[1] } : {};
}

/** A pattern that is written out: the literal, quotes and all. */
export interface WrittenPattern extends Part {
  readonly args: string;
}

export function patternsIn(whole: unknown): readonly WrittenPattern[] {
  const calls = Array.from(partsOf(whole), ({ part }) => callOf(part)).filter(({ name }) => name === 'matches');
  return calls.flatMap(({ args }) => (Array.isArray(args) ? args : [])).filter(isWritten);
}

function isWritten(value: unknown): value is WrittenPattern {
  return isPart(value) && value.op === 'value' && typeof value.args === 'string';
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
