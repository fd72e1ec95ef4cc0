import type { EventId } from '../../../model/event.ts';
import type { KeptEvent, SegmentId, Upkeep } from '../../../model/inbox/upkeep.ts';
import { type Erasure, planErasure } from '../../erasure.ts';
import type { KeysAbout } from '../../forget-found.ts';
import type { Segment } from '../../segment-codec.ts';
import type { Query } from '../server/database.ts';
import { HAS_BODY, IS_NEEDED } from './conditions.ts';

const SEGMENTS = 'SELECT id, octet_length(data) AS bytes FROM tidings.segments WHERE id > $1 ORDER BY id LIMIT $2';

const COLUMNS = `
  e.id, e.source, (SELECT d.repo FROM tidings.decisions d WHERE d.event_id = e.id) AS repo, e.received_at AS "receivedAt",
  e.segment_id AS "segmentId", e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize", e.body_size AS "bodySize",
  ${IS_NEEDED} AS "isNeeded"`;

const RANGE = 'SELECT tidings.first_event_of($1) AS low, tidings.first_event_of($2) AS high';

const IN_RANGE = `
  SELECT ${COLUMNS} FROM tidings.events e WHERE e.id >= $2 AND e.id < $3 AND e.segment_id = ANY($1::bigint[]) ORDER BY e.id`;

/** Each by itself. LIMIT keeps the planner from reading all events to join them: so many are never in one segment. */
const IN_SEGMENTS = `
  SELECT ${COLUMNS}
  FROM (SELECT s.id, tidings.first_event_of(s.id) AS low, tidings.first_event_of(s.id + 1) AS high
        FROM unnest($1::bigint[]) AS s (id) OFFSET 0) s
  CROSS JOIN LATERAL (
    SELECT * FROM tidings.events WHERE id >= s.low AND id < s.high ORDER BY id LIMIT 4000) e
  WHERE e.segment_id = s.id ORDER BY e.id`;

/** Of so many events those in segments side by side are found at once. */
const SIDE_BY_SIDE = 20_000;

const EVENTS = `
  SELECT e.id, e.source, (SELECT d.repo FROM tidings.decisions d WHERE d.event_id = e.id) AS repo, e.received_at AS "receivedAt",
         CASE WHEN ${HAS_BODY} THEN e.headers_size + e.body_size ELSE 0 END AS bytes, ${IS_NEEDED} AS "isNeeded"
  FROM tidings.events e WHERE e.id > $1 ORDER BY e.id LIMIT $2`;

const SEGMENT = `
  SELECT codec, raw_size AS "rawSize", data, id < (SELECT max(id) FROM tidings.segments) AS "mayGoWhole"
  FROM tidings.segments WHERE id = $1`;

const SEGMENTS_OF = `
  SELECT DISTINCT e.segment_id AS id FROM tidings.events e
  WHERE e.id = ANY($1::bigint[]) AND ${HAS_BODY} AND NOT ${IS_NEEDED}`;

/** Segments, and whether they are larger than their events were, bodies that are gone included: with strays, or where strays were. */
const STRAYS = `
  WITH page AS MATERIALIZED (
    SELECT id, raw_size FROM tidings.segments WHERE id > $1 ORDER BY id LIMIT 200
  ), range AS MATERIALIZED (
    SELECT tidings.first_event_of(min(id)) AS low, tidings.first_event_of(max(id) + 1) AS high FROM page
  ), used AS MATERIALIZED (
    SELECT abs(e.segment_id) AS id, sum(e.headers_size + e.body_size) AS size
    FROM tidings.events e WHERE e.id >= (SELECT low FROM range) AND e.id < (SELECT high FROM range) GROUP BY 1
  )
  SELECT p.id, p.raw_size > coalesce(u.size, 0) AS "hasStrays" FROM page p LEFT JOIN used u ON u.id = p.id ORDER BY p.id`;

const SIZE = `
  SELECT sum(pg_total_relation_size(oid))::bigint AS bytes FROM pg_class
  WHERE relnamespace = 'tidings'::regnamespace AND relkind = 'r'`;

interface SegmentEvent extends Omit<KeptEvent, 'bytes'> {
  readonly segmentId: SegmentId;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
}

/** What there is, and how bodies are taken out of it. */
export function keptOps(db: Query): Pick<Upkeep, 'keptSegments' | 'keptEvents' | 'storedSize'> {
  return {
    async keptSegments(after, limit) {
      const segments = await db.rows<{ id: SegmentId; bytes: number }>(SEGMENTS, [after, limit]);
      if (segments.length === 0) return [];
      const events = await eventsOf(
        db,
        segments.map(({ id }) => id),
      );
      const bySegment = Map.groupBy(events, ({ segmentId }) => segmentId);
      return segments.map(({ id, bytes }) => ({ id, bytes, events: (bySegment.get(id) ?? []).map(keptEvent) }));
    },

    keptEvents: (after, limit) => db.rows<KeptEvent>(EVENTS, [after, limit]),

    async storedSize() {
      const [size] = await db.rows<{ bytes: number }>(SIZE);
      return { bytes: size?.bytes ?? 0, freeBytes: 0 };
    },
  };
}

export async function planOne(db: Query, segment: SegmentId, ids: readonly EventId[]): Promise<Erasure | null> {
  const [stored] = await db.rows<Segment & { mayGoWhole: boolean }>(SEGMENT, [segment]);
  if (stored === undefined) return null;
  const events = await eventsOf(db, [segment]);
  return planErasure(segment, stored, events, { ids: new Set(ids), mayGoWhole: stored.mayGoWhole });
}

/** Those whose bodies are in these segments, which are given in order. */
async function eventsOf(db: Query, segments: readonly SegmentId[]): Promise<readonly SegmentEvent[]> {
  const [first = 0, last = first] = [segments[0], segments.at(-1)];
  const [range] = await db.rows<{ low: EventId; high: EventId }>(RANGE, [first, last + 1]);
  if (range === undefined) return [];
  const { low, high } = range;
  return high - low > SIDE_BY_SIDE ? db.rows(IN_SEGMENTS, [segments]) : db.rows(IN_RANGE, [segments, low, high]);
}

/** Which segments hold bodies of these. */
export async function segmentsOf(db: Query, ids: readonly EventId[]): Promise<readonly SegmentId[]> {
  return (await db.rows<{ id: SegmentId }>(SEGMENTS_OF, [ids])).map(({ id }) => id);
}

export async function segmentsWithStrays(db: Query, after: SegmentId): Promise<KeysAbout<SegmentId>> {
  const rows = await db.rows<{ id: SegmentId; hasStrays: boolean }>(STRAYS, [after]);
  return { found: rows.filter(({ hasStrays }) => hasStrays).map(({ id }) => id), last: rows.at(-1)?.id ?? null };
}

function keptEvent({ id, source, repo, receivedAt, headersSize, bodySize, isNeeded }: SegmentEvent): KeptEvent {
  return { id, source, repo, receivedAt, bytes: headersSize + bodySize, isNeeded };
}
