import { isAbsolute, relative, resolve } from 'node:path';
import { hasCode } from '../../shared/files/has-code.ts';
import type { Problem } from '../config-error.ts';
import type { PlainKeys } from '../place/yaml-map.ts';
import { readBounded } from './bounded-file.ts';
import type { ConfigFile } from './config-file.ts';
import { fileTrouble } from './file-trouble.ts';
import type { Env } from './process-env.ts';

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
