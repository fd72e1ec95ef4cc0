import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { hasCode } from '../../shared/files/has-code.ts';
import type { Problem } from '../config-error.ts';
import { envFilePath } from './env-file.ts';
import { fileTrouble } from './file-trouble.ts';
import type { Env } from './process-env.ts';
import { rememberSecrets } from './secret-variables.ts';

/** `env` over what a `.env` file in `cwd` says: the process environment wins, also with an empty value. */
export function withDotEnv(env: Env, cwd: string, problems: Problem[]): Env {
  const all = merged(env, cwd, problems);
  rememberSecrets(all);
  return all;
}

function merged(env: Env, cwd: string, problems: Problem[]): Env {
  const path = envFilePath(cwd);
  try {
    const given = Object.entries(env).filter(([, value]) => value !== undefined);
    return { ...parseEnv(readFileSync(path, 'utf8')), ...Object.fromEntries(given) };
  } catch (error) {
    // Most places have none. A directory of that name (Python's virtual environments) is somebody else's.
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) {
      problems.push({ where: '.env', message: fileTrouble(error, path), excerpt: null });
    }
    return env;
  }
}
