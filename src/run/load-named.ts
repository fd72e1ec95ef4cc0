import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Purpose } from '../config/purpose.ts';
import { EVENT_TABLE } from './event-table.ts';
import type { Surroundings } from './surroundings.ts';

interface Named {
  readonly readOnly: boolean;
  /** Instead of the file that TIDINGS_CONFIG names, or tidings.yaml. */
  readonly config?: string | undefined;
  readonly purpose?: Purpose | undefined;
}

/** The same environment whatever the file. @throws ConfigError */
export async function loadNamed(
  { readOnly, config, purpose = 'both' }: Named,
  { env, cwd }: Surroundings,
): Promise<Config> {
  const checkSample = purpose === 'test' ? (await import('./check-sample.ts')).checkSample : undefined;
  const options = { cwd, readOnly, purpose, checkSample, catalog: EVENT_TABLE };
  if (config === undefined) return loadConfig({ ...options, env });
  try {
    return await loadConfig({ ...options, env: { ...env, TIDINGS_CONFIG: config } });
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.problems.map((each) => atFlag(each, config))) : error;
  }
}

/** Whoever named the file on the command line set no variable. */
function atFlag(problem: ConfigError['problems'][number], config: string): ConfigError['problems'][number] {
  return problem.where === 'TIDINGS_CONFIG' ? { ...problem, where: config } : problem;
}
