import type pg from 'pg';

/** Rows of one statement. Columns of type bigint arrive as numbers, bytea as Buffer. */
export interface Query {
  /** @throws InboxUnavailableError when the database cannot be asked now; any other error is a bug */
  rows<T>(sql: string, values?: readonly unknown[]): Promise<readonly T[]>;
}

/** A pool of connections to one Postgres. Nothing may be kept in a session: a pooler may stand between. */
export interface Database extends Query {
  /**
   * BEGIN … COMMIT on one connection; rolled back when `work` throws. A client that freezes in between is cut off by the
   * server after 5 s, so that its locks hold nobody up. `recomputable`: the commit does not wait for the disk.
   */
  transaction<T>(work: (tx: Query) => Promise<T>, options?: { readonly recomputable?: boolean }): Promise<T>;
  /** For LISTEN: a connection of its own, not of the pool. Not connected yet. */
  dedicated(): pg.Client;
  close(): Promise<void>;
}
