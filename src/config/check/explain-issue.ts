import type { core } from 'zod/mini';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile, Remark } from '../read/config-file.ts';
import { valueAt } from '../read/plain-data.ts';
import type { Rows } from '../rows/rows.ts';
import { didYouMean } from './did-you-mean.ts';
import { formOf, hintFor, rowsAt, settingsForm } from './forms.ts';
import { unknownKey } from './key-hints.ts';
import { shown } from './shown.ts';

type Issue = core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text; put a number or true and false in quotes',
  array: 'a list, such as [one, two]',
  object: 'a mapping of keys to values',
  record: 'a mapping of names to values',
  number: 'a number',
  boolean: 'true or false',
};

/** What zod judged, as it is written. */
interface Judged {
  readonly place: Path;
  readonly value: unknown;
  readonly variable: string | undefined;
  /** Why nothing is there, where what was meant is a comment. Null: another reason. */
  readonly hidden: string | null;
  /** What to write there. */
  readonly hint: string | undefined;
}

/** What zod found, in words for a person, at its place, with what to write instead. */
export function explained(issue: Issue, file: ConfigFile, rows: Rows): readonly Remark[] {
  const { place, value } = asWritten(file.data, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => {
      const message = unknownKey(unknown, place, value, rows);
      return { place: [...place, unknown], message, part: 'key' };
    });
  }
  const hidden = value === null ? file.hiddenAt(place) : null;
  const hint = hintFor(file.data, place, rows);
  const message = sentence(issue, { place, value, variable: file.variableAt(place), hidden, hint }, rows);
  return [{ place, message }];
}

function sentence(issue: Exclude<Issue, { code: 'unrecognized_keys' }>, judged: Judged, rows: Rows): string {
  const key = keyNamed(judged.place);
  switch (issue.code) {
    case 'invalid_union':
      return `${key} ${notOneOf(rowsAt(judged.place, rows), judged, rows)}`;
    case 'invalid_value':
      return `${key} ${notOneOf(issue.values.map(String), judged, rows)}`;
    case 'invalid_type':
      return `${key} ${wrongType(issue.expected, judged, rows)}`;
    default:
      return `${key} ${issue.message}`;
  }
}

function wrongType(expected: string, { place, value, hidden, hint }: Judged, rows: Rows): string {
  const name = place.at(-1);
  if (value === undefined) return `is missing${hint ? `: ${hint}` : '.'}`;
  if (hidden !== null) return `is empty: ${hidden}`;
  if (value === null) return `is empty: ${hint ?? 'fill it, or leave it out.'}`;
  const isDestination = place.length === 2 && place[0] === 'destinations';
  if (isDestination) return `must be its settings: write \`${name}: ${settingsForm(rows)}\`.`;
  return `must be ${formOf(place, value, rows) ?? KINDS[expected] ?? expected}.`;
}

function notOneOf(known: readonly string[], judged: Judged, rows: Rows): string {
  const { place, value, variable } = judged;
  if (value === undefined || value === null) return wrongType('', judged, rows);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isType = place[0] === 'destinations' && place.at(-1) === 'type';
  const others = isType ? ' http posts each activity as JSON, to whatever takes it.' : '';
  const isNone = keyNamed(place) === 'ignore' && text === 'none';
  const guess = isNone ? ' Nothing is written [].' : didYouMean(text, known);
  return `cannot be ${shown(text, variable)}.${guess}${guess.startsWith(' Known') ? others : ''}`;
}

function keyNamed(path: Path): string {
  const name = path.at(-1);
  if (typeof name === 'string') return name;
  if (name === undefined) return 'the file';
  if (path.length > 2) return keyNamed(path.slice(0, -1));
  return `${path[0] === 'tests' ? 'test' : 'rule'} ${name + 1}`;
}

/** Short forms are longer once they are parsed: the key that a list stands for, the index of a text alone. */
function asWritten(data: unknown, path: readonly PropertyKey[]): Pick<Judged, 'place' | 'value'> {
  let value = data;
  const place: (string | number)[] = [];
  for (const segment of path) {
    if (typeof segment === 'symbol') continue;
    const isShort = typeof value === 'string' || (Array.isArray(value) && typeof segment === 'string');
    if (isShort) continue;
    place.push(segment);
    value = valueAt(value, [segment]);
  }
  return { place, value };
}
