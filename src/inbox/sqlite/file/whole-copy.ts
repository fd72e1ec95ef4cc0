import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { OWNER_ONLY_FILE } from '../../../shared/files/private-files.ts';
import { type Database, scalar } from '../database.ts';
import { UnusableError } from './opening-problem.ts';

const MB = 1_000_000;
/** Others write beside it. */
const MARGIN = 1.25;

/**
 * The database at `path` in another file beside it, without its free pages, that only the user can read; `place` is asked for its
 * name when it is on the disk. `refusal`: what to say when there is no space, given what it takes and what is left.
 * @throws UnusableError when there is none; then nothing is left behind
 */
export function copyWhole(
  db: Database,
  path: string,
  { draft, place, refusal }: { draft: string; place: () => string; refusal: (needed: string, left: string) => string },
): string {
  // What a killed process left.
  remove(draft);
  try {
    requireSpace(db, path, refusal);
    closeSync(openSync(draft, 'wx', OWNER_ONLY_FILE));
    db.prepare('VACUUM INTO ?').run(draft);
    sync(draft);
    const copy = place();
    renameSync(draft, copy);
    sync(dirname(path));
    return copy;
  } catch (error) {
    remove(draft);
    throw error;
  }
}

/** With SQLite's journal of it, which would be taken for the next one's. */
function remove(draft: string): void {
  for (const file of [draft, `${draft}-journal`]) rmSync(file, { force: true });
}

function requireSpace(db: Database, path: string, refusal: (needed: string, left: string) => string): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  const pages = scalar(db.prepare('PRAGMA page_count')) - scalar(db.prepare('PRAGMA freelist_count'));
  const needed = pages * scalar(db.prepare('PRAGMA page_size')) * MARGIN;
  if (bavail * bsize < needed) throw new UnusableError(refusal(shown(needed), shown(bavail * bsize)));
}

function shown(bytes: number): string {
  return `${Math.ceil(bytes / MB).toLocaleString('en-US')} MB`;
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
