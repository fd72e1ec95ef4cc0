import type { Settled, StoredEvent } from '../../model/event.ts';
import { type CutOut, storedBody } from '../cut-out.ts';
import { withinBytes } from '../within-bytes.ts';
import type { Database } from './server/database.ts';
import { bytesReader, type Place } from './stored-bytes.ts';

/** The columns of an event `e` with its decision `d`, as `StoredRow` has them. */
export const STORED_COLUMNS = `
  e.id, e.origin, e.source, e.delivery_id AS "deliveryId", e.guid, e.type, e.received_at AS "receivedAt",
  e.stored_at AS "storedAt", coalesce(d.replays, 0) AS replays, coalesce(d.released, false) AS released, e.segment_id AS "segmentId",
  e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize", e.body_size AS "bodySize"`;

export type StoredRow = Omit<StoredEvent, 'headers' | 'body' | 'settled'> & Place;

/** Events with their bytes, about 4 MiB of them and one at least; without those whose bytes went meanwhile. */
export function eventsReader(db: Database) {
  const bytesOf = bytesReader(db);
  return async <Row extends StoredRow>(
    rows: readonly Row[],
    settledOf: (row: Row) => Settled | null,
  ): Promise<readonly StoredEvent[]> => {
    const some = withinBytes(rows);
    const bytes = await bytesOf(some);
    return some.flatMap((row, index) => {
      const stored = bytes[index];
      return stored ? storedEvent(row, stored, settledOf(row)) : [];
    });
  };
}

function storedEvent(row: StoredRow, { bytes, damage }: CutOut, settled: Settled | null): StoredEvent {
  const { id, origin, source, deliveryId, guid, type, receivedAt, storedAt, replays, released, headersSize } = row;
  const stored = storedBody(bytes ?? damage, headersSize);
  const ids = { id, origin, source, deliveryId, guid, type } as const;
  return { ...ids, ...stored, receivedAt, storedAt, replays, released: released === true, settled };
}
