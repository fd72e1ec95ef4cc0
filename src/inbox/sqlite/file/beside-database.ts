import { existsSync, realpathSync } from 'node:fs';

/** The write-ahead log, or its index. Of a database that is a link SQLite keeps them beside the file that it leads to. */
export function besideDatabase(path: string, suffix: '-wal' | '-shm'): string {
  return `${existsSync(path) ? realpathSync(path) : path}${suffix}`;
}
