import { OpenSegments, type Segment } from '../segment-codec.ts';
import type { Query } from './server/database.ts';

/** Where an event's headers and body lie. */
export interface Place {
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
}

const SEGMENTS = 'SELECT id, codec, raw_size AS "rawSize", data FROM tidings.segments WHERE id = ANY($1::bigint[])';

/** Reads headers and bodies of events, those of one segment together. Null: they are gone. */
export function bytesReader(db: Query): (places: readonly Place[]) => Promise<readonly (Buffer | null)[]> {
  const recent = new OpenSegments();
  return async (places) => {
    const open = new Map<number, Buffer>();
    for (const { segmentId } of places) {
      const raw = recent.get(segmentId);
      if (raw !== undefined) open.set(segmentId, raw);
    }
    const missing = [...new Set(places.map(({ segmentId }) => segmentId))].filter((id) => !open.has(id));
    const segments = missing.length === 0 ? [] : await db.rows<Segment & { id: number }>(SEGMENTS, [missing]);
    for (const segment of segments) open.set(segment.id, recent.add(segment.id, segment));
    return places.map(({ segmentId, segmentOffset, headersSize, bodySize }) => {
      const raw = open.get(segmentId);
      // Headers begin with a brace: what was erased since the place was read is overwritten.
      return raw === undefined || raw[segmentOffset] === 0
        ? null
        : raw.subarray(segmentOffset, segmentOffset + headersSize + bodySize);
    });
  };
}
