import { CATALOG } from '../catalog.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Purpose } from '../config/purpose.ts';
import type { TextInstead } from '../config/read/read-config-file.ts';
import { withIdleRules } from './idle-rules.ts';
import type { Surroundings } from './surroundings.ts';

export interface LoadOptions {
  /** Writes nothing, and so generates no secret. */
  readonly readOnly: boolean;
  /** From the working directory; instead of the file that TIDINGS_CONFIG names, or tidings.yaml. */
  readonly config?: string | undefined;
  /** Which variables must be set. */
  readonly purpose?: Purpose | undefined;
  /** A text in the place of what the file says. */
  readonly instead?: TextInstead | undefined;
}

/** The same environment whatever the file. @throws ConfigError for what people write */
export async function load(options: LoadOptions, surroundings: Pick<Surroundings, 'env' | 'cwd'>): Promise<Config> {
  return withIdleRules(await loadNamed(options, surroundings));
}

async function loadNamed(
  { readOnly, config, purpose = 'both', instead }: LoadOptions,
  { env, cwd }: Pick<Surroundings, 'env' | 'cwd'>,
): Promise<Config> {
  const checkSample = purpose === 'test' ? await (await import('./check-sample.ts')).sampleChecker() : undefined;
  const options = { catalog: CATALOG, cwd, readOnly, purpose, checkSample, instead };
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
