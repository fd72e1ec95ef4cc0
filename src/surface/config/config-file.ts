import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { Problem } from './config-error.ts';
import { fileTrouble, hasCode } from './file-trouble.ts';
import type { Env } from './process-env.ts';
import { substitute } from './substitute.ts';
import { type Path, YamlMap } from './yaml-map.ts';

/** A YAML file with its variables filled in, that can say where everything stands. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly data: unknown;
  /** The variable a text came out of, if it did. */
  variableAt(path: Path): string | undefined;
  readonly variables: readonly { readonly path: Path; readonly variable: string }[];
  /** Notes a problem with the value, or the key, at `path`; unless a variable is missing there, which is noted already. */
  report(path: Path, message: string, part?: 'key' | 'value'): void;
  /** Everything noted, from the top of the file to its end. */
  problems(): readonly Problem[];
}

const DEFAULT_NAME = 'tidings.yaml';

/** The file that TIDINGS_CONFIG names, or ./tidings.yaml where it is there. Null: none, or `problems` tells why. */
export function readConfigFile(env: Env, cwd: string, problems: Problem[]): ConfigFile | null {
  const named = env['TIDINGS_CONFIG'];
  const path = resolve(cwd, named || DEFAULT_NAME);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return parseConfigFile({ path, name: shownName(path, cwd), text, env }, problems);
  } catch (error) {
    if (!named && hasCode(error, 'ENOENT')) return null;
    const isText = !(error instanceof TypeError);
    const message = isText ? fileTrouble(error, path) : `cannot be read: it is not UTF-8 text (${path})`;
    problems.push({ where: named ? 'TIDINGS_CONFIG' : DEFAULT_NAME, message, excerpt: null });
    return null;
  }
}

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

  const broken = document.errors[0];
  if (broken) {
    // One break makes more behind it: the first is the one to mend.
    const problem = withoutValue(place({ start: broken.pos[0], end: broken.pos[1] }, ''));
    problems.push({ ...problem, message: `this is not YAML: ${broken.message}.${quotingHint(problem)}` });
    return null;
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
  const noted = troubles.map(({ path, needle, message }) => place(map.findText(path, needle), message));
  const open = new Set(troubles.map(({ path }) => path.join('\n')));
  const origins = new Map(variables.map(({ path, variable }) => [path.join('\n'), variable]));
  return {
    path,
    data,
    variables,
    variableAt: (path) => origins.get(path.join('\n')),
    report(path, message, part = 'value') {
      if (path.some((_, index) => open.has(path.slice(0, index + 1).join('\n')))) return;
      noted.push(place(map.find(path, part), message));
    },
    problems: () => noted.toSorted(byPlace),
  };
}

function byPlace({ excerpt: a }: Problem, { excerpt: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.offset ?? 0) - (b?.offset ?? 0);
}

function quotingHint({ excerpt }: Problem): string {
  return /[^"'$]\$\{/.test(excerpt?.text ?? '') ? ' Inside { } and [ ], a variable needs quotes: "${NAME}".' : '';
}

/** Where YAML breaks, nobody knows what is a value: the line is shown up to its key when it may hold a secret. */
function withoutValue(problem: Problem): Problem {
  const { excerpt } = problem;
  const value = excerpt && /^\s*(?:- )?["']?(?:webhook_\w*|url|secrets?|token)["']?\s*:\s*(?=\S)/i.exec(excerpt.text);
  if (!excerpt || !value || excerpt.text.includes('${')) return problem;
  const text = `${value[0]}[secret]`;
  return { ...problem, excerpt: { ...excerpt, text, offset: Math.min(excerpt.offset, value[0].length), length: 1 } };
}

function shownName(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}
