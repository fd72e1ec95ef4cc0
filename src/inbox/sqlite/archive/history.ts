import type { EventId } from '../../../model/event.ts';
import { isImported } from '../../imported.ts';
import { pageOrAround } from '../damage/around.ts';
import { idsUp } from '../damage/event-ids.ts';
import { all, type Database, one, scalar, snapshot } from '../database.ts';
import type { PackedPending, PendingRow } from '../thread/packed.ts';
import { packer } from '../thread/packer.ts';
import { HAS_BODY, MAY_HAVE_BODY } from '../upkeep/conditions.ts';
import { firstEventFinder } from '../upkeep/segment-events.ts';

/** From the newest back: it looks only at what whoever asks is about to read. */
const LAST_BEFORE = `
  SELECT coalesce((
    SELECT id FROM events WHERE received_at < ? AND NOT (${isImported('reason')}) ORDER BY id DESC LIMIT 1), 0)`;

const read = (hasBody: string) => `
  SELECT e.id, e.origin, e.source, e.delivery_id AS deliveryId, e.guid, e.type, e.received_at AS receivedAt, e.stored_at AS storedAt,
         e.replays, e.released, e.segment_id AS segmentId, e.segment_offset AS segmentOffset, e.headers_size AS headersSize,
         e.body_size AS bodySize, 0 AS hasSettled, NULL AS labels, NULL AS isDraft, ${hasBody} AS hasBody
  FROM events e WHERE e.state <> 'quarantined'`;

const GONE = `
  SELECT count(*) FROM events e WHERE e.id > ? AND e.id <= ? AND e.state <> 'quarantined' AND NOT ${HAS_BODY}`;

/** Reading all of it, page by page. */
export function historyOps(db: Database) {
  const selectLastBefore = db.prepare(LAST_BEFORE);
  const selectEvents = db.prepare(`${read(HAS_BODY)} AND e.id > ? ORDER BY e.id LIMIT ?`);
  const selectOne = db.prepare(`${read(MAY_HAVE_BODY)} AND e.id = ?`);
  const countGone = db.prepare(GONE);
  const nextSegment = db.prepare('SELECT id FROM segments WHERE id >= ? ORDER BY id LIMIT 1');
  const firstEvent = firstEventFinder(db);
  const pack = packer(db);

  const from = (after: EventId, limit: number) =>
    pageOrAround(() => all<PendingRow>(selectEvents, after, limit), {
      ids: () => idsUp(db, after + 1, Number.MAX_SAFE_INTEGER),
      read: (id) => one<PendingRow>(selectOne, id),
      limit,
    }).rows;

  function page(afterId: number, limit: number): readonly PendingRow[] {
    for (let after = afterId; ; ) {
      const rows = from(after, limit);
      const last = rows.at(-1);
      const kept = rows.filter(({ hasBody }) => hasBody === 1);
      if (kept.length > 0 || last === undefined) return kept;
      // What lies between here and the next body is gone, however much it is.
      const next = scalar(nextSegment, Math.abs(last.segmentId));
      after = next === 0 ? last.id : Math.max(last.id, firstEvent(next) - 1);
    }
  }

  return {
    lastBefore: (time: number): number => scalar(selectLastBefore, time),
    read: (afterId: number, limit: number): PackedPending => snapshot(db, () => pack(page(afterId, limit))),
    gone: (afterId: number, upTo: number): number => scalar(countGone, afterId, upTo),
  };
}
