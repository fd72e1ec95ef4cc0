import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export const OWNER_ONLY_FILE = 0o600;
export const OWNER_ONLY_DIRECTORY = 0o700;

/**
 * With those above it that are missing, each for its owner alone, whatever the umask. One that is there is left as it is. One by
 * one: `mkdirSync` with `recursive` never returns where a system says ENOENT to a new directory in one that is there, as
 * `/proc` does.
 */
export function makePrivateDirectory(path: string): void {
  try {
    make(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    makePrivateDirectory(dirname(path));
    make(path);
  }
}

/** So that a library which makes files by the umask finds one that is closed already. One that is there is left as it is. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
}

function make(path: string): void {
  try {
    mkdirSync(path, { mode: OWNER_ONLY_DIRECTORY });
    chmodSync(path, OWNER_ONLY_DIRECTORY);
  } catch (error) {
    // Also one that may not be written in, or the root, is a directory.
    if (isMissing(error) || !isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
