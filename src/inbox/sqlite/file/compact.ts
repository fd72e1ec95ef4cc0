import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sizeWords } from '../../../shared/size-words.ts';
import { type Database, scalar, transaction } from '../database.ts';
import { UnusableError } from './opening-problem.ts';

/** What is written: the pages in use once into a file of its own, and once into the log. */
const TIMES = 2.2;

/**
 * Writes the whole file anew, without what is free in it, and so that it can give space back by steps from then on. The connection
 * must have the file alone. A process that dies meanwhile leaves it as it was. @throws UnusableError when there is no space for it
 */
export function compact(db: Database, path: string): { readonly before: number; readonly after: number } {
  // Taken with the first transaction, and kept: https://www.sqlite.org/pragma.html#pragma_locking_mode
  transaction(db, () => undefined);
  const before = statSync(path).size;
  requireSpace(db, path);
  db.exec('PRAGMA auto_vacuum = INCREMENTAL');
  db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return { before, after: statSync(path).size };
}

function requireSpace(db: Database, path: string): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  const pages = scalar(db.prepare('PRAGMA page_count')) - scalar(db.prepare('PRAGMA freelist_count'));
  const needed = pages * scalar(db.prepare('PRAGMA page_size')) * TIMES;
  if (bavail * bsize >= needed) return;
  throw new UnusableError(
    `writing it anew takes ${sizeWords(needed)} besides, and ${sizeWords(bavail * bsize)} are left. Nothing was changed`,
  );
}
