import { PatternError } from '../pattern/pattern-text.ts';
import { parseRegex } from '../pattern/regex.ts';
import { callOf, LOOPS, partsOf, patternsIn, type WrittenPattern } from './condition-parts.ts';

/** `start` and `end` are offsets into the expression. */
export interface Fault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Loops within loops: three would multiply three lists. */
const DEEPEST = 2;

/** An activity has no times, and the library reads some texts for seconds in search of one. */
const TIMES: ReadonlySet<unknown> = new Set(['duration', 'timestamp']);

/** What an expression that is right says that would cost too much, or never match. `names`: in which everything is. */
export function faultIn(expression: string, whole: unknown, names: readonly string[]): Fault | null {
  const noTimes = names.includes('payload') ? 'times are texts here' : 'an activity has no times';
  for (const { part, depth } of partsOf(whole)) {
    const { name } = callOf(part);
    const { start, end } = part;
    if (TIMES.has(name)) return { message: `${noTimes}: there is no ${String(name)}().`, start, end };
    if (LOOPS.has(name) && depth >= DEEPEST) {
      return { message: `loops go ${DEEPEST} deep at most: each multiplies what this costs.`, start, end };
    }
  }
  for (const pattern of patternsIn(whole)) {
    const fault = patternFault(expression, pattern);
    if (fault !== null) return fault;
  }
  return null;
}

/** The caret is under what is wrong, unless an escape in the literal moves it. */
function patternFault(expression: string, { args: pattern, start, end }: WrittenPattern): Fault | null {
  try {
    parseRegex(pattern);
    return null;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const [, opening = ''] = /^([rR]?(?:"""|'''|["']))/.exec(expression.slice(start, end)) ?? [];
    const from = start + opening.length;
    const isPlain = expression.startsWith(pattern, from);
    const range = isPlain ? { start: from + error.start, end: from + error.end } : { start, end };
    return { message: `in this pattern, ${error.message}.`, ...range };
  }
}
