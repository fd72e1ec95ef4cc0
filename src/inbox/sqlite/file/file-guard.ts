import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { besideDatabase } from './beside-database.ts';

/** Which file it is; `none`: there is none. */
function identityOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.dev}:${found.ino}`;
}

/**
 * A file that is deleted while in use lives on without a name: commits into it succeed, and are gone with the process. To be
 * made when the database is open and was read once. Returns the question what is wrong by now; null: nothing. It takes 15 µs,
 * a commit a millisecond or more.
 */
export function fileGuard(path: string): () => string | null {
  const name = basename(path);
  const files = [
    { path, says: (now: string) => (now === 'none' ? deleted(path) : replaced(path)) },
    ...(['-wal', '-shm'] as const).map((suffix) => ({
      path: besideDatabase(path, suffix),
      says: () => logDeleted(name, name + suffix),
    })),
  ].map((file) => ({ ...file, identity: identityOf(file.path) }));

  return () => {
    for (const { path: each, identity, says } of files) {
      const now = identityOf(each);
      if (now !== identity) return says(now);
    }
    return null;
  };
}

function deleted(path: string): string {
  return (
    `the database ${path} was deleted or moved away while in use: nothing is stored until it is put back. ` +
    'Without it, start Tidings again: that makes a new one'
  );
}

function replaced(path: string): string {
  return `another file was put in the place of the database ${path} while it was in use: nothing is stored until Tidings is started again`;
}

/** As it stops, SQLite folds the log it still holds into the database. */
function logDeleted(name: string, log: string): string {
  return `${log}, which belongs to ${name}, was deleted while in use: nothing is stored until every Tidings that uses it was stopped, and is started again. Nothing is lost by that`;
}
