import { isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from '../config-error.ts';
import type { Path, PlainKeys, Range } from '../place/yaml-map.ts';
import { readBounded } from './bounded-file.ts';
import { fileTrouble, hasCode } from './file-trouble.ts';
import type { Env } from './process-env.ts';

/** Something that was reported, and where in the data. */
export interface Finding {
  readonly path: Path;
  readonly problem: Problem;
  /** A variable is not set: with it, nothing may be wrong. */
  readonly isUnset: boolean;
}

/** A YAML file with its variables filled in, that can say where everything stands. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly data: unknown;
  /** The variable a text came out of, if it did. */
  variableAt(path: Path): string | undefined;
  readonly variables: readonly { readonly path: Path; readonly variable: string }[];
  /** Those of them that are not set. Their texts stay as written. */
  readonly unset: ConfigFile['variables'];
  /** Why there is no value at `path`, where what was meant for one is a comment. Null: another reason. */
  hiddenAt(path: Path): string | null;
  /** Notes a problem with the value, or the key, at `path`; unless a variable is missing there, which is noted already. */
  report(path: Path, message: string, part?: 'key' | 'value'): void;
  /** Notes what is the cause of all that else would be said at `path`: nothing more is noted there. */
  reportCause(path: Path, message: string): void;
  /** The same as `report` about a piece of the text at `path`, offsets into it. */
  reportWithin(path: Path, piece: Range, message: string): void;
  /** Notes what a person may want to know, though nothing is wrong. */
  note(path: Path, message: string, part?: 'key' | 'value'): void;
  /** Everything reported, from the top of the file to its end. */
  findings(): readonly Finding[];
  /** Ready to print, each with its place. */
  notes(): readonly string[];
}

const DEFAULT_NAME = 'tidings.yaml';

interface Reading {
  readonly env: Env;
  readonly cwd: string;
  /** Told what is wrong with the file. */
  readonly problems: Problem[];
  /** Asked where there is a file. */
  plainKeys(): Promise<PlainKeys>;
}

/**
 * The file that TIDINGS_CONFIG names, or ./tidings.yaml where it is there. Null: none, or `problems` tells why. Only a file
 * that is there loads the YAML parser, 25 ms and 1 MB of every other start.
 */
export async function readConfigFile({ env, cwd, problems, plainKeys }: Reading): Promise<ConfigFile | null> {
  const named = env['TIDINGS_CONFIG'];
  const path = configFilePath(env, cwd);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readBounded(path));
  } catch (error) {
    if (!named && hasCode(error, 'ENOENT')) return null;
    const isText = !(error instanceof TypeError);
    const message = isText ? fileTrouble(error, path) : `cannot be read: it is not UTF-8 text (${path})`;
    problems.push({ where: named ? 'TIDINGS_CONFIG' : DEFAULT_NAME, message, excerpt: null });
    return null;
  }
  const { parseConfigFile } = await import('./parse-config-file.ts');
  return parseConfigFile({ path, name: shownName(path, cwd), text, env, plainKeys: await plainKeys() }, problems);
}

/** Absolute; it need not be there. */
export function configFilePath(env: Env, cwd: string): string {
  return resolve(cwd, env['TIDINGS_CONFIG'] || DEFAULT_NAME);
}

function shownName(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}
