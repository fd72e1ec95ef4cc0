import { writeFileSync } from 'node:fs';
import { hasCode } from '../shared/files/has-code.ts';
import { ConfigError } from './config-error.ts';
import { withDotEnv } from './read/dot-env.ts';
import { fileTrouble } from './read/file-trouble.ts';
import type { Env } from './read/process-env.ts';
import { configFilePath } from './read/read-config-file.ts';

/** The place where a first configuration file goes. */
export interface NewConfigFile {
  /** Absolute. */
  readonly path: string;
  /**
   * Never overwrites: `there` means that a file of that name was left as it is.
   * @throws ConfigError when it cannot be written
   */
  write(text: string): 'written' | 'there';
}

export function newConfigFile(env: Env, cwd: string): NewConfigFile {
  const path = configFilePath(withDotEnv(env, cwd, []), cwd);
  return {
    path,
    write(text) {
      try {
        // It names variables and holds no secrets; a container of another user may have to read it.
        writeFileSync(path, text, { flag: 'wx', mode: 0o644 });
        return 'written';
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return 'there';
        throw new ConfigError([{ where: path, message: fileTrouble(error, path, 'written'), excerpt: null }]);
      }
    },
  };
}
