import type { Destination, Message, Outcome } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import type { Row } from '../../route/column/column.ts';
import { sentence } from '../../text/sentence.ts';
import { messageKey } from '../message-key.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
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
  return {
    name,
    type: 'sql',
    intervalMs: 0,
    concurrency,
    digestOver: null,
    digestMax: 1,
    // The key is unique: a row that is there already stays the only one.
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    describe: (message) => sentence(only(message).activity),
    send: async (message, context): Promise<Outcome> => {
      const key = messageKey(name, message);
      const values = row.values(seenOf(only(message), key, database.dialect));
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

function only(message: Message): Notification {
  if (message.kind === 'single') return message.notification;
  throw new Error('A table takes no digests: digestOver is null.');
}
