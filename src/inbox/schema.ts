import { existsSync } from 'node:fs';
import { InboxUnavailableError } from '../model/inbox.ts';
import type { Secret } from '../shared/secret.ts';
import type { Upgrade } from './migrations.ts';
import * as postgres from './postgres/migrate.ts';
import { openDatabase as openPostgres } from './postgres/server/database.ts';
import { placeOf } from './postgres/server/errors.ts';
import type { Database } from './sqlite/database.ts';
import { type DatabaseOptions, openDatabase as openSqlite } from './sqlite/file/open-database.ts';
import { openingProblem } from './sqlite/file/opening-problem.ts';
import { schemaVersion } from './sqlite/file/schema-version.ts';
import * as sqlite from './sqlite/migrate.ts';

export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: Secret };

export interface Schema {
  /** Without a password, such as `postgres db.example.org/tidings`. */
  readonly name: string;
  /** 0: there are no tables of Tidings, or no database file. */
  readonly found: number;
  /** What this program works with. */
  readonly newest: number;
}

/** Changes nothing, and makes no file. @throws InboxUnavailableError */
export async function schemaOf(database: DatabaseAddress): Promise<Schema> {
  if (database.kind === 'postgres') {
    return withPostgres(database.url, async (db, name) => {
      return { name, found: await postgres.schemaVersion(db), newest: postgres.newestSchemaVersion() };
    });
  }
  const name = `sqlite ${database.path}`;
  const newest = sqlite.newestSchemaVersion();
  if (!existsSync(database.path)) return { name, found: 0, newest };
  const found = withSqlite({ path: database.path, access: 'read', busyTimeoutMs: 3_000 }, schemaVersion);
  return { name, found, newest };
}

/**
 * Brings the database to this program's schema, whoever else uses it meanwhile. `copies` false: a SQLite file is not copied
 * first. Null: there was nothing to do. @throws DatabaseTooNewError; InboxUnavailableError
 */
export async function upgrade(database: DatabaseAddress, copies: boolean): Promise<Upgrade | null> {
  if (database.kind === 'postgres') return withPostgres(database.url, postgres.migrate);
  const { path } = database;
  return withSqlite({ path, access: 'create', busyTimeoutMs: 60_000 }, (db) => sqlite.migrate(db, path, { copies }));
}

function withSqlite<T>(options: DatabaseOptions, work: (db: Database) => T): T {
  try {
    const db = openSqlite(options);
    try {
      return work(db);
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new InboxUnavailableError(openingProblem(options.path, error.message), { cause: error });
  }
}

async function withPostgres<T>(
  url: Secret,
  work: (db: ReturnType<typeof openPostgres>, name: string) => Promise<T>,
): Promise<T> {
  const place = placeOf(url.reveal());
  const db = openPostgres(url, place);
  try {
    return await work(db, `postgres ${place}`);
  } finally {
    await db.close();
  }
}
