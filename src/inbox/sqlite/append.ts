import type { Appended } from '../../model/inbox/intake.ts';
import { release } from '../../shared/release.ts';
import type { Batch, PackedEvent } from '../batch.ts';
import { compress } from '../segment-codec.ts';
import { type Database, scalar, transaction } from './database.ts';

const INSERT = `
  INSERT INTO events (source, delivery_id, guid, type, body_size, headers_size, segment_id,
                      segment_offset, secret_no, received_at, stored_at, origin)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (source, delivery_id) DO NOTHING`;

/** The group commit: dedup claim, event and bytes of a whole batch in one transaction, and whatever is done `within` it. */
export function appendOps(db: Database) {
  const insert = db.prepare(INSERT);
  const existing = db.prepare('SELECT id FROM events WHERE source = ? AND delivery_id = ?');
  const lastSegment = db.prepare('SELECT max(id) FROM segments');
  const insertSegment = db.prepare('INSERT INTO segments (id, codec, raw_size, data) VALUES (?, ?, ?, ?)');

  function appendOne(event: PackedEvent, segmentId: number, now: number): Appended {
    const { changes, lastInsertRowid } = insert.run(
      event.source,
      event.deliveryId,
      event.guid,
      event.type,
      event.bodySize,
      event.headersSize,
      segmentId,
      event.offset,
      event.secretNo,
      event.receivedAt,
      now,
      event.origin,
    );
    if (changes === 1) return { status: 'accepted', id: Number(lastInsertRowid) };
    return { status: 'duplicate', id: scalar(existing, event.source, event.deliveryId) };
  }

  return {
    append(batch: Batch, within?: (appended: readonly Appended[]) => void): readonly Appended[] {
      const segments = batch.parts.map(compress);
      const appended = transaction(db, () => {
        const base = scalar(lastSegment) + 1;
        const used = new Set<number>();
        const results = batch.events.map((event) => {
          const result = appendOne(event, base + event.part, batch.now);
          if (result.status === 'accepted') used.add(event.part);
          return result;
        });
        segments.forEach((segment, part) => {
          if (used.has(part)) insertSegment.run(base + part, segment.codec, segment.rawSize, segment.data);
        });
        within?.(results);
        return results;
      });
      for (const part of batch.parts) release(part);
      return appended;
    },
  };
}
