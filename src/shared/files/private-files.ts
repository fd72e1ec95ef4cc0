import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { newGuid } from '../ids.ts';
import { hasCode } from './has-code.ts';

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
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
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
    if (hasCode(error, 'ENOENT') || !isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Makes a file for its owner alone, once: of processes that do so at the same time one wins, and nobody sees half of the text.
 * It is written to a file of its own and then linked to its name, which only the first can do. Returns whether that was this
 * call. @throws what the file system says
 */
export function claimPrivateFile(path: string, text: string): boolean {
  const draft = `${path}.${newGuid()}`;
  makePrivateDirectory(dirname(path));
  try {
    writeDurably(draft, text);
    return claim(draft, path);
  } finally {
    // A full disk takes the name and refuses the content.
    rmSync(draft, { force: true });
  }
}

function claim(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // Some network and FUSE volumes know no links. There the name is taken by O_EXCL, a moment before its content.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
  }
  try {
    writeDurably(path, readFileSync(draft, 'utf8'));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', OWNER_ONLY_FILE);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
