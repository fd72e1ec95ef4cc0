import type { Receipt } from '../../model/destination.ts';
import type { AttemptEnd, Outbox } from '../../model/inbox/outbox.ts';
import { pgKey, pgText } from './pg-text.ts';
import type { Query } from './server/database.ts';

/** Of two for one thread the later one. */
const KEEP = `
  INSERT INTO tidings.receipts (destination, thread, receipt, kept_at)
  SELECT DISTINCT ON (x.thread) $2, x.thread, x.receipt, $3
  FROM json_to_recordset($1::json) AS x (n integer, thread text, receipt text) ORDER BY x.thread, x.n DESC
  ON CONFLICT (destination, thread) DO UPDATE SET receipt = excluded.receipt, kept_at = excluded.kept_at`;

const LAST = 'SELECT thread, receipt FROM tidings.receipts WHERE destination = $1 AND thread = ANY($2::text[])';

/** By what the last message about a thread is found again. */
export async function keepReceipts(tx: Query, lane: string, ends: readonly AttemptEnd[], now: number): Promise<void> {
  const rows = ends.flatMap(({ receipt }, n) =>
    receipt === undefined ? [] : [{ n, thread: pgKey(receipt.thread), receipt: pgText(JSON.stringify(receipt.value)) }],
  );
  if (rows.length > 0) await tx.rows(KEEP, [JSON.stringify(rows), lane, now]);
}

export function receiptOps(db: Query): Pick<Outbox, 'receipts'> {
  return {
    async receipts(lane, threads) {
      const keys = threads.map((thread) => pgKey(thread));
      const rows = await db.rows<{ thread: string; receipt: string }>(LAST, [lane, keys]);
      const kept = new Map(rows.map(({ thread, receipt }) => [thread, JSON.parse(receipt) as Receipt]));
      return keys.map((key) => (key === null ? null : (kept.get(key) ?? null)));
    },
  };
}
