import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OWNER_ONLY_FILE } from '../../../shared/files/private-files.ts';
import { scalar } from '../database.ts';
import { UnusableError } from './opening-problem.ts';

const MB = 1_000_000;
/** Beside the copy the upgrade writes as well. */
const MARGIN = 1.25;

/**
 * The database as it is, in a file beside it that only the user can read: `tidings.db.before-schema-4`, or `….2` and so on
 * where there is one. To be called by who holds the database's write lock: nobody else makes one meanwhile.
 * @throws UnusableError when there is no space for it; then nothing is left behind
 */
export function copyBefore(path: string, version: number): string {
  const draft = `${path}.before-schema-${version}.part`;
  // What a killed process left.
  remove(draft);
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    requireSpace(db, path);
    closeSync(openSync(draft, 'wx', OWNER_ONLY_FILE));
    db.prepare('VACUUM INTO ?').run(draft);
    sync(draft);
    const copy = freeName(`${path}.before-schema-${version}`);
    renameSync(draft, copy);
    sync(dirname(path));
    return copy;
  } catch (error) {
    remove(draft);
    throw error;
  } finally {
    db.close();
  }
}

/** With SQLite's journal of it, which would be taken for the next one's. */
function remove(draft: string): void {
  for (const file of [draft, `${draft}-journal`]) rmSync(file, { force: true });
}

function requireSpace(db: DatabaseSync, path: string): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  const pages = scalar(db.prepare('PRAGMA page_count')) - scalar(db.prepare('PRAGMA freelist_count'));
  const needed = pages * scalar(db.prepare('PRAGMA page_size')) * MARGIN;
  if (bavail * bsize >= needed) return;
  throw new UnusableError(
    `upgrading makes a copy of ${basename(path)} beside it first: that takes ${shown(needed)}, and ${shown(bavail * bsize)} are ` +
      'left. Make room; or, with a backup of your own, run `migrate --no-copy`. Nothing was changed',
  );
}

function shown(bytes: number): string {
  return `${Math.ceil(bytes / MB).toLocaleString('en-US')} MB`;
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}.${n}`;
  return name;
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
