import type { Appended } from '../../model/inbox/intake.ts';
import { release } from '../../shared/release.ts';
import type { Batch, PackedEvent } from '../batch.ts';
import { deliveryKey, type Key } from '../keys/key.ts';
import type { KeyRuns } from '../keys/key-runs.ts';
import { compress } from '../segment-codec.ts';
import { type Database, scalar, transaction } from './database.ts';
import { firstDelivery } from './keys/first-delivery.ts';

const INSERT = `
  INSERT INTO events (source, delivery_id, guid, type, body_size, headers_size, segment_id,
                      segment_offset, secret_no, received_at, stored_at, origin)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** The group commit: dedup claim, event and bytes of a whole batch in one transaction. */
export function appendOps(db: Database, deliveries: KeyRuns) {
  const insert = db.prepare(INSERT);
  const first = firstDelivery(db, deliveries);
  const lastSegment = db.prepare('SELECT max(id) FROM segments');
  const insertSegment = db.prepare('INSERT INTO segments (id, codec, raw_size, data) VALUES (?, ?, ?, ?)');

  function appendOne(event: PackedEvent, key: Key, segmentId: number, now: number): Appended {
    const before = first(event, key);
    if (before !== null) return { status: 'duplicate', id: before };
    const { lastInsertRowid } = insert.run(
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
    const id = Number(lastInsertRowid);
    deliveries.add(key, id);
    return { status: 'accepted', id };
  }

  return {
    append(batch: Batch): readonly Appended[] {
      const segments = batch.parts.map(compress);
      const keys = batch.events.map(({ source, deliveryId, guid }) => deliveryKey(source, deliveryId, guid));
      const appended = transaction(db, () => {
        deliveries.open();
        const base = scalar(lastSegment) + 1;
        const used = new Set<number>();
        const results = batch.events.map((event, n) => {
          const result = appendOne(event, keys[n] as Key, base + event.part, batch.now);
          if (result.status === 'accepted') used.add(event.part);
          return result;
        });
        segments.forEach((segment, part) => {
          if (used.has(part)) insertSegment.run(base + part, segment.codec, segment.rawSize, segment.data);
        });
        deliveries.close();
        return results;
      });
      for (const part of batch.parts) release(part);
      return appended;
    },
  };
}
