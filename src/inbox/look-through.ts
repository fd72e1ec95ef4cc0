import type { Fenced } from '../model/inbox/lanes.ts';

/** What of a table may go. With `isMore` there is something behind the rows that were looked at. */
export interface Found<T> {
  readonly rows: readonly T[];
  readonly isMore: boolean;
}

/** What was found, and the last row that was looked at. */
export interface Look<Row> extends Found<Row> {
  readonly last: Row | undefined;
}

export interface LookOptions<Row> {
  /** So many are looked at, and so many found, at most. */
  readonly most: number;
  readonly limit: number;
  /** False ends it: nothing behind it is of interest. */
  readonly isOld?: (row: Row) => boolean;
}

/** Looks through the rows of a table, in order, for what may go. */
export function lookThrough<Row extends { readonly mayGo: boolean | number | null }>(
  rows: Iterable<unknown>,
  { most, limit, isOld = () => true }: LookOptions<Row>,
): Look<Row> {
  const found: Row[] = [];
  let last: Row | undefined;
  let count = 0;
  for (const each of rows) {
    if (count === most || found.length === limit) return { rows: found, last, isMore: true };
    const row = each as Row;
    if (!isOld(row)) break;
    last = row;
    count += 1;
    if (row.mayGo === true || row.mayGo === 1) found.push(row);
  }
  return { rows: found, last, isMore: false };
}

/** Looks until something is found, and takes that away. 0: there is nothing in the whole table. */
export async function removeFound<T>(
  find: () => Promise<Found<T>>,
  remove: (rows: readonly T[]) => Promise<number | Fenced>,
): Promise<number | Fenced> {
  for (;;) {
    const { rows, isMore } = await find();
    const removed = rows.length === 0 ? 0 : await remove(rows);
    if (removed !== 0 || !isMore) return removed;
  }
}
