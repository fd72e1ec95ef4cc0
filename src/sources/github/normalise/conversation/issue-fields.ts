import { list, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import { enumerated } from '../../../../text/words.ts';
import { fromTo, valueText } from '../changes.ts';
import { asWords } from '../people.ts';
import type { Words } from '../words.ts';

type Wording = Words & { readonly facts: readonly (string | null)[] };

/** An organisation's own fields of issues, such as Priority: set, or set to something else. */
export function fieldAdded(payload: Payload): Wording {
  const name = textOrNull(payload, 'issue_field.name') ?? 'a field';
  const value = valueOf(read(payload, 'issue_field_value'));
  const before = valueOf(read(payload, 'changes.issue_field_value.from'));
  const now = value === null ? '' : ` to ${asWords(valueText(value))}`;
  return {
    headline: 'Issue field set',
    did: `set ${asWords(name)} of {it}${now}`,
    tone: 'neutral',
    facts: [value === null ? name : `${name}: ${(before && fromTo(before, value)) ?? valueText(value)}`],
  };
}

export function fieldRemoved(payload: Payload): Wording {
  const name = textOrNull(payload, 'issue_field.name') ?? 'a field';
  const value = valueOf(read(payload, 'issue_field_value'));
  return {
    headline: 'Issue field cleared',
    did: `cleared ${asWords(name)} of {it}`,
    tone: 'neutral',
    facts: [value === null ? name : `${name}: ${fromTo(value, null)}`],
  };
}

/** The option chosen, several of them, or the text, number or date itself. */
function valueOf(field: unknown): string | number | null {
  const options = list(field, 'options')
    .map((option) => textOrNull(option, 'name'))
    .filter((name) => name !== null);
  const value = read(field, 'value');
  if (typeof value === 'number') return value;
  return textOrNull(field, 'option.name') ?? enumerated(options) ?? (typeof value === 'string' ? value : null);
}
