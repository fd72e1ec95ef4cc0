import type { EventId } from '../../../model/event.ts';
import type { KeptEvent, KeptSegment, SegmentId, StoredSize } from '../../../model/inbox/upkeep.ts';
import { type Erasure, planErasure } from '../../erasure.ts';
import type { KeysAbout } from '../../forget-found.ts';
import type { Segment } from '../../segment-codec.ts';
import { AT_MOST, all, type Database, one, scalar } from '../database.ts';
import { HAS_BODY, IS_NEEDED } from './conditions.ts';
import { firstEventFinder, type SegmentEvent, segmentEvents } from './segment-events.ts';

const SEGMENTS = `SELECT id, length(data) AS bytes FROM segments WHERE id > ? ORDER BY id ${AT_MOST}`;

const EVENTS = `
  SELECT e.id, e.source, e.repo, e.received_at AS receivedAt, iif(${HAS_BODY}, e.headers_size + e.body_size, 0) AS bytes,
         ${IS_NEEDED} AS isNeeded
  FROM events e WHERE e.id > ? ORDER BY e.id ${AT_MOST}`;

const RAW_SIZES = `SELECT id, raw_size AS rawSize FROM segments WHERE id > ? ORDER BY id ${AT_MOST}`;
const SIZES_FROM =
  'SELECT abs(segment_id) AS segment, headers_size + body_size AS size FROM events WHERE id >= ? ORDER BY id';

const SEGMENTS_OF = `
  SELECT DISTINCT e.segment_id AS id FROM events e
  WHERE e.id IN (SELECT value FROM json_each(?)) AND ${HAS_BODY} AND NOT ${IS_NEEDED}`;

/** Segments that one look for strays is about. */
const LOOKED_AT = 200;

/** What there is, and how bodies are taken out of it: read and compressed here, beside the writer. */
export function keptOps(db: Database) {
  const selectSegments = db.prepare(SEGMENTS);
  const selectEvents = db.prepare(EVENTS);
  const selectSegment = db.prepare('SELECT codec, raw_size AS rawSize, data FROM segments WHERE id = ?');
  const selectSegmentsOf = db.prepare(SEGMENTS_OF);
  const newestSegment = db.prepare('SELECT max(id) FROM segments');
  const selectRawSizes = db.prepare(RAW_SIZES);
  const sizesFrom = db.prepare(SIZES_FROM);
  const firstEvent = firstEventFinder(db);
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

    /** Segments that are larger than their events were, bodies that are gone included: with strays, or where strays were. */
    segmentsWithStrays(after: SegmentId): KeysAbout<SegmentId> {
      const segments = all<{ id: SegmentId; rawSize: number }>(selectRawSizes, after, LOOKED_AT);
      const [first, last] = [segments[0]?.id ?? 0, segments.at(-1)?.id ?? null];
      const left = new Map(segments.map(({ id, rawSize }) => [id, rawSize]));
      for (const row of last === null ? [] : sizesFrom.iterate(firstEvent(first))) {
        const { segment, size } = row as unknown as { readonly segment: SegmentId; readonly size: number };
        if (last !== null && segment > last) break;
        const rest = left.get(segment);
        if (rest !== undefined) left.set(segment, rest - size);
      }
      return { found: [...left].filter(([, rest]) => rest > 0).map(([id]) => id), last };
    },

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
