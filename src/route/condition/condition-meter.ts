import type { Environment } from '@marcbachmann/cel-js';
import type { Steps } from '../../model/rule.ts';
import { Patterns } from '../pattern/patterns.ts';
import { StepBudget, TooManySteps } from '../steps.ts';
import { callOf, LOOPS, partsOf, patternsIn } from './condition-parts.ts';

/** Steps for asking a part of an expression, for calling something, for each item of a list, and for something that is wrong. */
const PART = 10;
const CALL = 40;
const ITEM = 5;
const FAULT = 1_500;

/** A character costs this where all of a text is read; and where only its start or end is. */
const READ = 2;
const GLANCE = 1 / 4;

/** A part of an expression, and the library's evaluator, which is `this` in functions and asks every part by `run`. */
interface Part {
  readonly op: string;
  readonly args: unknown;
  evaluate(evaluator: Evaluator, part: Part, scope: unknown): unknown;
}

interface Evaluator {
  run(part: Part, scope: unknown): unknown;
  tryEval(part: Part, scope: unknown): unknown;
}

/** The expression that is being asked: one at a time. */
interface Asked {
  patterns: Patterns;
  /** Parts whose texts are read to the end by what they are given to. */
  readWhole: ReadonlySet<unknown>;
  /** Parts of whose lists and maps one item is taken, and the others are not looked at. */
  takenFrom: ReadonlySet<unknown>;
  steps: Steps;
}

/** Throws what the expression throws, and TooManySteps. */
export type Metered = (context: Readonly<Record<string, unknown>>, steps: Steps) => unknown;

/** The whole is the only part that `run` does not ask: so it becomes an argument. */
const WHOLE = 'whole';

/** The text was parsed and checked before, within its limits. */
const NO_LIMITS = { maxAstNodes: Number.MAX_SAFE_INTEGER, maxDepth: Number.MAX_SAFE_INTEGER };

/**
 * Compiles expressions so that they cost steps: each part when it is asked, and what it takes to look at its value, so that loops
 * in loops and texts that double come to an end. `matches` is in linear time: the library's is the platform's, which goes back.
 */
export function meter(checked: Environment): (text: string) => Metered {
  let isAttended = false;
  const asked: Asked = {
    patterns: new Patterns(),
    readWhole: new Set(),
    takenFrom: new Set(),
    steps: new StepBudget(),
  };
  const environment = checked.clone({ limits: NO_LIMITS }).registerFunction(
    `${WHOLE}(dyn): dyn`,
    function (this: Evaluator | undefined, value: unknown) {
      if (!isAttended) attend(this, asked);
      isAttended = true;
      return value;
    },
    { async: false },
  );
  environment.evaluate(`${WHOLE}(true)`);
  return (text) => {
    const program = environment.parse(`${WHOLE}(${text}\n)`);
    const patterns = new Patterns(patternsIn(program.ast).map(({ args }) => args));
    const [readWhole, takenFrom] = [readersOf(program.ast), holdersIn(program.ast)];
    return (context, steps) => {
      Object.assign(asked, { patterns, readWhole, takenFrom, steps });
      return withoutStacks(() => program(context));
    };
  };
}

/** Something missing is an error to the library, and the stack, which nobody reads, would be most of what it costs. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function attend(evaluator: Evaluator | undefined, asked: Asked): void {
  if (evaluator === undefined) throw new Error('@marcbachmann/cel-js hides its evaluator, so no condition has a limit');
  const run = (part: Part, scope: unknown): unknown => {
    const { op } = part;
    const { steps } = asked;
    steps.take(op === 'call' || op === 'rcall' ? CALL : PART);
    const ours = op === 'rcall' ? ourCall(part) : null;
    const value =
      ours === null
        ? present(op, part.evaluate(evaluator, part, scope))
        : ours.method(run(ours.receiver, scope), run(ours.argument, scope), asked);
    if (typeof value === 'string') steps.take(Math.ceil(value.length * (asked.readWhole.has(part) ? READ : GLANCE)));
    else if (typeof value === 'object' && !HANDED_ON.has(op) && !asked.takenFrom.has(part)) chargeItems(value, steps);
    return value;
  };
  // `&&`, `||` and loops go on past whatever else is wrong in a part.
  const tryEval = (part: Part, scope: unknown): unknown => {
    try {
      return run(part, scope);
    } catch (error) {
      if (error instanceof TooManySteps) throw error;
      asked.steps.take(FAULT);
      return error;
    }
  };
  Object.assign(evaluator, { run, tryEval });
}

/** CEL's optional value, as far as it is looked at. */
interface Optional {
  hasValue(): boolean;
  value(): unknown;
  readonly constructor: { none(): Optional };
}

const PERHAPS: ReadonlySet<string> = new Set(['.?', '[?]']);

/** What JSON says by null is not there, to whoever asks whether it is: `payload.?note.orValue("none")`. */
function present(op: string, value: unknown): unknown {
  if (!PERHAPS.has(op)) return value;
  const optional = value as Optional;
  return optional.hasValue() && optional.value() === null ? optional.constructor.none() : value;
}

type Method = (value: unknown, argument: unknown, asked: Asked) => unknown;

/** `matches`, and `join`, whose result may be far longer than all that was charged for. */
const OURS = new Map<string, Method>([
  ['matches', (text, pattern, { patterns, steps }) => patterns.matches(String(text), String(pattern), steps)],
  [
    'join',
    (list, separator, { steps }) => {
      const [items, between] = [list as readonly unknown[], String(separator)];
      steps.take(items.length * between.length);
      return items.join(between);
    },
  ],
]);

/** Null: the method is not ours. */
function ourCall({ args }: Part) {
  const [name, receiver, [argument]] = args as readonly [name: string, receiver: Part, args: readonly Part[]];
  const method = OURS.get(name);
  return method === undefined || argument === undefined ? null : { method, receiver, argument };
}

/** What does not read all of its texts, or is charged for it otherwise. */
const GLANCING: ReadonlySet<unknown> = new Set([
  'startsWith',
  'endsWith',
  'substring',
  'matches',
  'bind',
  WHOLE,
  ...LOOPS,
]);

function readersOf(whole: unknown): ReadonlySet<unknown> {
  const calls = Array.from(partsOf(whole), ({ part }) => callOf(part)).filter(({ name }) => !GLANCING.has(name));
  return new Set(calls.flatMap(({ receiver, args }) => [receiver, args].flat()));
}

const TAKING: ReadonlySet<string> = new Set(['.', '[]', ...PERHAPS]);

function holdersIn(whole: unknown): ReadonlySet<unknown> {
  const parts = Array.from(partsOf(whole), ({ part }) => part).filter(({ op }) => TAKING.has(op));
  return new Set(parts.map(({ args }) => (Array.isArray(args) ? (args[0] as unknown) : undefined)));
}

/** They give on what another part was charged for; what a loop gathers is charged when it is complete. */
const HANDED_ON: ReadonlySet<string> = new Set(['?:', 'accuPush', 'accuValue', 'accuInc']);

/** What it takes to look at all of a list or a map, as `==` and `in` may. Its texts were charged for, or are the event's own. */
function chargeItems(value: object | null, steps: Steps): void {
  if (!Array.isArray(value) && value?.constructor !== Object) return;
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  steps.take(ITEM * items.length);
  for (const item of items) if (typeof item === 'object') chargeItems(item, steps);
}
