import type { Row, Table } from './tables.ts';

/** A copy that cannot be made as things are. The message says why and what to do; nothing was lost. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/** One of the two databases of a copy, for this program alone until it is disposed of. */
export interface Side extends AsyncDisposable {
  /** Without a password, such as `sqlite /var/lib/tidings/tidings.db`. */
  readonly name: string;
  /** The table's first rows above `after` (a key; null: from the first) in key order. None: that was all. */
  read(table: Table, after: Row | null): Promise<readonly Row[]>;
  /** All rows of one call are committed, or none. */
  write(table: Table, rows: readonly Row[]): Promise<void>;
  /** The table's highest key. Null: it is empty. */
  last(table: Table): Promise<Row | null>;
  count(table: Table): Promise<number>;
  /** MARKER's value. */
  marker(): Promise<string | null>;
  mark(value: string): Promise<void>;
  /** Empties the lanes: a start that received nothing leaves some behind. */
  clearLanes(): Promise<void>;
  /** After the last row: ids that are given out from now on are higher, and the planner knows the tables. */
  complete(): Promise<void>;
}
