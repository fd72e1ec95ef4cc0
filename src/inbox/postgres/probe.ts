import type { Database, Query } from './server/database.ts';

const LAST_EVENT = 'SELECT coalesce(max(id), 0) FROM tidings.events';

const WRITE = `
  INSERT INTO tidings.lanes (lane) VALUES ('expand') ON CONFLICT (lane) DO UPDATE SET lane = excluded.lane
  RETURNING (${LAST_EVENT}) AS "lastEventId"`;

/** What the server would refuse: on a standby, or where its host has closed it, transactions are read-only from the start. */
const ASK = `
  SELECT current_setting('transaction_read_only') = 'on' AS "isClosed", (${LAST_EVENT}) AS "lastEventId",
         has_table_privilege('tidings.events', 'INSERT') AS "mayWrite"`;

interface Found {
  readonly isClosed: boolean;
  readonly mayWrite: boolean;
  readonly lastEventId: number;
}

/** A committed write that changes nothing. Returns the last event's id. @throws InboxUnavailableError */
export async function probe(db: Query): Promise<number> {
  const [found] = await db.rows<{ lastEventId: number }>(WRITE);
  return found?.lastEventId ?? 0;
}

/** The same as far as it shows without writing. */
export async function probeReading(db: Database): Promise<number> {
  const [found] = await db.rows<Found>(ASK);
  if (found?.isClosed) throw db.explain(refusal('25006'));
  if (found?.mayWrite === false) throw db.explain(refusal('42501'));
  return found?.lastEventId ?? 0;
}

function refusal(code: string): Error {
  return Object.assign(new Error('asked without writing'), { code });
}
