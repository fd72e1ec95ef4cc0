import { Environment } from '@marcbachmann/cel-js';
import type { Condition } from '../../model/rule.ts';
import { ACTIVITY_FIELDS } from './condition-fields.ts';
import type { Fault } from './condition-limits.ts';
import { type Expression, expressionsOf, LIMITS } from './expression.ts';

export type Compiled =
  | { readonly ok: true; readonly condition: Condition }
  /** `start` and `end` are offsets into the text, `end` exclusive. */
  | ({ readonly ok: false } & Fault);

const compile = expressionsOf({
  environment: new Environment({ limits: LIMITS }).registerVariable({ name: 'activity', schema: ACTIVITY_FIELDS }),
  names: ['activity'],
});

/** A CEL expression over `activity` that is true or false. */
export function compileCondition(text: string): Compiled {
  const compiled = compile(text);
  if (!compiled.ok) return compiled;
  const { type, fields, ask } = compiled.expression;
  if (type !== 'bool' && type !== 'dyn') {
    const message = `must be true or false, and this is ${TYPES[type] ?? type}.`;
    return { ok: false, message, start: 0, end: text.length };
  }
  return {
    ok: true,
    condition: { text, fields, ask: (activity, steps) => trueOrFalse(ask({ activity }, steps)) },
  };
}

function trueOrFalse(asked: ReturnType<Expression['ask']>): ReturnType<Condition['ask']> {
  if (!asked.ok) return asked;
  const { value } = asked;
  return typeof value === 'boolean' ? { ok: true, value } : { ok: false, missing: 'neither true nor false' };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a number',
  double: 'a number',
  list: 'a list',
  'list<string>': 'a list',
};
