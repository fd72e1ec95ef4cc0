import { createHash, type Hash } from 'node:crypto';
import type { Side } from './side.ts';
import { keyOf, type Row, type Table } from './tables.ts';

export interface Digest {
  readonly rows: number;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
}

/**
 * SHA-256 over all rows in key order: each as a line of JSON in which bytes stand as their length, followed by the bytes. The
 * same for both engines.
 */
export async function digestOf(side: Side, table: Table, onRows: (count: number) => void): Promise<Digest> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const rows of batches(side, table)) {
    for (const row of rows) addRow(hash, row);
    count += rows.length;
    onRows(count);
  }
  return { rows: count, sha256: hash.digest('hex') };
}

/** All rows of a table, a batch at a time. */
export async function* batches(side: Side, table: Table, after: Row | null = null): AsyncGenerator<readonly Row[]> {
  for (let last = after; ; ) {
    const rows = await side.read(table, last);
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows;
    last = keyOf(table, end);
  }
}

/** What the first row that is not the same is, in words. Null: they are the same. */
export async function firstDifference(source: Side, target: Side, table: Table): Promise<string | null> {
  const [left, right] = [rowsOf(source, table), rowsOf(target, table)];
  for (;;) {
    const [from, to] = (await Promise.all([left.next(), right.next()])).map(({ value }) => value);
    if (from === undefined && to === undefined) return null;
    const key = keyOf(table, from ?? to ?? []).join('/');
    if (from === undefined || to === undefined) {
      return `${table.name} ${key} is only in the ${from === undefined ? 'target' : 'source'}`;
    }
    const column = table.columns.find((_, index) => !isSame(from[index], to[index]));
    if (column !== undefined) return `${table.name} ${key} has another ${column}`;
  }
}

async function* rowsOf(side: Side, table: Table): AsyncGenerator<Row, undefined> {
  for await (const rows of batches(side, table)) yield* rows;
}

function isSame(left: Row[number] | undefined, right: Row[number] | undefined): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right) === 0;
  return left === right;
}

function addRow(hash: Hash, row: Row): void {
  hash.update(`${JSON.stringify(row.map((value) => (value instanceof Uint8Array ? [value.length] : value)))}\n`);
  for (const value of row) if (value instanceof Uint8Array) hash.update(value);
}
