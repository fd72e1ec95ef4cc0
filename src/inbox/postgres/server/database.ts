import type pg from 'pg';
import { InboxUnavailableError } from '../../../model/inbox.ts';
import type { Secret } from '../../../shared/secret.ts';
import { openConnections, type Server } from './connections.ts';
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

/** A pool of connections to one Postgres, of several hosts the one that takes writes. Nothing may be kept in a session: a pooler may stand between. */
export interface Database extends Query {
  /**
   * BEGIN … COMMIT on one connection; rolled back when `work` throws. A client that freezes in between is cut off by the
   * server after 5 s, so that its locks hold nobody up.
   */
  transaction<T>(work: (tx: Query) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** For LISTEN: a connection of its own, not of the pool. It ends when the server is lost. @throws as `rows` */
  dedicated(): Promise<pg.Client>;
  /** What goes wrong with `dedicated`, in the words of `rows`. */
  explain(error: unknown): unknown;
  /**
   * Calls `listener` when the server was lost, before another is asked. That one may have forgotten what did not wait for the
   * disk, or is a standby in its place.
   */
  onLost(listener: () => void): void;
  /** Within 2 s, also when the server hangs. */
  close(): Promise<void>;
}

const FROZEN_AFTER_MS = 5_000;
/** Whatever the server's default is: who waits for a lock must see what was committed meanwhile. */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = ${FROZEN_AFTER_MS}`;
const BEGIN_RECOMPUTABLE = `${BEGIN}; SET LOCAL synchronous_commit = off`;
const BEGIN_READ_ONLY = `${BEGIN}; SET TRANSACTION READ ONLY`;
/** The server's own setting stands (`remote_apply`, say), unless it is none at all. */
const BEGIN_DURABLE = `${BEGIN};
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`;

/** Connects when it is first asked. `place` names it in errors: no password in it. */
export function openDatabase(url: Secret, place: string): Database {
  const connections = openConnections(url, place);
  const explain: Explain = (error) => unavailable(error, place) ?? error;

  /** Whoever finds that the server is lost says so for all. */
  async function onServer<T>(work: (server: Server) => Promise<T>): Promise<T> {
    const server = await explained(connections.server, explain);
    try {
      return await work(server);
    } catch (error) {
      connections.failed(server, error);
      throw error;
    }
  }

  return {
    rows: (sql, values = [], options = {}) => onServer(({ pool }) => ask(pool, explain, { sql, values, ...options })),
    transaction: (work, options = {}) => onServer(({ pool }) => inTransaction(pool, explain, work, options)),
    dedicated: () => onServer((server) => explained(server.connect, explain)),
    explain,
    onLost: connections.onLeft,
    close: connections.close,
  };
}

type Explain = (error: unknown) => unknown;

interface Question extends QueryOptions {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** What `pg` says, in words for people. */
async function explained<T>(ask: () => Promise<T>, explain: Explain): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw explain(error);
  }
}

async function ask<T>(on: pg.Pool | pg.PoolClient, explain: Explain, question: Question): Promise<T[]> {
  const { sql, values, timeoutMs } = question;
  const query = {
    text: sql,
    ...(values.length > 0 && { values: [...values] }),
    ...(timeoutMs !== undefined && { query_timeout: timeoutMs }),
  };
  const answer: pg.QueryResult | pg.QueryResult[] = await explained(() => on.query(query), explain);
  // Several statements in one text are answered by several results.
  return (Array.isArray(answer) ? (answer.at(-1)?.rows ?? []) : answer.rows) as T[];
}

async function inTransaction<T>(
  pool: pg.Pool,
  explain: Explain,
  work: (tx: Query) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const client = await explained(() => pool.connect(), explain);
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

async function commit(client: pg.PoolClient, explain: Explain): Promise<void> {
  const { command } = await explained(() => client.query('COMMIT'), explain);
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
