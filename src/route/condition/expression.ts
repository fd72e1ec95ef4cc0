import type { Environment } from '@marcbachmann/cel-js';
import type { Steps } from '../../model/rule.ts';
import { suggest } from '../../shared/suggest.ts';
import { TooManySteps } from '../steps.ts';
import { ACTIVITY_FIELDS } from './condition-fields.ts';
import { type Fault, faultIn } from './condition-limits.ts';
import { meter } from './condition-meter.ts';
import { conditionSlip, type Slip } from './condition-slips.ts';
import { namedFields } from './named-fields.ts';

/** What an expression says, or what it could not find, in words. */
type Asked = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly missing: string };

export interface Expression {
  /** CEL's name of what it is: `bool`, `list<string>`; `dyn` where only its values tell. */
  readonly type: string;
  /** What it names of the activity. */
  readonly fields: readonly string[];
  /** Throws only when no steps are left. */
  ask(values: Readonly<Record<string, unknown>>, steps: Steps): Asked;
}

type CompiledExpression =
  | { readonly ok: true; readonly expression: Expression }
  /** `start` and `end` are offsets into the text, `end` exclusive. */
  | ({ readonly ok: false } & Fault);

/** More than anybody writes by hand. */
export const LIMITS = {
  maxAstNodes: 1_000,
  maxDepth: 50,
  maxListElements: 500,
  maxMapEntries: 100,
  maxCallArguments: 8,
} as const;

interface Language {
  readonly environment: Environment;
  /** The names in which everything is. */
  readonly names: readonly string[];
  /** What people write that is none of it. Before the slips that all make. */
  readonly slip?: Slip;
}

/** What messages are made of, and no rule asks for. */
const MEANT = new Map(['became', 'did', 'message', 'text'].map((word) => [word, 'headline']));

/**
 * Compiles CEL (https://cel.dev): parsed and type-checked once, so that an unknown field or a comparison of a text with a number
 * is found here, not when something happens.
 */
export function expressionsOf(language: Language): (text: string) => CompiledExpression {
  const { environment } = language;
  const metered = meter(environment);
  const functions = environment.getDefinitions().functions.map(({ name }) => name);
  const words = [...fieldNames(ACTIVITY_FIELDS), ...functions, 'has', 'all', 'exists', 'exists_one', 'filter', 'map'];
  const wrong = (text: string, error: unknown) => faultOf(text, error, { ...language, words });
  return (text) => {
    try {
      const program = environment.parse(text);
      const checked = program.check();
      if (!checked.valid) return wrong(text, checked.error);
      const fault = faultIn(text, program.ast, language.names);
      if (fault !== null) return { ok: false, ...fault };
      const evaluate = metered(text);
      const ask: Expression['ask'] = (values, steps) => answer(() => evaluate(values, steps));
      return { ok: true, expression: { type: checked.type ?? 'dyn', fields: namedFields(program.ast), ask } };
    } catch (error) {
      return wrong(text, error);
    }
  };
}

function answer(evaluate: () => unknown): Asked {
  try {
    return { ok: true, value: evaluate() };
  } catch (error) {
    if (error instanceof TooManySteps) throw error;
    const summary = summaryOf(error);
    const [, index, size] = /^No such key: index out of bounds, index (-?\d+) .*?(\d+)$/.exec(summary) ?? [];
    if (index !== undefined) return { ok: false, missing: `no [${index}] in a list of ${size}` };
    const key = /^No such key: (\S+)/.exec(summary)?.[1];
    return { ok: false, missing: key === undefined ? plainly(summary) : `no ${key}` };
  }
}

/** `no such overload: dyn<string> * int`, by what the values turned out to be. */
function plainly(summary: string): string {
  return summary.replace('no such overload:', 'these cannot go together:').replaceAll(/\bdyn<(\w+)>/g, '$1');
}

interface Known extends Language {
  /** To suggest one of. */
  readonly words: readonly string[];
}

function faultOf(text: string, error: unknown, { names, words, slip }: Known): CompiledExpression {
  const { start, end } = rangeOf(error) ?? { start: 0, end: text.length };
  const summary = summaryOf(error);
  const word =
    /^(?:No such key|Unknown variable): (\S+)/.exec(summary)?.[1] ?? /\.?([A-Za-z_]\w*)\(/.exec(summary)?.[1];
  const near =
    word === undefined || names.includes(word)
      ? undefined
      : (MEANT.get(word) ?? suggest(word, summary.startsWith('Unknown') ? [...names, ...words] : words));
  const place = { start, end };
  const message =
    slip?.(text, summary, place) ?? conditionSlip(text, summary, place) ?? inWords(summary, { word, near, names });
  return { ok: false, message, start, end: Math.max(end, start + 1) };
}

interface Guess {
  readonly word: string | undefined;
  readonly near: string | undefined;
  readonly names: readonly string[];
}

function inWords(summary: string, { word, near, names }: Guess): string {
  const hint = near === undefined || near === word ? '' : ` Did you mean "${near}"?`;
  if (summary.startsWith('No such key')) return `an activity has no "${word}".${hint}`;
  if (summary.startsWith('Unknown variable'))
    return `"${word}" is not known here: everything is in ${names.map((name) => `\`${name}\``).join(' and ')}.${hint}`;
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
