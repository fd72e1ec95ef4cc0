import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../shared/files/has-code.ts';
import { newGuid } from '../../shared/ids.ts';
import { ConfigError } from '../config-error.ts';
import { fileTrouble } from './file-trouble.ts';
import type { Env } from './process-env.ts';

/** What became of variables that were to be kept in `.env`. */
export interface KeptVariables {
  /** Absolute. */
  readonly path: string;
  /** Names now in the file with the given value. */
  readonly written: readonly string[];
  /** Names that were there with another value, which was left. */
  readonly left: readonly string[];
  /** Names that the environment of this process sets otherwise: it wins over the file. */
  readonly shadowed: readonly string[];
}

export interface EnvFile {
  /** Absolute. */
  readonly path: string;
  /**
   * Writes the variables into the file (0600), made if there is none; its other lines stay as they are. A variable that is
   * there is changed only with `replace`.
   * @throws ConfigError when the file cannot be read or written
   */
  keep(variables: Readonly<Record<string, string>>, options?: { readonly replace?: boolean }): KeptVariables;
}

/** `.env` in `cwd`, which every command reads (dot-env.ts). */
export function envFile(cwd: string, env: Env): EnvFile {
  const path = envFilePath(cwd);
  return {
    path,
    keep(variables, { replace = false } = {}) {
      const found = read(path);
      const wanted = Object.entries(variables);
      const left: string[] = [];
      const lines = found === '' ? [] : found.replace(/\n$/, '').split('\n');
      for (const [name, value] of wanted) {
        const line = `${name}=${quoted(name, value)}`;
        const at = lines.findLastIndex((each) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(each));
        const isEmpty = /=\s*(?:""|'')?\s*$/.test(lines[at] ?? '');
        if (at < 0) lines.push(line);
        else if (replace || isEmpty) lines[at] = line;
        else if (lines[at] !== line) left.push(name);
      }
      const text = `${lines.join('\n')}\n`;
      if (text !== found) write(path, text);
      return {
        path,
        written: wanted.map(([name]) => name).filter((name) => !left.includes(name)),
        left,
        shadowed: wanted.filter(([name, value]) => env[name] && env[name] !== value).map(([name]) => name),
      };
    },
  };
}

export function envFilePath(cwd: string): string {
  return join(cwd, '.env');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw trouble(fileTrouble(error, path));
  }
}

/** Whole or not at all: a full disk must not cost the secrets that were there. */
function write(path: string, text: string): void {
  const draft = `${path}.${newGuid()}`;
  try {
    try {
      const file = openSync(draft, 'wx', 0o600);
      try {
        writeSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      const target = targetOf(path);
      renameSync(draft, target);
      chmodSync(target, 0o600);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (error) {
    throw trouble(fileTrouble(error, path, 'written'));
  }
}

/** Where a link leads; a file that is not there leads nowhere. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** As `parseEnv` of node:util reads it back. It knows no escapes, so some values have no form. */
function quoted(name: string, value: string): string {
  if (/^[\w:/.,@+%&?=~-]*$/.test(value)) return value;
  const quote = ["'", '"', '`'].find((each) => !value.includes(each));
  if (quote === undefined || /[\r\n]/.test(value))
    throw trouble(`cannot hold the value of ${name}: it has quotes of all kinds, or several lines`);
  return `${quote}${value}${quote}`;
}

function trouble(message: string): ConfigError {
  return new ConfigError([{ where: '.env', message, excerpt: null }]);
}
