import type { EventId } from '../../../model/event.ts';
import type { SegmentId } from '../../../model/inbox/upkeep.ts';
import { type Database, scalar } from '../database.ts';
import { IS_NEEDED } from './conditions.ts';

const FROM = `
  SELECT e.id, e.source, e.repo, e.received_at AS receivedAt, e.segment_id AS segmentId, e.segment_offset AS segmentOffset,
         e.headers_size AS headersSize, e.body_size AS bodySize, ${IS_NEEDED} AS isNeeded
  FROM events e WHERE e.id >= ? ORDER BY e.id`;

/** In which segment the event is or was, or else the next one. */
const SEGMENT_FROM = 'SELECT abs(segment_id) FROM events WHERE id >= ? ORDER BY id LIMIT 1';

export interface SegmentEvent {
  readonly id: EventId;
  readonly source: string;
  readonly repo: string | null;
  readonly receivedAt: number;
  /** Below 0: it is gone. */
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
  readonly isNeeded: number;
}

/**
 * The id from which on events lie in a segment or in a later one: both grow together. By halves, some 25 looks at the primary key:
 * an index would cost every receipt a page.
 */
export function firstEventFinder(db: Database): (segment: SegmentId) => EventId {
  const segmentFrom = db.prepare(SEGMENT_FROM);
  const first = db.prepare('SELECT min(id) FROM events');
  const last = db.prepare('SELECT max(id) FROM events');

  return (segment) => {
    let low = scalar(first);
    let high = scalar(last) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (scalar(segmentFrom, middle) < segment) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Finds those events of a segment whose bodies are in it. Segments that are asked for in order are found side by side. */
export function segmentEvents(db: Database): (segment: SegmentId) => readonly SegmentEvent[] {
  const firstEvent = firstEventFinder(db);
  const from = db.prepare(FROM);
  const segmentFrom = db.prepare(SEGMENT_FROM);
  let expected: EventId = 0;

  return (segment) => {
    const isHere = scalar(segmentFrom, expected) === segment;
    const events: SegmentEvent[] = [];
    for (const row of from.iterate(isHere ? expected : firstEvent(segment))) {
      const event = row as unknown as SegmentEvent;
      if (Math.abs(event.segmentId) > segment) break;
      expected = event.id + 1;
      if (event.segmentId === segment) events.push(event);
    }
    return events;
  };
}
