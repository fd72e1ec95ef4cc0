import { unwatchFile, watchFile } from 'node:fs';
import { withDotEnv } from './dot-env.ts';
import { envFilePath } from './env-file.ts';
import type { Env } from './process-env.ts';
import { configFilePath } from './read-config-file.ts';

/** How soon a change is seen, ms. Asking (stat) works where events do not: network and bind mounts, replaced files, links. */
const ASK_EVERY_MS = 1_000;

/** Calls `onChange` when `.env` or the configuration file is written, made or removed. Returns what ends it. */
export function watchSettings(env: Env, cwd: string, onChange: () => void): () => void {
  const paths = [envFilePath(cwd), configFilePath(withDotEnv(env, cwd, []), cwd)];
  for (const path of paths) watchFile(path, { interval: ASK_EVERY_MS, persistent: false }, onChange);
  return () => {
    for (const path of paths) unwatchFile(path, onChange);
  };
}
