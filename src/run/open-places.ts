import { weakCredentials } from '../config/check/credentials.ts';
import { closed, type OpenFile, openFiles } from '../config/check/open-files.ts';
import type { Config } from '../config/config.ts';
import { envFilePath } from '../config/read/env-file.ts';
import type { Logger } from '../shared/log.ts';
import type { Surroundings } from './surroundings.ts';

interface Open {
  readonly config: Config;
  readonly surroundings: Pick<Surroundings, 'cwd'>;
  /** Files of our own that were open before anything was touched. */
  readonly own: readonly OpenFile[];
  readonly log: Pick<Logger, 'warn'>;
}

/** What others may guess, read or write here, in the log, each with what closes it. Files of our own are closed. */
export function closeAndSay({ config, surroundings, own, log }: Open): void {
  for (const { where, problem, fix } of weakCredentials(config)) log.warn(`${where} ${problem}. ${fix}`);
  for (const { path, mode } of closed(own)) {
    log.warn(
      `${path} was open to other users of this machine (${mode}), and is closed now. Whoever read it meanwhile knows what is in it`,
    );
  }
  for (const { path, mode, fix } of openFiles(config, envFilePath(surroundings.cwd))) {
    log.warn(`${path} is open to other users of this machine (${mode}). To close it: ${fix}`);
  }
}
