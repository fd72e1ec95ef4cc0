import type { Database } from '../database.ts';

/**
 * What was told in another's message names that one, by no index: checking would scan all notifications for each that is deleted.
 * Outside of a transaction; inside, SQLite would not listen.
 */
export function withoutForeignKeys<T>(db: Database, work: () => T): T {
  db.exec('PRAGMA foreign_keys = OFF');
  try {
    return work();
  } finally {
    db.exec('PRAGMA foreign_keys = ON');
  }
}
