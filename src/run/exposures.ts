import { refusePlaceholders, type WeakCredential, weakCredentials } from '../config/check/credentials.ts';
import { closeOwn, type OpenFile, openFiles } from '../config/check/open-files.ts';
import { sharedSecrets, sharedSecretWords } from '../config/check/shared-secrets.ts';
import type { Config } from '../config/config.ts';
import { envFilePath } from '../config/read/env-file.ts';
import type { Logger } from '../shared/log.ts';

/** What others may guess, read or write here. */
export interface Exposures {
  readonly weak: readonly WeakCredential[];
  /** In words. Empty where nothing is received. */
  readonly shared: readonly string[];
  readonly open: readonly OpenFile[];
}

/** Looked for before anything is touched. @throws ConfigError for a secret out of a file that everybody has */
export function exposuresOf(config: Config, cwd: string, receives: boolean): Exposures {
  const weak = weakCredentials(config);
  refusePlaceholders(weak);
  return {
    weak,
    shared: receives ? sharedSecrets(config.sources).map(sharedSecretWords) : [],
    open: openFiles(config, envFilePath(cwd)),
  };
}

/** In the log, each with what closes it. Files of our own are closed. */
export function closeAndSay({ weak, shared, open }: Exposures, log: Pick<Logger, 'warn'>): void {
  for (const { where, problem, fix } of weak) log.warn(`${where} ${problem}. ${fix}`);
  for (const words of shared) log.warn(words);
  const { closed, left } = closeOwn(open);
  for (const { path, mode } of closed) {
    log.warn(
      `${path} was open to other users of this machine (${mode}), and is closed now. Whoever read it meanwhile knows what is in it`,
    );
  }
  for (const { path, mode, fix } of left) {
    log.warn(`${path} is open to other users of this machine (${mode}). To close it: ${fix}`);
  }
}
