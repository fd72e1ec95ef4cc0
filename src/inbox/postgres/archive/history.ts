import type { History } from '../../../model/inbox/history.ts';
import { isImported } from '../../imported.ts';
import type { Database } from '../server/database.ts';
import { eventsReader, STORED_COLUMNS, type StoredRow } from '../stored-events.ts';
import { HAS_BODY, HAS_BODY_OF_ALL } from '../upkeep/conditions.ts';

/** From the newest back: it looks only at what whoever asks is about to read. */
const LAST_BEFORE = `
  SELECT e.id FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  WHERE e.received_at < $1 AND NOT (${isImported('d.reason')}) ORDER BY e.id DESC LIMIT 1`;

const READ = `
  SELECT ${STORED_COLUMNS}, ${HAS_BODY} AS "hasBody"
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  WHERE e.id > $1 AND (d.state IS DISTINCT FROM 'quarantined' OR d.released) ORDER BY e.id LIMIT $2`;

/** Before the first event of this segment, if something of it is there still, or else of the first one behind it. */
const BEFORE_NEXT_BODY = `
  SELECT tidings.first_event_of(s.id) - 1 AS id
  FROM (SELECT id FROM tidings.segments WHERE id >= abs($1::bigint) ORDER BY id LIMIT 1) s`;

const GONE = `
  SELECT count(*) AS count FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  WHERE e.id > $1 AND e.id <= $2 AND (d.state IS DISTINCT FROM 'quarantined' OR d.released)
    AND NOT ${HAS_BODY_OF_ALL}`;

/** Ten million take some seconds. */
const PATIENCE = { timeoutMs: 60_000 } as const;

type Row = StoredRow & { readonly hasBody: boolean };

/** Reading all of it, page by page. */
export function historyOps(db: Database): History {
  const read = eventsReader(db);

  return {
    async lastBefore(time) {
      const [row] = await db.rows<{ id: number }>(LAST_BEFORE, [time]);
      return row?.id ?? 0;
    },

    async read(afterId, limit) {
      for (let after = afterId; ; ) {
        const rows = await db.rows<Row>(READ, [after, limit]);
        const last = rows.at(-1);
        if (last === undefined) return [];
        const events = await read(
          rows.filter(({ hasBody }) => hasBody),
          () => null,
        );
        if (events.length > 0) return events;
        // What lies between here and the next body is gone, however much it is.
        const [next] = await db.rows<{ id: number }>(BEFORE_NEXT_BODY, [last.segmentId]);
        after = Math.max(last.id, next?.id ?? 0);
      }
    },

    async gone(afterId, upTo) {
      const [row] = await db.rows<{ count: number }>(GONE, [afterId, upTo], PATIENCE);
      return row?.count ?? 0;
    },
  };
}
