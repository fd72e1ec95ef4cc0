import { existsSync, statSync } from 'node:fs';
import { InboxUnavailableError } from '../../../model/inbox.ts';
import { type Database, transaction } from '../database.ts';
import { openDatabase } from './open-database.ts';
import { openingProblem } from './opening-problem.ts';
import { copyWhole } from './whole-copy.ts';

/** Sizes of the file in bytes. */
export interface Compacted {
  readonly before: number;
  readonly after: number;
}

const BUSY_TIMEOUT_MS = 500;

/**
 * Writes the file at `path` anew without what is free in it, so that from then on space is given back by steps. Nobody else may have
 * it open, and nobody can open it meanwhile. Killed at any moment, the old file or the new one is there, whole.
 * @throws InboxUnavailableError when it is in use, or there is no space for a copy; then nothing was changed
 */
export function compact(path: string): Compacted {
  if (!existsSync(path)) throw new InboxUnavailableError(`There is no database at ${path}.`);
  const before = statSync(path).size;
  const db = opened(path);
  try {
    writeAnew(db, path);
  } catch (error) {
    throw refusal(path, error);
  } finally {
    db.close();
  }
  return { before, after: statSync(path).size };
}

function opened(path: string): Database {
  try {
    return openDatabase({ path, access: 'write', busyTimeoutMs: BUSY_TIMEOUT_MS, exclusive: true });
  } catch (error) {
    throw refusal(path, error);
  }
}

function writeAnew(db: Database, path: string): void {
  // The lock is taken with the first transaction and kept: https://www.sqlite.org/pragma.html#pragma_locking_mode
  transaction(db, () => undefined);
  // No log that closing would take away by its name, which then is the new file's.
  db.exec('PRAGMA journal_mode = DELETE');
  db.exec('PRAGMA auto_vacuum = INCREMENTAL');
  copyWhole(db, path, {
    draft: `${path}.compact.part`,
    place: () => path,
    refusal: (needed, left) =>
      `it is written anew, in a file beside it: that takes ${needed}, and ${left} are left. Make room. Nothing was changed`,
  });
}

function refusal(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const words = /locked|busy/.test(error.message)
    ? `${path} is in use: a worker, a receiver or another program has it open. Stop it, then try again. Nothing was changed.`
    : openingProblem(path, error.message).replace('cannot be opened', 'cannot be compacted');
  return new InboxUnavailableError(words, { cause: error });
}
