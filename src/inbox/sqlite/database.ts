import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

export type Database = DatabaseSync;
export type Statement = StatementSync;

const listeners = new WeakMap<Database, (() => void)[]>();

/** `listener` is told when a transaction came to nothing: for who keeps in memory what was written in it. */
export function onRollback(db: Database, listener: () => void): void {
  listeners.set(db, [...(listeners.get(db) ?? []), listener]);
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
    for (const listener of listeners.get(db) ?? []) listener();
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

/** What several statements read is of one moment. It ends without a commit, which SQLite refuses after damage was met. */
export function snapshot<T>(db: Database, work: () => T): T {
  db.exec('BEGIN');
  try {
    return work();
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
}

/**
 * Instead of `LIMIT ?`: SQLite looks at the value of that as it plans (sqlite3ExprIsInteger), and so plans the statement anew each time one of
 * its values is bound. An empty read of a lane takes 6 µs instead of 130.
 */
export const AT_MOST = 'LIMIT ? + 0';

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
