import { readdirSync, readFileSync } from 'node:fs';

/** A database written by a newer Tidings: its tables may mean something this program does not know. */
export class DatabaseTooNewError extends Error {
  override readonly name = 'DatabaseTooNewError';
}

/** A database of an older Tidings, opened by somebody who does not upgrade it. */
export class DatabaseTooOldError extends Error {
  override readonly name = 'DatabaseTooOldError';
}

/** What was done to a database that an older Tidings wrote. */
export interface Upgrade {
  /** 0: there were no tables. */
  readonly from: number;
  readonly to: number;
  /** The file that keeps the database as it was before. Null: it held nothing, or its server's backups keep it. */
  readonly copy: string | null;
}

export interface Migration {
  readonly version: number;
  readonly sql: () => string;
}

/** `0001-name.sql`, `0002-…`: the number is the schema version the file leads to. In this order. */
export function migrationsIn(folder: URL): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      sql: () => readFileSync(new URL(file, folder), 'utf8'),
    }));
}

/** @throws DatabaseTooNewError */
export function refuseNewer(found: number, newest: number): void {
  if (found <= newest) return;
  throw new DatabaseTooNewError(
    `The database has schema version ${found}; this Tidings knows versions up to ${newest}. It was written by a newer ` +
      'Tidings: install that version again, or restore a backup made before the upgrade. Nothing was changed.',
  );
}

/** For whoever does not upgrade. @throws DatabaseTooOldError; DatabaseTooNewError */
export function refuseOther(found: number, newest: number): void {
  refuseNewer(found, newest);
  if (found === newest) return;
  throw new DatabaseTooOldError(
    `The database has schema version ${found}; this Tidings works with version ${newest}. \`migrate\` upgrades it, and so does ` +
      '`start`; until then, ask the Tidings that wrote it. Nothing was changed.',
  );
}
