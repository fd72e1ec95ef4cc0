import type { Receipt } from '../../model/destination.ts';
import type { AttemptEnd } from '../../model/inbox/outbox.ts';
import { parsedOrNull } from '../stored-json.ts';
import { dispensable } from './damage/corrupt.ts';
import { type Database, one } from './database.ts';

const KEEP = `
  INSERT INTO receipts (destination, thread, receipt, kept_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (destination, thread) DO UPDATE SET receipt = excluded.receipt, kept_at = excluded.kept_at`;

/** By what the last message about a thread is found again. */
export function keptReceipts(db: Database) {
  const keep = db.prepare(KEEP);
  const select = db.prepare('SELECT receipt FROM receipts WHERE destination = ? AND thread = ?');
  const dispense = dispensable();

  return {
    keep(destination: string, ends: readonly AttemptEnd[], now: number): void {
      for (const { receipt } of ends) {
        if (receipt === undefined) continue;
        // Where it cannot be kept, the next message stands by itself; how this one ended is recorded all the same.
        dispense(0, () => keep.run(destination, receipt.thread, JSON.stringify(receipt.value), now));
      }
    },

    last(destination: string, thread: string): Receipt | null {
      const row = dispense(0, () => one<{ receipt: string }>(select, destination, thread));
      return parsedOrNull(row?.receipt ?? null);
    },
  };
}
