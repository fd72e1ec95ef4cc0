import type { EventId } from '../../../model/event.ts';
import type { KeptEvent, KeptSegment, SegmentId, StoredSize } from '../../../model/inbox/upkeep.ts';
import { type Erasure, planErasure } from '../../erasure.ts';
import type { Segment } from '../../segment-codec.ts';
import { all, type Database, one, scalar } from '../database.ts';
import { HAS_BODY, IS_NEEDED } from './conditions.ts';
import { type SegmentEvent, segmentEvents } from './segment-events.ts';

const SEGMENTS = 'SELECT id, length(data) AS bytes FROM segments WHERE id > ? ORDER BY id LIMIT ?';

const EVENTS = `
  SELECT e.id, e.source, e.repo, e.received_at AS receivedAt, iif(${HAS_BODY}, e.headers_size + e.body_size, 0) AS bytes,
         ${IS_NEEDED} AS isNeeded
  FROM events e WHERE e.id > ? ORDER BY e.id LIMIT ?`;

const SEGMENTS_OF = `
  SELECT DISTINCT e.segment_id AS id FROM events e
  WHERE e.id IN (SELECT value FROM json_each(?)) AND ${HAS_BODY} AND NOT ${IS_NEEDED}`;

/** What there is, and how bodies are taken out of it: read and compressed here, beside the writer. */
export function keptOps(db: Database) {
  const selectSegments = db.prepare(SEGMENTS);
  const selectEvents = db.prepare(EVENTS);
  const selectSegment = db.prepare('SELECT codec, raw_size AS rawSize, data FROM segments WHERE id = ?');
  const selectSegmentsOf = db.prepare(SEGMENTS_OF);
  const newestSegment = db.prepare('SELECT max(id) FROM segments');
  const eventsOf = segmentEvents(db);

  function planOne(segment: SegmentId, ids: ReadonlySet<EventId>): Erasure | null {
    const stored = one<Segment>(selectSegment, segment);
    if (stored === undefined) return null;
    const mayGoWhole = segment < scalar(newestSegment);
    return planErasure(segment, stored, eventsOf(segment), { ids, mayGoWhole });
  }

  return {
    keptSegments: (after: SegmentId, limit: number): readonly KeptSegment[] =>
      all<{ id: number; bytes: number }>(selectSegments, after, limit).map((segment) => ({
        ...segment,
        events: eventsOf(segment.id).map(keptEvent),
      })),

    keptEvents: (after: EventId, limit: number): readonly KeptEvent[] =>
      all<Omit<KeptEvent, 'isNeeded'> & { isNeeded: number }>(selectEvents, after, limit).map((event) => {
        return { ...event, isNeeded: event.isNeeded === 1 };
      }),

    planErasure: (segment: SegmentId, ids: readonly EventId[]) => planOne(segment, new Set(ids)),

    /** Which segments hold bodies of these. */
    segmentsOf: (ids: readonly EventId[]): readonly SegmentId[] =>
      all<{ id: number }>(selectSegmentsOf, JSON.stringify(ids)).map(({ id }) => id),

    storedSize(): StoredSize {
      const pageSize = scalar(db.prepare('PRAGMA page_size'));
      const bytes = scalar(db.prepare('PRAGMA page_count')) * pageSize;
      return { bytes, freeBytes: scalar(db.prepare('PRAGMA freelist_count')) * pageSize };
    },
  };
}

function keptEvent({ id, source, repo, receivedAt, headersSize, bodySize, isNeeded }: SegmentEvent): KeptEvent {
  return { id, source, repo, receivedAt, bytes: headersSize + bodySize, isNeeded: isNeeded === 1 };
}
