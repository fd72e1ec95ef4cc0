import { Environment } from '@marcbachmann/cel-js';
import type { Compared } from '../../model/activity.ts';
import type { Steps, Template, Worded } from '../../model/rule.ts';
import { ACTIVITY_FIELDS, activityValue } from '../condition/condition-fields.ts';
import type { Fault } from '../condition/condition-limits.ts';
import { type Expression, expressionsOf, LIMITS } from '../condition/expression.ts';
import { TooManySteps } from '../steps.ts';
import { withArithmetic } from './arithmetic.ts';
import { printed } from './printed.ts';
import { partsOfTemplate, type TemplatePart } from './template-parts.ts';
import { templateSlip, untold } from './template-slips.ts';

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  /** `start` and `end` are offsets into the text, `end` exclusive. */
  | ({ readonly ok: false } & Fault);

/** More than one line of a message can show, with room for expressions. */
const LONGEST = 2_000;

/** One line, of which a phone shows 300 characters. */
const LONGEST_WORDS = 400;

const environment = withArithmetic(
  new Environment({ limits: LIMITS, enableOptionalTypes: true, homogeneousAggregateLiterals: false })
    .registerVariable({ name: 'activity', schema: ACTIVITY_FIELDS })
    .registerVariable('payload', 'dyn'),
);

const compile = expressionsOf({ environment, names: ['activity', 'payload'], slip: templateSlip });

/** Words with values between `{{` and `}}`, each an expression in CEL over `activity` and `payload`. */
export function compileTemplate(text: string): CompiledTemplate {
  if (text.length > LONGEST) {
    return { ok: false, message: `is longer than ${LONGEST} characters.`, start: LONGEST, end: text.length };
  }
  const parted = partsOfTemplate(text);
  if (!parted.ok) return parted;
  const pieces: Piece[] = [];
  for (const part of parted.parts) {
    const piece = pieceOf(part);
    if (typeof piece === 'object' && 'message' in piece) return { ok: false, ...piece };
    pieces.push(piece);
  }
  return { ok: true, template: { text, word: (asked, payload, steps) => wordedBy(pieces, { asked, payload, steps }) } };
}

/** What is told as it stands, or an expression. */
type Piece = string | { readonly text: string; readonly expression: Expression };

function pieceOf({ is, text, start }: TemplatePart): Piece | Fault {
  if (is === 'text') return text;
  const compiled = compile(text);
  if (!compiled.ok) return { message: compiled.message, start: start + compiled.start, end: start + compiled.end };
  const { expression } = compiled;
  const why = untold(text, expression.type);
  if (why === null) return { text, expression };
  const blank = text.length - text.trimStart().length;
  return { message: why, start: start + blank, end: start + text.trimEnd().length };
}

interface Given {
  readonly asked: Compared;
  readonly payload: unknown;
  readonly steps: Steps;
}

function wordedBy(pieces: readonly Piece[], { asked, payload, steps }: Given): Worded {
  const values = { activity: activityValue(asked), payload };
  let words = '';
  for (const piece of pieces) {
    const told =
      typeof piece === 'string' ? { ok: true as const, text: piece } : valueOf(piece.expression, values, steps);
    if (!told.ok) return { ok: false, why: `{{ ${shown(piece)} }}: ${told.why}` };
    words += told.text;
  }
  const line = withoutBreaks(words);
  return line === '' ? { ok: false, why: 'it says nothing' } : { ok: true, words: line };
}

function valueOf(expression: Expression, values: Readonly<Record<string, unknown>>, steps: Steps) {
  try {
    const asked = expression.ask(values, steps);
    return asked.ok ? printed(asked.value) : { ok: false as const, why: asked.missing };
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    return { ok: false as const, why: 'it takes too long' };
  }
}

function withoutBreaks(words: string): string {
  const line = words.replace(/\s+/gu, ' ').trim();
  return line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Of an expression as much as tells it from others. */
const SHOWN = 80;

function shown(piece: Piece): string {
  const text = (typeof piece === 'string' ? piece : piece.text).replace(/\s+/gu, ' ').trim();
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
