import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { makePrivateDirectory, makePrivateFile, OWNER_ONLY_FILE } from '../../shared/private-files.ts';

export type Database = DatabaseSync;
export type Statement = StatementSync;

export interface DatabaseOptions {
  readonly path: string;
  readonly readOnly: boolean;
  readonly busyTimeoutMs: number;
  /** The file belongs to this connection alone, from its first transaction until it is closed. */
  readonly exclusive?: boolean;
}

/**
 * The settings every connection needs. `synchronous=FULL` makes each commit reach the disk before it returns: that is what
 * a 200 promises. The log is folded back by the keeper (keeper.ts); a connection does it itself only at 16,000 pages (64 MB).
 */
const PRAGMAS = `
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 16000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -32000;
  PRAGMA mmap_size = 268435456;
`;

/** Opens (and, unless read-only, creates) the database file; its folder is made private to the user. */
export function openDatabase({ path, readOnly, busyTimeoutMs, exclusive = false }: DatabaseOptions): Database {
  if (!readOnly) {
    makePrivateDirectory(dirname(path));
    // What SQLite makes beside it gets the same rights.
    makePrivateFile(path);
  }
  const db = new DatabaseSync(path, { readOnly, timeout: busyTimeoutMs });
  if (exclusive) db.exec('PRAGMA locking_mode = EXCLUSIVE');
  if (!readOnly) {
    useWriteAheadLog(db, exclusive ? 1 : 50);
    chmodSync(path, OWNER_ONLY_FILE);
  }
  db.exec(PRAGMAS);
  return db;
}

/** Switching needs the file alone for a moment, and SQLite does not wait for that: two first starts may collide. */
function useWriteAheadLog(db: Database, attempts: number): void {
  for (let attempt = 1; ; attempt++) {
    try {
      if (one<{ journal_mode: string }>(db.prepare('PRAGMA journal_mode'))?.journal_mode === 'wal') return;
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Takes the write lock at once, so that what is read inside cannot change before it is written. */
export function transaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite itself rolls back on some errors (a full disk): a second ROLLBACK would hide the first error.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * A transaction that need not reach the disk by itself, because it can be made again from what is there: its commit costs
 * no fsync. The next ordinary commit syncs it too (the log is one sequence), so nothing that depends on it, such as an
 * attempt to send, can survive a power cut without it.
 */
export function recomputable<T>(db: Database, work: () => T): T {
  db.exec('PRAGMA synchronous = NORMAL');
  try {
    return transaction(db, work);
  } finally {
    db.exec('PRAGMA synchronous = FULL');
  }
}

type Values = readonly SQLInputValue[];

/** The row types are this folder's own: each stands beside the SQL that yields it. */
export function one<Row>(statement: Statement, ...values: Values): Row | undefined {
  return statement.get(...values) as Row | undefined;
}

export function all<Row>(statement: Statement, ...values: Values): Row[] {
  return statement.all(...values) as Row[];
}

/** The first value of the first row: for counts and maxima. */
export function scalar(statement: Statement, ...values: Values): number {
  const row = statement.get(...values);
  const value = row === undefined ? 0 : Object.values(row)[0];
  return typeof value === 'number' ? value : 0;
}
