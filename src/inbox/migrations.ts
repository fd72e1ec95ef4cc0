import { readdirSync, readFileSync } from 'node:fs';

/** A database written by a newer Tidings: its tables may mean something this program does not know. */
export class DatabaseTooNewError extends Error {
  override readonly name = 'DatabaseTooNewError';
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
