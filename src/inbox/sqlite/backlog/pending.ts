import { type EventId, ORIGINS } from '../../../model/event.ts';
import { pageOrAround } from '../damage/around.ts';
import { AT_MOST, all, type Database, one } from '../database.ts';
import type { PackedPending, PendingRow } from '../thread/packed.ts';
import { packer } from '../thread/packer.ts';

const COLUMNS = `
  SELECT e.id, e.origin, e.source, e.delivery_id AS deliveryId, e.guid, e.type, e.received_at AS receivedAt,
         e.stored_at AS storedAt, e.replays, e.released, e.segment_id AS segmentId, e.segment_offset AS segmentOffset,
         e.headers_size AS headersSize, e.body_size AS bodySize,
         s.event_id IS NOT NULL AS hasSettled, s.labels, s.is_draft AS isDraft
  FROM events e LEFT JOIN settling s ON s.event_id = e.id
  WHERE e.state = 'pending' AND s.until IS NULL`;

const IDS = "SELECT id FROM events INDEXED BY events_pending WHERE state = 'pending' AND id > ? ORDER BY id";

/** Reads what is pending, as `Backlog.pending` says. `passedOver`: what was decided about them could not be stored. */
export function pendingReader(
  db: Database,
  passedOver: ReadonlySet<EventId>,
): (limit: number, afterId: number) => PackedPending {
  const selectPage = db.prepare(`${COLUMNS} AND e.id > ? ORDER BY e.id ${AT_MOST}`);
  const selectIds = db.prepare(IDS);
  const selectOne = db.prepare(`${COLUMNS} AND e.id = ?`);
  const pack = packer(db);

  return (limit, afterId) => {
    const { rows, hurt } = pageOrAround(() => all<PendingRow>(selectPage, afterId, limit), {
      ids: () => all<{ id: EventId }>(selectIds, afterId).map(({ id }) => id),
      read: (id) => one<PendingRow>(selectOne, id),
      isSound: (row) => isSound(row) && !passedOver.has(row.id),
      limit,
    });
    return pack(rows, hurt);
  };
}

const TEXTS = ['source', 'deliveryId', 'guid', 'type'] as const;
const NUMBERS = [
  'receivedAt',
  'storedAt',
  'replays',
  'released',
  'segmentId',
  'segmentOffset',
  'headersSize',
  'bodySize',
] as const;

function isSound(row: PendingRow): boolean {
  return (
    ORIGINS.includes(row.origin) &&
    TEXTS.every((name) => typeof row[name] === 'string') &&
    NUMBERS.every((name) => typeof row[name] === 'number')
  );
}
