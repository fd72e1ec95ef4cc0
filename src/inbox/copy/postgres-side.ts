import type pg from 'pg';
import type { Secret } from '../../shared/secret.ts';
import { IS_LIVING } from '../postgres/lanes.ts';
import { migrate, newestSchemaVersion, schemaVersion } from '../postgres/migrate.ts';
import { type Database, openDatabase, type Query } from '../postgres/server/database.ts';
import { placeOf } from '../postgres/server/errors.ts';
import { COPY_LOCK } from '../postgres/server/locks.ts';
import { collation, insertSql, type Parameter, selectSql } from './postgres-sql.ts';
import { schemaWords } from './schema-words.ts';
import { CopyError, type Side } from './side.ts';
import { MARKER, type Row, TABLES, type Table } from './tables.ts';

/** Counting and analysing a large table takes its time. */
const PATIENCE_MS = 15 * 60_000;

/** One connection, so that its locks and its snapshot last. */
interface Session extends Query {
  readonly name: string;
  arrays(sql: string, values?: readonly Parameter[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/**
 * A Postgres whose tables nobody else can write until this is disposed of: read as it was at one moment. Not through a
 * pooler that shares connections between transactions.
 * @throws CopyError when it is in use, or of another schema; InboxUnavailableError
 */
export function openPostgresSource(url: Secret): Promise<Side> {
  return opened(url, async (session) => {
    const found = await schemaVersion(session);
    mustFit(session.name, found, 'from');
    await session.rows('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await session.rows('SET LOCAL idle_in_transaction_session_timeout = 0');
    await lockTables(session);
  });
}

/** The same to copy to: without tables it is given them. Its marker keeps programs from starting on half a copy. */
export function openPostgresTarget(url: Secret): Promise<Side> {
  return opened(url, async (session, db) => {
    const found = await schemaVersion(session);
    if (found === 0) await migrate(db);
    else mustFit(session.name, found, 'to');
  });
}

function mustFit(name: string, found: number, way: 'from' | 'to'): void {
  const newest = newestSchemaVersion();
  if (found !== newest) throw new CopyError(schemaWords(name, found, newest, way));
}

async function opened(url: Secret, prepare: (session: Session, db: Database) => Promise<unknown>): Promise<Side> {
  const place = placeOf(url.reveal());
  const db = openDatabase(url, place);
  const session = await connect(db, `postgres ${place}`);
  try {
    await refuseCompany(session);
    await prepare(session, db);
    return sideOf(session);
  } catch (error) {
    await session.close();
    throw error;
  } finally {
    await db.close();
  }
}

async function connect(db: Database, name: string): Promise<Session> {
  // A connection lost between two statements: the next statement says so.
  const client = await db.dedicated();
  const run = async <T extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<readonly T[]> => {
    try {
      return (await client.query<T>({ ...query, query_timeout: PATIENCE_MS } as pg.QueryConfig)).rows;
    } catch (error) {
      throw db.explain(error);
    }
  };
  return {
    name,
    rows: <T>(text: string, values: readonly unknown[] = []) =>
      run({ text, values: [...values] }) as Promise<readonly unknown[]> as Promise<readonly T[]>,
    arrays: (text, values = []) =>
      run({ text, values: [...values], rowMode: 'array' } as pg.QueryConfig) as Promise<readonly unknown[]> as Promise<
        readonly Row[]
      >,
    close: () => client.end(),
  };
}

/**
 * A living lease is a worker; a connection that calls itself Tidings' may be a receiver. A pooler may hide one: so a source
 * is locked besides, and a target begins empty.
 */
async function refuseCompany(session: Session): Promise<void> {
  const { name } = session;
  await lockOut(session);
  if ((await schemaVersion(session)) > 0) {
    const [lease] = await session.rows<{ owner: string }>(
      `SELECT owner FROM tidings.lanes WHERE owner IS NOT NULL AND ${IS_LIVING} LIMIT 1`,
    );
    if (lease !== undefined) {
      throw new CopyError(
        `${name} is in use: a worker (${lease.owner}) holds its lanes. Stop it; one that was killed is forgotten after 15 s.`,
      );
    }
  }
  const other = await othersName(session);
  if (other === undefined) return;
  throw new CopyError(
    `${name} is in use: "${other}" is connected to it. Stop every Tidings that uses it, then try again.`,
  );
}

const OTHER = `
  SELECT application_name AS name FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'tidings%' LIMIT 1`;

/** Looks again for half a second: the server lists a connection a moment longer than it lasts. */
async function othersName(session: Session): Promise<string | undefined> {
  for (let looks = 1; ; looks++) {
    const [other] = await session.rows<{ name: string }>(OTHER);
    if (other === undefined || looks === 6) return other?.name;
    await session.rows('SELECT pg_sleep(0.1)');
  }
}

const ALL_TABLES = [...TABLES.map(({ name }) => name), 'pending', 'decisions', 'activities', 'outbox', 'held']
  .map((name) => `tidings.${name}`)
  .join();

/** Waits a little: the server may still be at the last statement of a copy that was killed. */
async function lockOut(session: Session): Promise<void> {
  await session.rows("SET lock_timeout = '5s'");
  try {
    await session.rows('SELECT pg_advisory_lock($1)', [COPY_LOCK]);
  } catch (error) {
    throw new CopyError(`Another \`tidings migrate\` copies from or to ${session.name}.`, { cause: error });
  }
  await session.rows('RESET lock_timeout');
}

/** Waits for whoever writes at this moment, no longer: the lock holds up everybody behind it. */
async function lockTables(session: Session): Promise<void> {
  await session.rows("SET LOCAL lock_timeout = '2s'");
  try {
    await session.rows(`LOCK TABLE ${ALL_TABLES} IN SHARE MODE`);
  } catch (error) {
    throw new CopyError(`${session.name} is in use: something writes into it. Stop it, then try again.`, {
      cause: error,
    });
  }
}

function sideOf(session: Session): Side {
  const query = session.arrays;
  const one = async (sql: string, values: readonly Parameter[] = []) => (await query(sql, values))[0];
  const others = ({ name }: Table) => (name === 'cursors' ? `name <> '${MARKER}'` : 'true');

  return {
    name: session.name,
    read: (table, after) => query(selectSql(table, after !== null), [...(after ?? [])]),
    async write(table, rows) {
      const { sql, values } = insertSql(table, rows);
      await query(sql, values);
    },
    async last(table) {
      const keys = table.columns.slice(0, table.keys);
      const order = keys.map((key) => `${key} ${collation(key)} DESC`).join();
      const sql = `SELECT ${keys.join()} FROM tidings.${table.name} WHERE ${others(table)} ORDER BY ${order} LIMIT 1`;
      return (await one(sql)) ?? null;
    },
    async count(table) {
      const row = await one(`SELECT count(*) FROM tidings.${table.name} WHERE ${others(table)}`);
      return Number(row?.[0] ?? 0);
    },
    async marker() {
      const row = await one('SELECT value FROM tidings.cursors WHERE name = $1', [MARKER]);
      return row === undefined ? null : String(row[0]);
    },
    async mark(value) {
      const sql = `INSERT INTO tidings.cursors (name, value) VALUES ($1, $2)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
      await query(sql, [MARKER, value]);
    },
    clearLanes: async () => void (await query('DELETE FROM tidings.lanes')),
    async complete() {
      for (const [table, sequence] of SEQUENCES) {
        await query(`SELECT setval(${sequence}, coalesce(max(id), 1), max(id) IS NOT NULL) FROM tidings.${table}`);
      }
      // By what events are found is made anew, in steps.
      await query('UPDATE tidings.search_rest SET below = (SELECT coalesce(max(id), 0) + 1 FROM tidings.events)');
      await query(`ANALYZE ${ALL_TABLES}`);
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

const SEQUENCES = [
  ['events', "'tidings.event_ids'"],
  ['segments', "'tidings.segment_ids'"],
  ['notifications', "pg_get_serial_sequence('tidings.notifications', 'id')"],
  ['attempts', "pg_get_serial_sequence('tidings.attempts', 'id')"],
  ['audit', "pg_get_serial_sequence('tidings.audit', 'id')"],
] as const;
