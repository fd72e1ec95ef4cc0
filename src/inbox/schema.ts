import { existsSync } from 'node:fs';
import type { Secret } from '../shared/secret.ts';
import { openDatabase as openPostgres } from './postgres/database.ts';
import { placeOf } from './postgres/errors.ts';
import * as postgres from './postgres/migrate.ts';
import { openDatabase as openSqlite } from './sqlite/database.ts';
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

/** Changes nothing, and makes no file. */
export async function schemaOf(database: DatabaseAddress): Promise<Schema> {
  if (database.kind === 'postgres') return withPostgres(database.url, postgres.schemaVersion);
  const name = `sqlite ${database.path}`;
  const newest = sqlite.newestSchemaVersion();
  if (!existsSync(database.path)) return { name, found: 0, newest };
  const db = openSqlite({ path: database.path, readOnly: true, busyTimeoutMs: 3_000 });
  try {
    return { name, found: sqlite.schemaVersion(db), newest };
  } finally {
    db.close();
  }
}

/** Brings the database to this program's schema, whoever else uses it meanwhile. @throws DatabaseTooNewError */
export async function upgrade(database: DatabaseAddress): Promise<void> {
  if (database.kind === 'postgres') {
    await withPostgres(database.url, postgres.migrate);
    return;
  }
  const db = openSqlite({ path: database.path, readOnly: false, busyTimeoutMs: 60_000 });
  try {
    sqlite.migrate(db);
  } finally {
    db.close();
  }
}

async function withPostgres(
  url: Secret,
  work: (db: ReturnType<typeof openPostgres>) => Promise<number>,
): Promise<Schema> {
  const place = placeOf(url.reveal());
  const db = openPostgres(url, place);
  try {
    return { name: `postgres ${place}`, found: await work(db), newest: postgres.newestSchemaVersion() };
  } finally {
    await db.close();
  }
}
