import { Environment } from '@marcbachmann/cel-js';
import type { Condition } from '../../model/rule.ts';
import { suggest } from '../../shared/suggest.ts';
import { TooManySteps } from '../steps.ts';
import { ACTIVITY_FIELDS } from './condition-fields.ts';
import { faultIn } from './condition-limits.ts';
import { meter } from './condition-meter.ts';
import { conditionSlip } from './condition-slips.ts';
import { namedFields } from './named-fields.ts';

export type Compiled =
  | { readonly ok: true; readonly condition: Condition }
  /** `start` and `end` are offsets into the text, `end` exclusive. */
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

/** More than anybody writes by hand. */
const LIMITS = {
  maxAstNodes: 1_000,
  maxDepth: 50,
  maxListElements: 500,
  maxMapEntries: 100,
  maxCallArguments: 8,
} as const;

const environment = new Environment({ limits: LIMITS }).registerVariable({ name: 'activity', schema: ACTIVITY_FIELDS });

const metered = meter(environment);

/** Methods and macros that people mean when they misspell one. */
const FUNCTIONS = environment.getDefinitions().functions.map(({ name }) => name);
/** What messages are made of, and no rule asks for. */
const MEANT = new Map(['became', 'did', 'message', 'text'].map((word) => [word, 'headline']));
const WORDS = [...fieldNames(ACTIVITY_FIELDS), ...FUNCTIONS, 'has', 'all', 'exists', 'exists_one', 'filter', 'map'];

/**
 * A CEL expression over `activity` (https://cel.dev), parsed and type-checked once: an unknown field or a comparison of
 * a text with a number is found here, not when something happens.
 */
export function compileCondition(text: string): Compiled {
  try {
    const program = environment.parse(text);
    const checked = program.check();
    if (!checked.valid) return problem(text, checked.error);
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      return {
        ok: false,
        message: `must be true or false, and this is ${TYPES[checked.type ?? ''] ?? checked.type}.`,
        start: 0,
        end: text.length,
      };
    }
    const fault = faultIn(text, program.ast);
    if (fault !== null) return { ok: false, ...fault };
    const fields = namedFields(program.ast);
    const evaluate = metered(text);
    return {
      ok: true,
      condition: { text, fields, ask: (activity, steps) => answer(() => evaluate({ activity }, steps)) },
    };
  } catch (error) {
    return problem(text, error);
  }
}

function answer(evaluate: () => unknown): ReturnType<Condition['ask']> {
  try {
    const value = evaluate();
    return typeof value === 'boolean' ? { ok: true, value } : { ok: false, missing: 'neither true nor false' };
  } catch (error) {
    if (error instanceof TooManySteps) throw error;
    const key = /^No such key: (\S+)/.exec(summaryOf(error))?.[1];
    return { ok: false, missing: key === undefined ? summaryOf(error) : `no ${key}` };
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a number',
  double: 'a number',
  list: 'a list',
  'list<string>': 'a list',
};

function problem(text: string, error: unknown): Compiled {
  const { start, end } = rangeOf(error) ?? { start: 0, end: text.length };
  const summary = summaryOf(error);
  const word =
    /^(?:No such key|Unknown variable): (\S+)/.exec(summary)?.[1] ?? /\.?([A-Za-z_]\w*)\(/.exec(summary)?.[1];
  const near =
    word === 'activity'
      ? undefined
      : word && (MEANT.get(word) ?? suggest(word, summary.startsWith('Unknown') ? ['activity', ...WORDS] : WORDS));
  const message = conditionSlip(text, summary, { start, end }) ?? inWords(summary, word, near);
  return { ok: false, message, start, end: Math.max(end, start + 1) };
}

function inWords(summary: string, word: string | undefined, near: string | undefined): string {
  const hint = near === undefined || near === word ? '' : ` Did you mean "${near}"?`;
  if (summary.startsWith('No such key')) return `an activity has no "${word}".${hint}`;
  if (summary.startsWith('Unknown variable'))
    return `"${word}" is not known here: everything is in \`activity\`.${hint}`;
  if (summary.startsWith('Unexpected character: =')) return 'a comparison is written ==.';
  const fallback = summary.startsWith('found no matching overload')
    ? `nothing is called so, or takes that: ${summary.replace('found no matching overload for ', '')}`
    : `this is not CEL: ${summary}`;
  if (summary.startsWith('no such overload'))
    return `these cannot go together: ${summary.replace('no such overload: ', '').replaceAll('$activity.', '')}.`;
  return `${fallback}.${hint}`;
}

function rangeOf(error: unknown): { readonly start: number; readonly end: number } | null {
  if (typeof error !== 'object' || error === null || !('range' in error)) return null;
  return (error.range as { readonly start: number; readonly end: number } | undefined) ?? null;
}

/** Without the excerpt that the library draws: whoever prints it has a better one. */
function summaryOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}

type Fields = { readonly [name: string]: string | Fields };

function fieldNames(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, type]) =>
    typeof type === 'string' ? [name] : [name, ...fieldNames(type)],
  );
}
