import { all, type Database, scalar } from '../database.ts';
import type { PackedPending } from '../thread/packed.ts';
import { packer } from '../thread/packer.ts';

/** From the newest back: it looks only at what whoever asks is about to read. */
const LAST_BEFORE = `
  SELECT coalesce((SELECT id FROM events WHERE received_at < ? ORDER BY id DESC LIMIT 1), 0)`;

const READ = `
  SELECT id, origin, source, delivery_id AS deliveryId, guid, type, received_at AS receivedAt, stored_at AS storedAt, replays, released,
         segment_id AS segmentId, segment_offset AS segmentOffset, headers_size AS headersSize, body_size AS bodySize,
         0 AS hasSettled, NULL AS labels, NULL AS isDraft
  FROM events WHERE id > ? AND state <> 'quarantined' ORDER BY id LIMIT ?`;

/** Reading all of it, page by page. */
export function historyOps(db: Database) {
  const selectLastBefore = db.prepare(LAST_BEFORE);
  const selectEvents = db.prepare(READ);
  const pack = packer(db);

  return {
    lastBefore: (time: number): number => scalar(selectLastBefore, time),
    read: (afterId: number, limit: number): PackedPending => pack(all(selectEvents, afterId, limit)),
  };
}
