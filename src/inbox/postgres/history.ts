import type { StoredEvent } from '../../model/event.ts';
import type { History } from '../../model/inbox.ts';
import type { Database } from './database.ts';
import { bytesReader, type Place } from './stored-bytes.ts';

const BYTES_AT_ONCE = 4 * 1024 * 1024;

/** From the newest back: it looks only at what whoever asks is about to read. */
const LAST_BEFORE = 'SELECT id FROM tidings.events WHERE received_at < $1 ORDER BY id DESC LIMIT 1';

const READ = `
  SELECT e.id, e.origin, e.source, e.delivery_id AS "deliveryId", e.guid, e.type, e.received_at AS "receivedAt",
         e.stored_at AS "storedAt", coalesce(d.replays, 0) AS replays, e.segment_id AS "segmentId",
         e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize", e.body_size AS "bodySize"
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  WHERE e.id > $1 AND (d.state IS DISTINCT FROM 'quarantined' OR d.released) ORDER BY e.id LIMIT $2`;

type Row = Omit<StoredEvent, 'headers' | 'body' | 'settled'> & Place;

/** Reading all of it, page by page. */
export function historyOps(db: Database): History {
  const bytesOf = bytesReader(db);

  return {
    async lastBefore(time) {
      const [row] = await db.rows<{ id: number }>(LAST_BEFORE, [time]);
      return row?.id ?? 0;
    },

    async read(afterId, limit) {
      const rows = withinBytes(await db.rows<Row>(READ, [afterId, limit]));
      const bytes = await bytesOf(rows);
      return rows.map((row, index) => storedEvent(row, bytes[index] ?? Buffer.alloc(0)));
    },
  };
}

function storedEvent(row: Row, stored: Buffer): StoredEvent {
  const { id, origin, source, deliveryId, guid, type, receivedAt, storedAt, replays, headersSize } = row;
  const headers = JSON.parse(stored.toString('utf8', 0, headersSize));
  const body = stored.subarray(headersSize);
  return { id, origin, source, deliveryId, guid, type, headers, body, receivedAt, storedAt, replays, settled: null };
}

function withinBytes(rows: readonly Row[]): readonly Row[] {
  let bytes = 0;
  const end = rows.findIndex(({ bodySize }, index) => {
    bytes += bodySize;
    return index > 0 && bytes > BYTES_AT_ONCE;
  });
  return end < 0 ? rows : rows.slice(0, end);
}
