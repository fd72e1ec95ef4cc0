import { readdirSync, readFileSync } from 'node:fs';
import { type Database, one, transaction } from './database.ts';

/** A database written by a newer Tidings: its tables may mean something this program does not know. */
export class DatabaseTooNewError extends Error {
  override readonly name = 'DatabaseTooNewError';
}

const FOLDER = new URL('./migrations/', import.meta.url);

interface Migration {
  readonly version: number;
  readonly file: string;
}

/** What this program's migrations lead to. */
export function newestSchemaVersion(): number {
  return migrations().at(-1)?.version ?? 0;
}

/** `0001-name.sql`, `0002-…`: the number is the schema version the file leads to. */
function migrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => ({ version: Number.parseInt(file, 10), file }));
}

/**
 * Brings the database to this program's schema, one transaction per file. Safe when several processes start at once.
 * Returns the version. @throws DatabaseTooNewError
 */
export function migrate(db: Database): number {
  const newest = newestSchemaVersion();
  const found = schemaVersion(db);
  if (found > newest) {
    throw new DatabaseTooNewError(
      `The database has schema version ${found}; this Tidings knows versions up to ${newest}. It was written by a newer ` +
        'Tidings: install that version again, or restore a backup made before the upgrade. Nothing was changed.',
    );
  }
  for (const { version, file } of migrations()) {
    if (version <= schemaVersion(db)) continue;
    const sql = readFileSync(new URL(file, FOLDER), 'utf8');
    transaction(db, () => {
      if (version <= schemaVersion(db)) return;
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version}`);
    });
  }
  return newest;
}

export function schemaVersion(db: Database): number {
  return one<{ user_version: number }>(db.prepare('PRAGMA user_version'))?.user_version ?? 0;
}
