import { rowOrNull } from './corrupt.ts';

export interface Around<Row> {
  readonly rows: readonly Row[];
  /** Rows that cannot be read, and were passed over. */
  readonly hurt: readonly number[];
}

interface OneByOne<Row> {
  /** In order, and without a look at the rows. */
  readonly ids: () => Iterable<number>;
  readonly read: (id: number) => Row | undefined;
  /** False: it is passed over too. */
  readonly isSound?: (row: Row) => boolean;
  readonly limit: number;
}

/** The first of some rows, each read by itself: those that a damaged page has taken stand in nobody's way. */
export function around<Row>({ ids, read, isSound = () => true, limit }: OneByOne<Row>): Around<Row> {
  const rows: Row[] = [];
  const hurt: number[] = [];
  for (const id of ids()) {
    if (rows.length === limit) break;
    const row = rowOrNull(() => read(id));
    if (row === null || (row !== undefined && !isSound(row))) hurt.push(id);
    else if (row !== undefined) rows.push(row);
  }
  return { rows, hurt };
}

/** A page of rows as they are, or, where damage keeps it from being read, around that. */
export function pageOrAround<Row>(page: () => readonly Row[], oneByOne: OneByOne<Row>): Around<Row> {
  const rows = rowOrNull(page);
  return rows?.every(oneByOne.isSound ?? (() => true)) ? { rows, hurt: [] } : around(oneByOne);
}

/** What is kept of some events, or, where damage keeps that from being read, of each by itself: of those hit nothing. */
export function ofEach<Row>(ids: readonly number[], read: (ids: readonly number[]) => readonly Row[]): readonly Row[] {
  return rowOrNull(() => read(ids)) ?? ids.flatMap((id) => rowOrNull(() => read([id])) ?? []);
}
