import { openFiles } from '../../../config/check/open-files.ts';
import type { Config } from '../../../config/config.ts';
import { shortPath } from '../../../config/describe/place-words.ts';
import { type Finding, warn } from '../../../model/plugin/finding.ts';

/** What other users of this machine can read or write, though it holds secrets. */
export function checkOpenFiles(config: Config, envPath: string): readonly Finding[] {
  return openFiles(config, envPath).map(({ path, mode, fix }) =>
    warn('access rights', `${shortPath(path)} is open to other users of this machine (${mode})`, fix),
  );
}
