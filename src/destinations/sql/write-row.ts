import type { Outcome, SendContext } from '../../model/destination.ts';
import { type Database, NOT_UNIQUE, type Ran } from './database.ts';
import type { Value } from './row.ts';
import { findRow, findUnique, insertInto, type Table, tryInsertInto } from './statements.ts';

/** Writes one row, the key first. A second one of a key is none: then no row is `done`. */
export type WriteRow = (values: readonly [key: string, ...others: Value[]], context: SendContext) => Promise<Ran>;

export function rowWriter(database: Database, table: Table): WriteRow {
  const insert = insertInto(table, database.dialect);
  if (database.dialect !== 'mysql') return (values, context) => database.run(insert, values, context);
  let fits = false;
  return async (values, context) => {
    const { signal } = context;
    if (!fits) {
      const tried = await tryTable(database, table, signal);
      if (tried.kind !== 'done') return tried;
      fits = true;
    }
    const ran = await database.run(insert, values, context);
    // It may be another table by the time that is mended.
    if (ran.kind === 'broken') fits = false;
    if (ran.kind !== 'rejected' || ran.isTaken !== true) return ran;
    const found = await database.ask(findRow(table), values.slice(0, 1), signal);
    if (found.kind !== 'done') return found;
    return found.rows > 0 ? { kind: 'done', rows: 0 } : ran;
  };
}

/** What an insert would be answered. Nothing is written. MySQL takes rows for a key that is not unique, so it is asked for that. */
export async function tryTable(database: Database, table: Table, signal: AbortSignal): Promise<Ran> {
  const { dialect, place } = database;
  const tried = await database.ask(tryInsertInto(table, dialect), [], signal);
  if (tried.kind !== 'done' || dialect !== 'mysql') return tried;
  const [sql, values] = findUnique(table);
  const found = await database.ask(sql, values, signal);
  if (found.kind !== 'done' || found.rows > 0) return found;
  return { kind: 'broken', reason: `${place} may write rows twice: ${NOT_UNIQUE}; of a view, name the table` };
}

export function outcomeOf(ran: Exclude<Ran, { kind: 'done' }>): Outcome {
  const { isAbsent: _, isTaken: __, ...outcome } = ran;
  return outcome;
}
