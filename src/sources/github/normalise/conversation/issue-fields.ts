import { type Payload, read, textOrNull, textsIn } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { enumerated } from '../../../../text/words.ts';
import { valueText } from '../changes.ts';
import { say, type Wording } from './wording.ts';

/** An organisation's own fields of issues, such as Priority: set, or set to something else. */
export function fieldAdded(payload: Payload): Wording {
  const value = valueOf(read(payload, 'issue_field_value'));
  const before = valueOf(read(payload, 'changes.issue_field_value.from'));
  const to = value === null ? '' : ` to ${asWords(valueText(value))}`;
  return {
    ...say('Issue field set', `set ${nameIn(payload)} of {it}${to}`),
    facts: [was(before === value ? null : before)],
  };
}

export function fieldRemoved(payload: Payload): Wording {
  const value = valueOf(read(payload, 'issue_field_value'));
  return { ...say('Issue field cleared', `cleared ${nameIn(payload)} of {it}`), facts: [was(value)] };
}

function nameIn(payload: Payload): string {
  return asWords(textOrNull(payload, 'issue_field.name') ?? 'a field');
}

function was(value: string | number | null): string | null {
  return value === null ? null : `was: ${valueText(value)}`;
}

/** The option chosen, several of them, or the text, number or date itself. */
function valueOf(field: unknown): string | number | null {
  const options = textsIn(field, 'options', 'name');
  const value = read(field, 'value');
  if (typeof value === 'number') return value;
  return textOrNull(field, 'option.name') ?? enumerated(options) ?? (typeof value === 'string' ? value : null);
}
