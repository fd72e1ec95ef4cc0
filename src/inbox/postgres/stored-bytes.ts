import type { EventId } from '../../model/event.ts';
import { type CutOut, cutOut, type Place } from '../cut-out.ts';
import { OpenSegments, type Segment, type Unpacked } from '../segment-codec.ts';
import type { Query } from './server/database.ts';

export type { Place } from '../cut-out.ts';

const SEGMENTS = 'SELECT id, codec, raw_size AS "rawSize", data FROM tidings.segments WHERE id = ANY($1::bigint[])';
const DIGESTS =
  'SELECT event_id AS id, body_digest AS digest FROM tidings.decisions WHERE event_id = ANY($1::bigint[])';

/** Reads headers and bodies of events, those of one segment together. Null: they are gone. */
export function bytesReader(db: Query): (places: readonly Place[]) => Promise<readonly (CutOut | null)[]> {
  const recent = new OpenSegments();

  async function segmentsOf(places: readonly Place[]): Promise<ReadonlyMap<number, Unpacked>> {
    const open = new Map<number, Unpacked>();
    for (const { segmentId } of places) {
      const unpacked = recent.get(segmentId);
      if (unpacked !== undefined) open.set(segmentId, unpacked);
    }
    const missing = [...new Set(places.map(({ segmentId }) => segmentId))].filter((id) => !open.has(id));
    const segments = missing.length === 0 ? [] : await db.rows<Segment & { id: number }>(SEGMENTS, [missing]);
    for (const segment of segments) open.set(segment.id, recent.add(segment.id, segment));
    return open;
  }

  /** Asked only about what lies in a damaged segment. */
  async function digestsOf(ids: readonly EventId[]): Promise<ReadonlyMap<EventId, Uint8Array>> {
    if (ids.length === 0) return new Map();
    const rows = await db.rows<{ id: EventId; digest: Uint8Array }>(DIGESTS, [ids]);
    return new Map(rows.map(({ id, digest }) => [id, digest]));
  }

  return async (places) => {
    const segments = await segmentsOf(places);
    const doubtful = places.filter(({ segmentId }) => (segments.get(segmentId)?.damage ?? null) !== null);
    const digests = await digestsOf(doubtful.map(({ id }) => id));
    return places.map((place) => {
      const unpacked = segments.get(place.segmentId);
      // Headers begin with a brace: what was erased since the place was read is overwritten.
      if (unpacked === undefined || unpacked.raw[place.segmentOffset] === 0) return null;
      return cutOut(unpacked, place, () => digests.get(place.id) ?? null);
    });
  };
}
