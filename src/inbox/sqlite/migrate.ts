import { migrationsIn, refuseNewer } from '../migrations.ts';
import { type Database, one, transaction } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** What this program's migrations lead to. */
export function newestSchemaVersion(): number {
  return migrationsIn(FOLDER).at(-1)?.version ?? 0;
}

/**
 * Brings the database to this program's schema, one transaction per file. Safe when several processes start at once.
 * Returns the version. @throws DatabaseTooNewError
 */
export function migrate(db: Database): number {
  const migrations = migrationsIn(FOLDER);
  const newest = newestSchemaVersion();
  refuseNewer(schemaVersion(db), newest);
  for (const { version, sql } of migrations) {
    if (version <= schemaVersion(db)) continue;
    transaction(db, () => {
      if (version <= schemaVersion(db)) return;
      db.exec(sql());
      db.exec(`PRAGMA user_version = ${version}`);
    });
  }
  return newest;
}

export function schemaVersion(db: Database): number {
  return one<{ user_version: number }>(db.prepare('PRAGMA user_version'))?.user_version ?? 0;
}
