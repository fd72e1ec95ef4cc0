import type { Database } from './server/database.ts';
import { refusal } from './server/errors.ts';

const LAST_EVENT = 'SELECT coalesce(max(id), 0) FROM tidings.events';

/** Who appends waits for a turn, and must then see what came meanwhile: with any other isolation a delivery could be stored twice. */
const IS_COMMITTED = "current_setting('default_transaction_isolation') = 'read committed'";

const WRITE = `
  INSERT INTO tidings.lanes (lane) VALUES ('expand') ON CONFLICT (lane) DO UPDATE SET lane = excluded.lane
  RETURNING (${LAST_EVENT}) AS "lastEventId", ${IS_COMMITTED} AS "isCommitted"`;

/** What the server would refuse: on a standby, or where its host has closed it, transactions are read-only from the start. */
const ASK = `
  SELECT current_setting('transaction_read_only') = 'on' AS "isClosed", (${LAST_EVENT}) AS "lastEventId", ${IS_COMMITTED} AS "isCommitted",
         has_table_privilege('tidings.events', 'INSERT') AS "mayWrite"`;

interface Found {
  readonly isClosed?: boolean;
  readonly mayWrite?: boolean;
  readonly isCommitted: boolean;
  readonly lastEventId: number;
}

/** A committed write that changes nothing. Returns the last event's id. @throws InboxUnavailableError */
export async function probe(db: Database): Promise<number> {
  return lastEventOf(db, await db.rows<Found>(WRITE));
}

/** The same as far as it shows without writing. */
export async function probeReading(db: Database): Promise<number> {
  return lastEventOf(db, await db.rows<Found>(ASK));
}

/** Before anything is appended. @throws InboxUnavailableError */
export async function refuseIsolation(db: Database): Promise<void> {
  const [found] = await db.rows<Pick<Found, 'isCommitted'>>(`SELECT ${IS_COMMITTED} AS "isCommitted"`);
  if (found?.isCommitted === false) throw db.explain(refusal('ISOLATION'));
}

function lastEventOf(db: Database, [found]: readonly Found[]): number {
  if (found?.isClosed) throw db.explain(refusal('25006'));
  if (found?.mayWrite === false) throw db.explain(refusal('42501'));
  if (found?.isCommitted === false) throw db.explain(refusal('ISOLATION'));
  return found?.lastEventId ?? 0;
}
