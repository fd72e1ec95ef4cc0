import type { DatabaseConfig } from '../config.ts';
import { ConfigError, type Problem } from '../config-error.ts';
import { withDotEnv } from './dot-env.ts';
import { readDatabase } from './environment.ts';
import type { Env } from './process-env.ts';
import { isVariableName } from './secret-variables.ts';

export interface DatabaseAddress {
  readonly database: DatabaseConfig;
  /** A password stands in the text itself, where other users of the machine see it. */
  readonly showsPassword: boolean;
}

/**
 * `sqlite:` and a path, `postgres://…`, or the name of an environment variable (or one in `.env`) that holds either.
 * @throws ConfigError, without the address
 */
export function readAddress(text: string, { env, cwd }: { readonly env: Env; readonly cwd: string }): DatabaseAddress {
  const problems: Problem[] = [];
  const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
  const where = isVariableName(text) ? text : 'the address';
  const tell = (_where: string, message: string) => problems.push({ where, message, excerpt: null });
  const value = isName ? withDotEnv(env, cwd, problems)[text]?.trim() : text;
  if (!value) tell(where, 'is not set: name a variable that holds the address, or give the address itself.');
  const database = readDatabase(value, { cwd, dataDir: cwd }, tell);
  if (problems.length > 0) throw new ConfigError(problems);
  return { database, showsPassword: !isName && /^[a-z]+:\/\/[^/@]*:[^/@]+@|[?&]password=/i.test(text) };
}
