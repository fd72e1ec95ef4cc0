import { LineCounter, parseDocument } from 'yaml';
import { remember } from '../../shared/secrets/redact.ts';
import type { Problem } from '../config-error.ts';
import { isInOpenSection, shownBrokenLine } from '../place/broken-line.ts';
import { isSecretPlace, type Path, type PlainKeys, YamlMap } from '../place/yaml-map.ts';
import { yamlSlip } from '../place/yaml-slips.ts';
import type { ConfigFile, Finding } from './config-file.ts';
import type { Env } from './process-env.ts';
import { type Place, reporting } from './reporting.ts';
import { isSecretVariable } from './secret-variables.ts';
import { substitute } from './substitute.ts';

interface Source {
  readonly path: string;
  /** How messages call it. */
  readonly name: string;
  readonly text: string;
  readonly env: Env;
  readonly plainKeys: PlainKeys;
}

/** Null when it is no YAML: then nothing more can be said than where it breaks. */
export function parseConfigFile(source: Source, problems: Problem[]): ConfigFile | null {
  const { path, name, text, env, plainKeys } = source;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const map = new YamlMap(text, document, lines, plainKeys);
  const place: Place = (range, message) => {
    const { line, column, excerpt } = map.quote(range);
    return { where: `${name}:${line}:${column}`, message, excerpt: text === '' ? null : excerpt };
  };

  const slip = yamlSlip(text, document);
  if (slip) {
    const problem = brokenProblem(place(slip, slip.message), source);
    const file = withoutBrokenTests(source);
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
  const substituted = substitute(plain ?? {}, env);
  for (const { path: at, variable } of substituted.variables) rememberVariable(at, variable, source);
  return { path, ...reporting({ map, text, place, substituted }) };
}

/** Null where the break is outside the section of tests. */
function withoutBrokenTests(source: Source): ConfigFile | null {
  const rest = withoutTests(source.text);
  return rest === source.text ? null : parseConfigFile({ ...source, text: rest }, []);
}

/** With blanks for the section of tests, so that all else stays where it is: a break in it is no break of the rest. */
export function withoutTests(text: string): string {
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

function quotingHint({ excerpt }: Problem): string {
  return /[^"'$]\$\{/.test(excerpt?.text ?? '') ? ' Inside { } and [ ], a variable needs quotes: "${NAME}".' : '';
}

/** Where YAML breaks, nobody knows what is a value: lines that may hold secrets are shown without. */
function brokenProblem(problem: Problem, { text, plainKeys }: Source): Problem {
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
    excerpt: excerpt && { line, ...shownBrokenLine(excerpt, before, plainKeys) },
  };
}

/** `this is not YAML: Unexpected flow-seq-end token in YAML stream: "]".` */
function withoutTokens(message: string): string {
  return message.replace(/^(this is not YAML: [^:]*): \S.*$/s, '$1.');
}

/** What came out of a variable and may be a secret, by its place, its name or its looks, is one wherever it turns up. */
function rememberVariable(path: Path, variable: string, { env, plainKeys }: Source): void {
  const value = env[variable];
  if (value && (isSecretPlace(path, plainKeys) || isSecretVariable(variable, value))) remember(value);
}
