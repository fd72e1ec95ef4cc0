import { chmodSync, existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../../shared/clock.ts';
import { makePrivateDirectory, makePrivateFile, OWNER_ONLY_FILE } from '../../../shared/files/private-files.ts';
import type { Access } from '../../access.ts';
import { type Database, one, scalar } from '../database.ts';
import { besideDatabase } from './beside-database.ts';
import { UnusableError } from './opening-problem.ts';
import { refuseForeign } from './schema-version.ts';

export interface DatabaseOptions {
  readonly path: string;
  readonly access: Access;
  readonly busyTimeoutMs: number;
  /** The file belongs to this connection alone, from its first transaction until it is closed. */
  readonly exclusive?: boolean;
}

/**
 * The settings every connection needs. `synchronous=FULL` makes each commit reach the disk before it returns: that is what
 * a 200 promises. The log is folded back by the checkpointer (thread/checkpointer.ts); a connection does it itself only at
 * 16,000 pages (64 MB). Nothing is read through memory maps, which save 2 of 15 µs where a page is not in the cache: where a file is
 * cut off in use, or a sector cannot be read, a map ends the process by SIGBUS, and a read says so.
 */
const PRAGMAS = `
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 16000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA mmap_size = 0;
`;

/** Only `create` makes the file, and its folder private to the user. @throws UnusableError */
export function openDatabase(options: DatabaseOptions): Database {
  const { path, access } = options;
  if (access === 'create') prepareFile(path);
  else if (!existsSync(path)) throw new UnusableError('it is not there');
  const db = access === 'read' ? openToRead(options) : openToWrite(options);
  try {
    // Before the first look, which else makes an index of the log that others share.
    if (options.exclusive) db.exec('PRAGMA locking_mode = EXCLUSIVE');
    refuseForeign(db);
    if (access !== 'read') {
      prepareNew(db);
      useWriteAheadLog(db, options);
      chmodSync(path, OWNER_ONLY_FILE);
    }
    db.exec(PRAGMAS);
    // What is written is read again soon or never; who searches reads all over the file.
    db.exec(`PRAGMA cache_size = ${access === 'read' ? -32_000 : -8_000}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What SQLite makes beside it gets the same rights. */
function prepareFile(path: string): void {
  makePrivateDirectory(dirname(path));
  if (!existsSync(path)) refuseLoneLog(path);
  makePrivateFile(path);
}

/** SQLite would throw the log away, with acknowledged events in it. */
function refuseLoneLog(path: string): void {
  if (sizeOf(besideDatabase(path, '-wal')) === 0) return;
  const log = `${basename(path)}-wal`;
  throw new UnusableError(
    `it is gone, and its log ${log}, which holds recent events, is still there. Put ${basename(path)} back beside it; or, to ` +
      `begin anew, move ${log} away`,
  );
}

function openToWrite({ path, access, busyTimeoutMs: timeout }: DatabaseOptions): Database {
  return access === 'create' ? new DatabaseSync(path, { timeout }) : openUnchanged(path, timeout);
}

/** As it is: no file is made, no setting is written. */
export function openUnchanged(path: string, timeout: number): Database {
  return new DatabaseSync(addressOf(path, 'mode=rw'), { timeout });
}

/**
 * Changes no byte of the database. While the log holds something (somebody writes, or was killed) by a connection that
 * cannot write, since the last one that can folds the log into the file as it closes. With an empty log by one that could:
 * it takes away the log and its index that SQLite makes for reading, which the other kind leaves behind.
 */
function openToRead({ path, busyTimeoutMs: timeout }: DatabaseOptions): Database {
  if (sizeOf(besideDatabase(path, '-wal')) > 0) return new DatabaseSync(path, { readOnly: true, timeout });
  const db = openUnchanged(path, timeout);
  try {
    db.exec('PRAGMA query_only = ON');
    db.prepare('PRAGMA schema_version').get();
    return db;
  } catch (error) {
    db.close();
    if (!(error instanceof Error) || !/unable to open|readonly/.test(error.message)) throw error;
    // No log can be made here, a read-only disk for instance: so there is nobody who could write.
    return new DatabaseSync(addressOf(path, 'immutable=1'), { readOnly: true, timeout });
  }
}

/** https://www.sqlite.org/uri.html */
function addressOf(path: string, query: string): string {
  return `${pathToFileURL(path).href}?${query}`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Only in a file without a page yet: what is deleted can be given back to the disk, by steps (../upkeep/upkeep.ts). */
function prepareNew(db: Database): void {
  if (scalar(db.prepare('PRAGMA page_count')) === 0) db.exec('PRAGMA auto_vacuum = INCREMENTAL');
}

/** Switching needs the file alone for a moment, and SQLite does not wait for that: two first starts may collide. */
function useWriteAheadLog(db: Database, { busyTimeoutMs, exclusive = false }: DatabaseOptions): void {
  const until = systemClock.monotonic() + (exclusive ? 0 : busyTimeoutMs);
  for (;;) {
    try {
      if (one<{ journal_mode: string }>(db.prepare('PRAGMA journal_mode'))?.journal_mode === 'wal') return;
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (systemClock.monotonic() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
