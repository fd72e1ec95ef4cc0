import { withDotEnv } from '../config/read/dot-env.ts';
import { readEnvironment } from '../config/read/environment.ts';
import type { ReceiverPlace } from './app-port.ts';
import type { Surroundings } from './surroundings.ts';

/** By the environment alone: where the configuration cannot be used, a server may still run with the one before. */
export function receiverPlace({ env, cwd }: Surroundings): ReceiverPlace {
  const { host, port, dataDir, adminToken } = readEnvironment(withDotEnv(env, cwd, []), cwd, []);
  return { host, port, dataDir, adminToken };
}
