import { Environment } from '@marcbachmann/cel-js';
import type { Compared } from '../../model/activity.ts';
import { ACTIVITY_FIELDS, activityValue } from '../condition/condition-fields.ts';
import type { Fault } from '../condition/condition-limits.ts';
import { type Expression, expressionsOf, LIMITS } from '../condition/expression.ts';
import { StepBudget, TooManySteps } from '../steps.ts';
import { withArithmetic } from '../template/arithmetic.ts';

/** What an expression sees as `notification`: field → CEL type. docs/destinations/sql.md lists them. */
const NOTIFICATION_FIELDS = {
  key: 'string',
  eventId: 'int',
  rule: 'string',
  isReplay: 'bool',
  timestamp: 'string',
  receivedAt: 'string',
  json: 'string',
} as const;

export interface RowValues {
  readonly asked: Compared;
  /** Whole numbers are BigInt. */
  readonly notification: Readonly<Record<keyof typeof NOTIFICATION_FIELDS, string | bigint | boolean>>;
}

export interface Column {
  /** CEL's name of what it is: `string`, `list<string>`; `dyn` where only its values tell. */
  readonly type: string;
}

/** All columns of a row, asked together. */
export interface Row {
  readonly columns: readonly Column[];
  /** In the order of the columns; null where something is missing. Null in all: it takes too long. Pure. */
  values(given: RowValues): readonly unknown[] | null;
}

type CompiledRow =
  | { readonly ok: true; readonly row: Row }
  /** `column`: the name of the one that is wrong. */
  | ({ readonly ok: false; readonly column: string } & Fault);

const compile = expressionsOf({
  environment: withArithmetic(
    new Environment({ limits: LIMITS, enableOptionalTypes: true, homogeneousAggregateLiterals: false })
      .registerVariable({ name: 'activity', schema: ACTIVITY_FIELDS })
      .registerVariable({ name: 'notification', schema: NOTIFICATION_FIELDS }),
  ),
  names: ['activity', 'notification'],
  slip(text, summary, { start }) {
    const [, name] = /^No such key: (\S+)/.exec(summary) ?? [];
    if (name !== undefined && /\bnotification\.\s*$/.test(text.slice(0, start))) {
      return `a notification has no "${name}". There is: ${Object.keys(NOTIFICATION_FIELDS).join(', ')}.`;
    }
    return /^Unknown variable: payload\b/.test(summary)
      ? 'the payload is not kept with what is told: a column is made of activity and notification.'
      : undefined;
  },
});

/** Columns → expressions in CEL over `activity` and `notification`. */
export function compileRow(texts: Readonly<Record<string, string>>): CompiledRow {
  const expressions: Expression[] = [];
  for (const [column, text] of Object.entries(texts)) {
    const compiled = compile(text);
    if (!compiled.ok) return { ...compiled, column };
    if (compiled.expression.type.startsWith('optional')) {
      const message = `may be missing: say what is written then, as in ${text.trim()}.orValue("").`;
      return { ok: false, column, message, start: 0, end: text.length };
    }
    expressions.push(compiled.expression);
  }
  return { ok: true, row: { columns: expressions, values: (given) => valuesOf(expressions, given) } };
}

function valuesOf(expressions: readonly Expression[], { asked, notification }: RowValues): readonly unknown[] | null {
  const values = { activity: activityValue(asked), notification };
  const steps = new StepBudget();
  try {
    return expressions.map((expression) => {
      const said = expression.ask(values, steps);
      return said.ok ? said.value : null;
    });
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    return null;
  }
}
