import { rmSync } from 'node:fs';
import { migrationsIn, refuseNewer, type Upgrade } from '../migrations.ts';
import { type Database, scalar, transaction } from './database.ts';
import { copyBefore } from './file/copy-before.ts';
import { schemaVersion } from './file/schema-version.ts';
import { beginWithKeys } from './keys/older-keys.ts';
import { rewriteActivities } from './rewrite-activities.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** Migration → what SQL alone cannot do of it. */
const STEPS: ReadonlyMap<number, (db: Database) => void> = new Map([
  [4, rewriteActivities],
  [6, beginWithKeys],
]);

/** From here on migrations only add: what is there stays as it is, and needs no copy of the file. */
const ADDING_FROM = 5;

/** What this program's migrations lead to. */
export function newestSchemaVersion(): number {
  return migrationsIn(FOLDER).at(-1)?.version ?? 0;
}

export interface MigrateOptions {
  /** False: whoever asks has a backup. */
  readonly copies: boolean;
}

/**
 * Brings the database at `path` to this program's schema, in one transaction. What is in it is copied first, within that
 * transaction: nothing that was acknowledged is missing there. Safe when several processes start at once. Null: there was
 * nothing to do. @throws DatabaseTooNewError
 */
export function migrate(db: Database, path: string, { copies }: MigrateOptions): Upgrade | null {
  const newest = newestSchemaVersion();
  refuseNewer(schemaVersion(db), newest);
  if (schemaVersion(db) === newest) return null;
  let copy: string | null = null;
  try {
    return transaction(db, () => {
      const from = schemaVersion(db);
      refuseNewer(from, newest);
      // Another process was faster.
      if (from === newest) return null;
      if (copies && from < ADDING_FROM && holdsEvents(db, from)) copy = copyBefore(path, newest);
      for (const { version, sql } of migrationsIn(FOLDER)) {
        if (version <= from) continue;
        db.exec(sql());
        STEPS.get(version)?.(db);
      }
      db.exec(`PRAGMA user_version = ${newest}`);
      return { from, to: newest, copy };
    });
  } catch (error) {
    // Nothing was changed; and a start that is tried again and again must not fill the disk with copies.
    if (copy !== null) rmSync(copy);
    throw error;
  }
}

function holdsEvents(db: Database, version: number): boolean {
  return version > 0 && scalar(db.prepare('SELECT EXISTS (SELECT 1 FROM events)')) === 1;
}
