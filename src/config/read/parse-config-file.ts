import { LineCounter, parseDocument } from 'yaml';
import { remember } from '../../shared/redact.ts';
import type { Problem } from '../config-error.ts';
import { isInOpenSection, shownBrokenLine } from '../place/broken-line.ts';
import { isSecretPlace, type Path, YamlMap } from '../place/yaml-map.ts';
import { hiddenValue, yamlSlip } from '../place/yaml-slips.ts';
import type { ConfigFile, Finding } from './config-file.ts';
import { valueAt } from './plain-data.ts';
import type { Env } from './process-env.ts';
import { isSecretVariable } from './secret-variables.ts';
import { substitute } from './substitute.ts';

/** More than anybody mends at once. Each quotes its line, which may be as long as the file. */
const MOST_NOTED = 100;

interface Source {
  readonly path: string;
  /** How messages call it. */
  readonly name: string;
  readonly text: string;
  readonly env: Env;
}

/** Null when it is no YAML: then nothing more can be said than where it breaks. */
export function parseConfigFile({ path, name, text, env }: Source, problems: Problem[]): ConfigFile | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const map = new YamlMap(text, document, lines);

  function place(range: { readonly start: number; readonly end: number }, message: string): Problem {
    const { line, column, excerpt } = map.quote(range);
    return { where: `${name}:${line}:${column}`, message, excerpt: text === '' ? null : excerpt };
  }

  const slip = yamlSlip(text, document);
  if (slip) {
    const problem = brokenProblem(place(slip, slip.message), text);
    const rest = withoutTests(text);
    const file = rest === text ? null : parseConfigFile({ path, name, text: rest, env }, []);
    if (file === null) problems.push(problem);
    return file && withFinding(file, { path: ['tests'], problem, isUnset: false });
  }

  let plain: unknown;
  try {
    plain = document.toJS();
  } catch (error) {
    // Anchors multiplied beyond reason; no other error is known here.
    problems.push(place({ start: 0, end: 0 }, `this cannot be read: ${String(error)}`));
    return null;
  }
  const { data, variables, problems: troubles } = substitute(plain ?? {}, env);
  for (const { path, variable } of variables) rememberVariable(path, variable, env);
  const noted: Finding[] = troubles.slice(0, MOST_NOTED).map(({ path, needle, message, unset }) => ({
    path,
    problem: place(map.findText(path, needle), message),
    isUnset: unset !== null,
  }));
  const open = new Set(troubles.map(({ path }) => path.join('\n')));
  const origins = new Map(variables.map(({ path, variable }) => [path.join('\n'), variable]));
  const notes: string[] = [];
  const isOpen = (path: Path) => path.some((_, index) => open.has(path.slice(0, index + 1).join('\n')));
  const isFull = () => noted.length >= MOST_NOTED + Math.min(troubles.length, MOST_NOTED);
  function tell(path: Path, range: Parameters<typeof place>[0], message: string): void {
    if (!isFull() && !isOpen(path)) noted.push({ path, problem: place(range, message), isUnset: false });
  }
  return {
    path,
    data,
    variables,
    unset: troubles.flatMap(({ path, unset }) => (unset === null ? [] : [{ path, variable: unset }])),
    variableAt: (path) => origins.get(path.join('\n')),
    hiddenAt(path) {
      const slip = hiddenValue(text, map.find(path, 'key').end);
      return slip?.message ?? null;
    },
    report(path, message, part = 'value') {
      tell(path, map.find(path, part), message);
    },
    reportCause(path, message) {
      tell(path, map.find(path, 'value'), message);
      open.add(path.join('\n'));
    },
    reportWithin(path, piece, message) {
      tell(path, map.findWithin(path, piece, String(valueAt(data, path))), message);
    },
    note(path, message, part = 'value') {
      notes.push(`${place(map.find(path, part), '').where}: ${message}`);
    },
    findings: () => noted.toSorted((a, b) => byPlace(a.problem, b.problem)),
    notes: () => notes,
  };
}

/** With blanks for the section of tests, so that all else stays where it is: a break in it is no break of the rest. */
function withoutTests(text: string): string {
  let isInside = false;
  return text
    .split('\n')
    .map((line) => {
      if (/^[^\s#-]/.test(line)) isInside = line.startsWith('tests:');
      return isInside ? line.replaceAll(/[^\r]/g, ' ') : line;
    })
    .join('\n');
}

function withFinding(file: ConfigFile, finding: Finding): ConfigFile {
  return { ...file, findings: () => [...file.findings(), finding] };
}

function byPlace({ excerpt: a }: Problem, { excerpt: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.offset ?? 0) - (b?.offset ?? 0);
}

function quotingHint({ excerpt }: Problem): string {
  return /[^"'$]\$\{/.test(excerpt?.text ?? '') ? ' Inside { } and [ ], a variable needs quotes: "${NAME}".' : '';
}

/** Where YAML breaks, nobody knows what is a value: lines that may hold secrets are shown without. */
function brokenProblem(problem: Problem, text: string): Problem {
  const { where, message, excerpt } = problem;
  const line = excerpt?.line ?? 1;
  const before = text
    .split('\n', line - 1)
    .map((each) => `${each}\n`)
    .join('');
  const isOpen = isInOpenSection(before, excerpt?.text ?? '');
  return {
    where,
    message: `${isOpen ? message : withoutTokens(message)}${quotingHint(problem)}`,
    excerpt: excerpt && { line, ...shownBrokenLine(excerpt, before) },
  };
}

/** `this is not YAML: Unexpected flow-seq-end token in YAML stream: "]".` */
function withoutTokens(message: string): string {
  return message.replace(/^(this is not YAML: [^:]*): \S.*$/s, '$1.');
}

/** What came out of a variable and may be a secret, by its place, its name or its looks, is one wherever it turns up. */
function rememberVariable(path: Path, variable: string, env: Env): void {
  const value = env[variable];
  if (value && (isSecretPlace(path) || isSecretVariable(variable, value))) remember(value);
}
