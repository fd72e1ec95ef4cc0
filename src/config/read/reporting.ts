import type { Problem } from '../config-error.ts';
import type { Path, YamlMap } from '../place/yaml-map.ts';
import { hiddenValue } from '../place/yaml-slips.ts';
import type { ConfigFile, Finding, Remark } from './config-file.ts';
import { valueAt } from './plain-data.ts';
import type { substitute } from './substitute.ts';

/** More than anybody mends at once. Each quotes its line, which may be as long as the file. */
const MOST_NOTED = 100;

/** A problem with the lines of the file that it is about. */
export type Place = (range: { readonly start: number; readonly end: number }, message: string) => Problem;

interface Parsed {
  readonly map: YamlMap;
  readonly text: string;
  readonly place: Place;
  readonly substituted: ReturnType<typeof substitute>;
}

/** What is known of a parsed file, and what is reported about it. A place whose cause is known is not reported again. */
export function reporting({ map, text, place, substituted }: Parsed): Omit<ConfigFile, 'path'> {
  const { data, variables, problems: troubles } = substituted;
  const noted: Finding[] = troubles.slice(0, MOST_NOTED).map(({ path, needle, message, unset }) => ({
    path,
    problem: place(map.findText(path, needle), message),
    isUnset: unset !== null,
  }));
  const notes: string[] = [];
  const known = new Set(troubles.map(({ path }) => path.join('\n')));
  const origins = new Map(variables.map(({ path, variable }) => [path.join('\n'), variable]));
  const isKnown = (path: Path) => path.some((_, index) => known.has(path.slice(0, index + 1).join('\n')));
  const isFull = () => noted.length >= MOST_NOTED + Math.min(troubles.length, MOST_NOTED);
  const rangeOf = (path: Path, part: Remark['part'] = 'value') =>
    typeof part === 'string' ? map.find(path, part) : map.findWithin(path, part, String(valueAt(data, path)));
  return {
    data,
    variables,
    unset: troubles.flatMap(({ path, unset }) => (unset === null ? [] : [{ path, variable: unset }])),
    variableAt: (path) => origins.get(path.join('\n')),
    hiddenAt: (path) => hiddenValue(text, map.find(path, 'key').end)?.message ?? null,
    report({ place: path, message, part, kind }) {
      const range = rangeOf(path, part);
      if (kind === 'note') notes.push(`${place(range, '').where}: ${message}`);
      else if (!isFull() && !isKnown(path)) noted.push({ path, problem: place(range, message), isUnset: false });
      if (kind === 'cause') known.add(path.join('\n'));
    },
    findings: () => noted.toSorted((a, b) => byPlace(a.problem, b.problem)),
    notes: () => notes,
  };
}

function byPlace({ excerpt: a }: Problem, { excerpt: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.offset ?? 0) - (b?.offset ?? 0);
}
