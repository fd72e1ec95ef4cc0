import type { core } from 'zod/mini';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { valueAt } from '../read/plain-data.ts';
import type { Rows } from '../rows.ts';
import { didYouMean, shown } from './did-you-mean.ts';
import { formOf, hintFor, rowsAt, settingsForm } from './forms.ts';
import { unknownKey } from './key-hints.ts';

type Issue = core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text; put a number or true and false in quotes',
  array: 'a list, such as [one, two]',
  object: 'a mapping of keys to values',
  record: 'a mapping of names to values',
  number: 'a number',
  boolean: 'true or false',
};

/** Reports what zod found in words for a person, at its place, with what to write instead. */
export function explainIssue(issue: Issue, file: ConfigFile, rows: Rows): void {
  const path = asWritten(file.data, issue.path);
  const value = valueAt(file.data, path);
  const key = keyNamed(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const unknown of issue.keys) file.report([...path, unknown], unknownKey(unknown, path, value, rows), 'key');
      return;
    case 'invalid_union':
      file.report(path, oneOf(file, path, value, rows, rowsAt(path, rows)));
      return;
    case 'invalid_value':
      file.report(path, oneOf(file, path, value, rows, issue.values.map(String)));
      return;
    case 'invalid_type':
      file.report(path, `${key} ${wrongType(issue.expected, path, value, file, rows)}`);
      return;
    default:
      file.report(path, `${key} ${issue.message}`);
  }
}

function wrongType(expected: string, path: Path, value: unknown, file: ConfigFile, rows: Rows): string {
  const name = path.at(-1);
  const hint = hintFor(file, path, rows);
  if (value === undefined) return `is missing${hint ? `: ${hint}` : '.'}`;
  const hidden = value === null ? file.hiddenAt(path) : null;
  if (hidden !== null) return `is empty: ${hidden}`;
  if (value === null) return `is empty: ${hint ?? 'fill it, or leave it out.'}`;
  const isDestination = path.length === 2 && path[0] === 'destinations';
  if (isDestination) return `must be its settings: write \`${name}: ${settingsForm(rows)}\`.`;
  return `must be ${formOf(name, value, rows) ?? KINDS[expected] ?? expected}.`;
}

function oneOf(file: ConfigFile, path: Path, value: unknown, rows: Rows, known: readonly string[]): string {
  if (value === undefined || value === null) return `${keyNamed(path)} ${wrongType('', path, value, file, rows)}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const others =
    path[0] === 'destinations' && path.at(-1) === 'type'
      ? ' http posts each activity as JSON, to whatever takes it.'
      : '';
  const hint = didYouMean(text, known);
  return `${keyNamed(path)} cannot be ${shown(file, path, text)}.${hint}${hint.startsWith(' Known') ? others : ''}`;
}

function keyNamed(path: Path): string {
  const name = path.at(-1);
  if (typeof name === 'string') return name;
  if (name === undefined) return 'the file';
  if (path.length > 2) return keyNamed(path.slice(0, -1));
  return `${path[0] === 'tests' ? 'test' : 'rule'} ${name + 1}`;
}

/** Short forms are longer once they are parsed: the key that a list stands for, the index of a text alone. */
function asWritten(data: unknown, path: readonly PropertyKey[]): Path {
  let value = data;
  const written: (string | number)[] = [];
  for (const segment of path) {
    if (typeof segment === 'symbol') continue;
    const isShort = typeof value === 'string' || (Array.isArray(value) && typeof segment === 'string');
    if (isShort) continue;
    written.push(segment);
    value = valueAt(value, [segment]);
  }
  return written;
}
