import type { DatabaseAddress } from './schema.ts';
import { type Compacted, compact as compactSqlite } from './sqlite/file/compact.ts';

/**
 * Gives all that is free in the database back to the disk, while nobody uses it. Null: nothing is to be done, Postgres uses it again
 * by itself. @throws InboxUnavailableError when it is in use, or there is no space for a copy
 */
export function compact(database: DatabaseAddress): Compacted | null {
  return database.kind === 'sqlite' ? compactSqlite(database.path) : null;
}
