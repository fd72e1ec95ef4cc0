import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type Database, scalar, transaction } from '../sqlite/database.ts';
import { type DatabaseOptions, openDatabase } from '../sqlite/file/open-database.ts';
import { openingProblem } from '../sqlite/file/opening-problem.ts';
import { schemaVersion } from '../sqlite/file/schema-version.ts';
import { missingKeys } from '../sqlite/keys/older-keys.ts';
import { migrate, newestSchemaVersion } from '../sqlite/migrate.ts';
import { schemaWords } from './schema-words.ts';
import { CopyError, type Side } from './side.ts';
import { BYTES_AT_ONCE, MARKER, type Row, type Table, type Value } from './tables.ts';

const BUSY_TIMEOUT_MS = 500;

/**
 * A SQLite file, locked: whatever has it open (a worker, a receiver, `tidings events`, a database browser) keeps this
 * from opening it, and nothing can open it until this is disposed of, or its process dies.
 * @throws CopyError when it is not there, in use, or of another schema
 */
export async function openSqliteSource(path: string): Promise<Side> {
  if (!existsSync(path)) throw new CopyError(`There is no database at ${path} to copy from.`);
  return sideOf(fitting(locked(path, 'write'), path, 'from'), path);
}

/** To count, not to copy: nothing of it changes, and others may use it meanwhile. @throws CopyError as `openSqliteSource` */
export async function openSqliteToCount(path: string): Promise<Side> {
  if (!existsSync(path)) throw new CopyError(`There is no database at ${path} to copy from.`);
  return sideOf(fitting(opened(path, { access: 'read' }), path, 'from'), path);
}

/** The same to copy to, and made where it is not there yet. @throws CopyError */
export async function openSqliteTarget(path: string): Promise<Side> {
  const db = locked(path, 'create');
  if (schemaVersion(db) === 0) migrate(db, path, { copies: false });
  return sideOf(fitting(db, path, 'to'), path);
}

function fitting(db: Database, path: string, way: 'from' | 'to'): Database {
  const found = schemaVersion(db);
  if (found === newestSchemaVersion()) return db;
  db.close();
  throw new CopyError(schemaWords(`sqlite ${path}`, found, newestSchemaVersion(), way));
}

function locked(path: string, access: 'create' | 'write'): Database {
  const db = opened(path, { access, exclusive: true });
  // The lock is taken with the first transaction and kept: https://www.sqlite.org/pragma.html#pragma_locking_mode
  try {
    transaction(db, () => undefined);
    return db;
  } catch (error) {
    db.close();
    throw refusal(path, error);
  }
}

function opened(path: string, options: Pick<DatabaseOptions, 'access' | 'exclusive'>): Database {
  try {
    return openDatabase({ path, busyTimeoutMs: BUSY_TIMEOUT_MS, ...options });
  } catch (error) {
    throw refusal(path, error);
  }
}

function refusal(path: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const words = /locked|busy/.test(error.message)
    ? `${path} is in use: a worker, a receiver or another program has it open. Stop it, then try again.`
    : openingProblem(path, error.message);
  return new CopyError(words, { cause: error });
}

function sideOf(db: Database, path: string): Side {
  const statements = new Map<string, ReturnType<Database['prepare']>>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  };
  const markerOf = db.prepare('SELECT value FROM cursors WHERE name = ?');
  const remember = db.prepare(
    'INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  // Checked by the digests instead: a digest's first message may have a higher id than those merged into it.
  db.exec('PRAGMA foreign_keys = OFF');

  return {
    name: `sqlite ${path}`,
    async read(table, after) {
      const rows: Row[] = [];
      let bytes = 0;
      for (const row of prepared(selectSql(table, after !== null)).iterate(...(after ?? []), table.rowsAtOnce)) {
        const values = (row as unknown as Value[]).map(storable);
        rows.push(values);
        bytes += sizeOf(values);
        if (bytes >= BYTES_AT_ONCE) break;
      }
      // SQLite answers at once, and signals and the other side want their turn.
      await setImmediate();
      return rows;
    },
    async write(table, rows) {
      const insert = prepared(insertSql(table));
      transaction(db, () => {
        for (const row of rows) insert.run(...row);
      });
    },
    async last(table) {
      const keys = table.columns.slice(0, table.keys);
      const order = keys.map((key) => `${key} DESC`).join();
      const row = prepared(
        `SELECT ${keys.join()} FROM ${table.name} WHERE ${notMarker(table)} ORDER BY ${order} LIMIT 1`,
      );
      return (row.get() as unknown as Row | undefined) ?? null;
    },
    count: async (table) => scalar(db.prepare(`SELECT count(*) FROM ${table.name} WHERE ${notMarker(table)}`)),
    marker: async () => (markerOf.get(MARKER)?.['value'] as string | undefined) ?? null,
    mark: async (value) => void remember.run(MARKER, value),
    clearLanes: async () => db.exec('DELETE FROM lanes'),
    // AUTOINCREMENT remembers the highest id it was given.
    async complete() {
      for (const step of missingKeys(db)) {
        // Signals want their turn.
        while (transaction(db, step) === 'more') await setImmediate();
      }
      db.exec('PRAGMA optimize');
    },
    [Symbol.asyncDispose]: async () => db.close(),
  };
}

function selectSql(table: Table, isAfter: boolean): string {
  const keys = table.columns.slice(0, table.keys).join();
  const after = isAfter ? `AND (${keys}) > (${keys.replaceAll(/\w+/g, '?')})` : '';
  return `SELECT ${table.columns.join()} FROM ${table.name} WHERE ${notMarker(table)} ${after} ORDER BY ${keys} LIMIT ?`;
}

/** What a copy left here is no part of the next one. */
function notMarker({ name }: Table): string {
  return name === 'cursors' ? `name <> '${MARKER}'` : 'true';
}

function insertSql({ name, columns }: Table): string {
  return `INSERT INTO ${name} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`;
}

/** Postgres holds no NUL in a text: where somebody's payload put one into a name, both sides have this instead. */
function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

function sizeOf(row: Row): number {
  return row.reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length : 0), 0);
}
