import { existsSync } from 'node:fs';
import type { Config, DatabaseConfig } from '../config/config.ts';
import type { Upgrade } from '../inbox/migrations.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import type { Schema } from '../inbox/schema.ts';
import type { Compacted } from '../inbox/sqlite/file/compact.ts';
import type { Archive } from '../model/inbox/archive.ts';
import type { Audits } from '../model/inbox/audits.ts';
import type { Lanes } from '../model/inbox/lanes.ts';
import type { Upkeep } from '../model/inbox/upkeep.ts';
import type { Cursors } from '../model/inbox.ts';
import { systemClock } from '../shared/clock.ts';

/** What people ask about, and what pruning left word of; and what they may say of a lane. */
export type OpenedArchive = Archive &
  Pick<Upkeep, 'storedSize'> &
  Pick<Cursors, 'recall'> &
  Pick<Lanes, 'hold' | 'resume'> &
  Pick<Audits, 'noteAudited'> &
  AsyncDisposable;

export type OpenArchive = (config: Pick<Config, 'database'>, access: 'read' | 'write') => Promise<OpenedArchive>;

/**
 * The database for reading and replay, beside a running server or without one. It is not upgraded; `read` changes nothing
 * in it, whatever is asked.
 * @throws an Error whose message says in words why it cannot be opened (another schema, locked, corrupt)
 */
export const openArchive: OpenArchive = ({ database }, access) => openExisting(database, systemClock, access);

/** One that is not there yet is no fault, and must not be made by looking. */
export function hasDatabase({ database }: Pick<Config, 'database'>): boolean {
  return database.kind !== 'sqlite' || existsSync(database.path);
}

/** Changes nothing, and makes no file. @throws InboxUnavailableError */
export async function schemaOf(database: DatabaseConfig): Promise<Schema> {
  return (await import('../inbox/schema.ts')).schemaOf(database);
}

/** Gives all that is free back to the disk: sizes in bytes. Null: Postgres does without. @throws InboxUnavailableError in use, or no space */
export async function compactDatabase(database: DatabaseConfig): Promise<Compacted | null> {
  return (await import('../inbox/compact.ts')).compact(database);
}

/**
 * Brings it to this program's schema. A SQLite file that holds events is copied first, beside itself, unless `copies` is
 * false. Null: there was nothing to do. @throws DatabaseTooNewError; InboxUnavailableError
 */
export async function upgradeDatabase(database: DatabaseConfig, copies: boolean): Promise<Upgrade | null> {
  return (await import('../inbox/schema.ts')).upgrade(database, copies);
}
