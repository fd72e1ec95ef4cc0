import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { copyWhole } from './whole-copy.ts';

/**
 * The database as it is, in a file beside it that only the user can read: `tidings.db.before-schema-4`, or `….2` and so on
 * where there is one. To be called by who holds the database's write lock: nobody else makes one meanwhile.
 * @throws UnusableError when there is no space for it; then nothing is left behind
 */
export function copyBefore(path: string, version: number): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return copyWhole(db, path, {
      draft: `${path}.before-schema-${version}.part`,
      place: () => freeName(`${path}.before-schema-${version}`),
      refusal: (needed, left) =>
        `upgrading makes a copy of ${basename(path)} beside it first: that takes ${needed}, and ${left} are left. Make room; or, ` +
        'with a backup of your own, run `migrate --no-copy`. Nothing was changed',
    });
  } finally {
    db.close();
  }
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}.${n}`;
  return name;
}
