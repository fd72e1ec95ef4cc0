import { Socket } from 'node:net';
import pg from 'pg';
import { InboxUnavailableError } from '../../../model/inbox.ts';
import type { Secret } from '../../../shared/secret.ts';
import { unavailable } from './errors.ts';

export interface QueryOptions {
  /** After this long without an answer it is given up: the server may still do it. */
  readonly timeoutMs?: number;
}

/** Rows of one statement. Columns of type bigint arrive as numbers, bytea as Buffer. */
export interface Query {
  /** @throws InboxUnavailableError when the database cannot be asked now; any other error is a bug */
  rows<T>(sql: string, values?: readonly unknown[], options?: QueryOptions): Promise<readonly T[]>;
}

export interface TransactionOptions {
  /** It can be made again from what is there: its commit does not wait for the disk. The next one that does, syncs it too. */
  readonly recomputable?: boolean;
  /** The server refuses whatever would change something. */
  readonly readOnly?: boolean;
}

/** A pool of connections to one Postgres. Nothing may be kept in a session: a pooler may stand between. */
export interface Database extends Query {
  /**
   * BEGIN … COMMIT on one connection; rolled back when `work` throws. A client that freezes in between is cut off by the
   * server after 5 s, so that its locks hold nobody up.
   */
  transaction<T>(work: (tx: Query) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** For LISTEN: a connection of its own, not of the pool. Not connected yet. */
  dedicated(): pg.Client;
  /** What goes wrong with `dedicated`, in the words of `rows`. */
  explain(error: unknown): unknown;
  /** Within 2 s, also when the server hangs. */
  close(): Promise<void>;
}

/** One process needs few: an append at a time, the expander, a statement for each lane that begins or ends an attempt. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 2_000;
/** Less than the 10 s after which GitHub gives up. */
const QUERY_TIMEOUT_MS = 8_000;
const IDLE_MS = 30_000;
const CLOSE_TIMEOUT_MS = 1_500;

const FROZEN_AFTER_MS = 5_000;
const BEGIN_RECOMPUTABLE = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${FROZEN_AFTER_MS}; SET LOCAL synchronous_commit = off`;
const BEGIN_READ_ONLY = `BEGIN READ ONLY; SET LOCAL idle_in_transaction_session_timeout = ${FROZEN_AFTER_MS}`;
/** The server's own setting stands (`remote_apply`, say), unless it is none at all. */
const BEGIN_DURABLE = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${FROZEN_AFTER_MS};
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`;

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

/** A bigint of ours is an id, a count or a time: below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: TypeId, format?: 'text') =>
    oid === pg.types.builtins.INT8 && format !== ('binary' as string)
      ? Number
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** Connects when it is first asked. `place` names it in errors: no password in it. */
export function openDatabase(url: Secret, place: string): Database {
  const sockets = new Set<Socket>();
  const config = clientConfig(url, sockets);
  const pool = openPool(config);
  const explain: Explain = (error) => unavailable(error, place) ?? error;

  return {
    rows: (sql, values = [], options = {}) => ask(pool, explain, { sql, values, ...options }),
    transaction: (work, options = {}) => inTransaction(pool, explain, work, options),
    dedicated: () => new pg.Client(config),
    explain,
    close: () => closePool(pool, sockets),
  };
}

/** Every socket is kept in `sockets` while it is open, to be cut: a server that hangs does not answer a goodbye. */
function clientConfig(url: Secret, sockets: Set<Socket>): pg.ClientConfig {
  return {
    connectionString: withKnownSslMode(url.reveal()),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: 'tidings',
    types,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
  };
}

function openPool(config: pg.ClientConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, max: POOL_SIZE, idleTimeoutMillis: IDLE_MS, allowExitOnIdle: true });
  // What happens to a connection is told by the query on it, or matters to nobody.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function closePool(pool: pg.Pool, sockets: ReadonlySet<Socket>): Promise<void> {
  const ended = pool.end();
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, CLOSE_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

type Explain = (error: unknown) => unknown;

interface Question extends QueryOptions {
  readonly sql: string;
  readonly values: readonly unknown[];
}

async function ask<T>(on: pg.Pool | pg.PoolClient, explain: Explain, question: Question): Promise<T[]> {
  const { sql, values, timeoutMs } = question;
  try {
    const query = {
      text: sql,
      ...(values.length > 0 && { values: [...values] }),
      ...(timeoutMs !== undefined && { query_timeout: timeoutMs }),
    };
    const answer: pg.QueryResult | pg.QueryResult[] = await on.query(query);
    // Several statements in one text are answered by several results.
    return (Array.isArray(answer) ? (answer.at(-1)?.rows ?? []) : answer.rows) as T[];
  } catch (error) {
    throw explain(error);
  }
}

async function inTransaction<T>(
  pool: pg.Pool,
  explain: Explain,
  work: (tx: Query) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const client = await borrow(pool, explain);
  let broken = true;
  try {
    await ask(client, explain, { sql: beginOf(options), values: [] });
    const result = await work({
      rows: (sql, values = [], options = {}) => ask(client, explain, { sql, values, ...options }),
    });
    await commit(client, explain);
    broken = false;
    return result;
  } catch (error) {
    // Where the connection itself failed, nobody waits once more: closed, it is rolled back.
    if (!(error instanceof InboxUnavailableError)) broken = !(await isRolledBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function borrow(pool: pg.Pool, explain: Explain): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw explain(error);
  }
}

async function commit(client: pg.PoolClient, explain: Explain): Promise<void> {
  const { command } = await client.query('COMMIT').catch((error: unknown) => {
    throw explain(error);
  });
  if (command !== 'COMMIT') throw new Error('a statement failed, and the transaction went on: it was rolled back');
}

function isRolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}

/** Whatever is asked of it is asked in a transaction that cannot write: no setting of a session, see Database. */
export function readingOnly(db: Database): Database {
  const transaction: Database['transaction'] = (work) => db.transaction(work, { readOnly: true });
  return { ...db, transaction, rows: (...query) => transaction((tx) => tx.rows(...query)) };
}

function beginOf({ recomputable = false, readOnly = false }: TransactionOptions): string {
  if (readOnly) return BEGIN_READ_ONLY;
  return recomputable ? BEGIN_RECOMPUTABLE : BEGIN_DURABLE;
}

/** `pg` checks the certificate in all these modes, and warns that this will change: so it is said as it is. */
function withKnownSslMode(url: string): string {
  return /[?&]uselibpqcompat=true\b/.test(url)
    ? url
    : url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}
