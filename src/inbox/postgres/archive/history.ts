import type { History } from '../../../model/inbox/history.ts';
import type { Database } from '../server/database.ts';
import { eventsReader, STORED_COLUMNS, type StoredRow } from '../stored-events.ts';

/** From the newest back: it looks only at what whoever asks is about to read. */
const LAST_BEFORE = 'SELECT id FROM tidings.events WHERE received_at < $1 ORDER BY id DESC LIMIT 1';

const READ = `
  SELECT ${STORED_COLUMNS}
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  WHERE e.id > $1 AND (d.state IS DISTINCT FROM 'quarantined' OR d.released) ORDER BY e.id LIMIT $2`;

/** Reading all of it, page by page. */
export function historyOps(db: Database): History {
  const read = eventsReader(db);

  return {
    async lastBefore(time) {
      const [row] = await db.rows<{ id: number }>(LAST_BEFORE, [time]);
      return row?.id ?? 0;
    },
    read: async (afterId, limit) => read(await db.rows<StoredRow>(READ, [afterId, limit]), () => null),
  };
}
