import type { Config } from './config.ts';
import { withDotEnv } from './read/dot-env.ts';
import { readEnvironment } from './read/environment.ts';
import type { Env } from './read/process-env.ts';
import { variablesOf } from './read/variables.ts';

/** Enough to ask a receiver on this machine how it is. */
export type ReceiverPlace = Pick<Config, 'host' | 'port' | 'dataDir' | 'adminToken'>;

/** By the environment alone: where the configuration cannot be used, a server may still run with the one before. */
export function receiverPlace(given: Env, cwd: string): ReceiverPlace {
  const env = withDotEnv(given, cwd, []);
  const { host, port, dataDir, adminToken } = readEnvironment(env, cwd, variablesOf(env, []));
  return { host, port, dataDir, adminToken };
}
