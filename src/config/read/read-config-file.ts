import { isAbsolute, relative, resolve } from 'node:path';
import { hasCode } from '../../shared/files/has-code.ts';
import type { Problem } from '../config-error.ts';
import type { PlainKeys } from '../place/yaml-map.ts';
import { readBounded } from './bounded-file.ts';
import type { ConfigFile } from './config-file.ts';
import { fileTrouble } from './file-trouble.ts';
import { mapping } from './plain-data.ts';
import type { Env } from './process-env.ts';

const DEFAULT_NAME = 'tidings.yaml';

interface Reading {
  readonly env: Env;
  readonly cwd: string;
  /** Told what is wrong with the file. */
  readonly problems: Problem[];
  /** Asked where there is a file. */
  plainKeys(): Promise<PlainKeys>;
  /** Read instead of the file. */
  readonly instead?: TextInstead | undefined;
}

/** A text in the place of the file. */
export interface TextInstead {
  readonly text: string;
  /** Sections that are taken out of this text, whatever the other says of them. Null: none is. */
  readonly held: { readonly text: string; readonly sections: readonly string[] } | null;
}

/**
 * The file that TIDINGS_CONFIG names, or ./tidings.yaml where it is there. Null: none, or `problems` tells why. Only a file
 * that is there loads the YAML parser, 25 ms and 1 MB of every other start.
 */
export async function readConfigFile(reading: Reading): Promise<ConfigFile | null> {
  const { env, cwd, problems, plainKeys, instead } = reading;
  const named = env['TIDINGS_CONFIG'];
  const path = configFilePath(env, cwd);
  if (instead !== undefined) return parsedInstead(instead, { path, env, cwd, problems, plainKeys: await plainKeys() });
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

async function parsedInstead(
  { text, held }: TextInstead,
  { path, env, cwd, problems, plainKeys }: Omit<Reading, 'plainKeys'> & { path: string; plainKeys: PlainKeys },
): Promise<ConfigFile | null> {
  const { parseConfigFile } = await import('./parse-config-file.ts');
  const source = { path, name: shownName(path, cwd), env, plainKeys };
  const file = parseConfigFile({ ...source, text }, problems);
  if (file === null || held === null) return file;
  const other = mapping(parseConfigFile({ ...source, text: held.text }, [])?.data);
  const sections = held.sections.flatMap((name) => (other[name] === undefined ? [] : [[name, other[name]] as const]));
  return { ...file, data: { ...mapping(file.data), ...Object.fromEntries(sections) } };
}

/** Absolute; it need not be there. */
export function configFilePath(env: Env, cwd: string): string {
  return resolve(cwd, env['TIDINGS_CONFIG'] || DEFAULT_NAME);
}

/** As messages call it. */
export function shownName(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}
