import type { Destination, Message, Outcome } from '../../model/destination.ts';
import type { Row } from '../../route/column/column.ts';
import { oneByOne, only } from '../lanes.ts';
import { messageKey } from '../message-key.ts';
import type { Database } from './database.ts';
import { seenOf, valueOf } from './row.ts';
import type { Table } from './statements.ts';
import { outcomeOf, rowWriter } from './write-row.ts';

export interface SqlOptions {
  readonly name: string;
  /** Closed with the destination. */
  readonly database: Database;
  readonly table: Table;
  readonly row: Row;
  readonly concurrency: number;
}

/** A table that gets every activity as one row. */
export function sqlDestination({ name, database, table, row, concurrency }: SqlOptions): Destination {
  const write = rowWriter(database, table);
  const valuesOf = (message: Message, key: string) => row.values(seenOf(only(message), key, database.dialect));
  return {
    // The key is unique: a row that is there already stays the only one.
    ...oneByOne(name, 'sql', concurrency),
    preview: async (message) => {
      const { shownRow } = await import('./preview.ts');
      const key = messageKey(name, message);
      return shownRow(table, key, valuesOf(message, key));
    },
    send: async (message, context): Promise<Outcome> => {
      const key = messageKey(name, message);
      const values = valuesOf(message, key);
      if (values === null) {
        return {
          kind: 'rejected',
          reason: 'its columns take too long to make: let their expressions ask less, then replay',
        };
      }
      const ran = await write([key, ...values.map(valueOf)], context);
      if (ran.kind !== 'done') return outcomeOf(ran);
      return { kind: 'sent', answer: ran.rows === 1 ? '1 row' : `a row with ${key} was there already` };
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
