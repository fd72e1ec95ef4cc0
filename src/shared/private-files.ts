import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';

export const OWNER_ONLY_FILE = 0o600;
export const OWNER_ONLY_DIRECTORY = 0o700;

/** For its owner alone, whatever the umask. One that is there is left as it is. */
export function makePrivateDirectory(path: string): void {
  const made = mkdirSync(path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  if (made !== undefined) chmodSync(path, OWNER_ONLY_DIRECTORY);
}

/** So that a library which makes files by the umask finds one that is closed already. One that is there is left as it is. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
}
