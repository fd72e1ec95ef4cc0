import type { EventId } from '../../../model/event.ts';
import type { Fate } from '../../../model/fate.ts';
import { IN_TROUBLE, isNewest } from '../../fates.ts';
import type { Span } from '../../search/span.ts';
import { all, type Database, one } from '../database.ts';
import type { Conditions } from './conditions.ts';

/** Of a notification `n`. */
const FATE: Readonly<Record<Fate, string>> = {
  told: "n.state IN ('sent', 'merged')",
  waiting: "n.state = 'queued' AND n.not_before IS NULL",
  held: "n.state = 'queued' AND n.not_before IS NOT NULL",
  unknown: `n.state = 'unknown' AND ${IN_TROUBLE}`,
  dead: `n.state = 'dead' AND ${IN_TROUBLE}`,
};

/** Of so many events that wait, that nobody heard of, or that were put to a destination, the ids are read first. Of more, some are likely to be new. */
const FEW = 5_000;

/** Partial indexes. */
const HOLDS: Readonly<Record<Exclude<Fate, 'told'>, string>> = {
  waiting: 'notifications_queued',
  held: 'notifications_held',
  unknown: 'notifications_in_trouble',
  dead: 'notifications_in_trouble',
};

const BY_DESTINATION = 'notifications n INDEXED BY notifications_by_destination';

/** Of those in a fate, the ids; with `to` a destination is the value. Null: what was told is the rule, or nobody asked. */
function fewInFate(fate: Fate | null, to: string | undefined): string | null {
  if (fate === null || fate === 'told') return null;
  return `
    SELECT DISTINCT n.event_id AS id FROM notifications n INDEXED BY ${HOLDS[fate]}
    WHERE ${FATE[fate]} ${to === undefined ? '' : 'AND n.destination = ?'} AND ${isNewest('notifications')} LIMIT ${FEW + 1}`;
}

/** Of a destination's, the ids in a span. */
const FEW_PUT_TO = `
  SELECT DISTINCT n.event_id AS id FROM ${BY_DESTINATION}
  WHERE n.destination = ? AND n.id > 0 AND n.event_id >= ? AND n.event_id < ? LIMIT ${FEW + 1}`;

/** Which events those are. Null: they are not few, or nobody asked. */
export function fewIn(
  db: Database,
  fate: Fate | null,
  to: string | undefined,
  { low, high }: Span,
): readonly EventId[] | null {
  const inFate = fewInFate(fate, to);
  const there = to === undefined ? [] : [to];
  if (inFate === null && to === undefined) return null;
  const rows =
    inFate === null
      ? all<{ id: EventId }>(db.prepare(FEW_PUT_TO), ...there, low, high)
      : all<{ id: EventId }>(db.prepare(inFate), ...there);
  return rows.length > FEW ? null : rows.map(({ id }) => id);
}

/** The span without what is older than anything that waits: what waits is the newest as a rule. */
export function spanOfWaiting(db: Database, to: string | undefined, span: Span): Span {
  const sql = `SELECT min(n.event_id) AS low FROM notifications n INDEXED BY ${HOLDS.waiting}
    WHERE ${FATE.waiting} ${to === undefined ? '' : 'AND n.destination = ?'}`;
  const row = one<{ low: EventId | null }>(db.prepare(sql), ...(to === undefined ? [] : [to]));
  return { ...span, low: Math.max(span.low, row?.low ?? span.low) };
}

/** Each once: `put`, the id of an event that was put to this destination, within a span. */
export const PUT_TO = `
  SELECT n.event_id AS put FROM ${BY_DESTINATION}
  WHERE n.destination = ? AND n.id > 0 AND n.event_id >= ? AND n.event_id < ? AND ${isNewest('notifications')}`;

/** What became of an event: anywhere, or at one destination. */
export function andThere(conditions: Conditions, fate: Fate | null, to: string | undefined): Conditions {
  const isInFate = fate === null ? 'true' : `${FATE[fate]} AND ${isNewest('notifications')}`;
  if (to !== undefined) {
    const there = `EXISTS (SELECT 1 FROM ${BY_DESTINATION} WHERE n.destination = ? AND n.id > 0 AND n.event_id = events.id AND ${isInFate})`;
    return conditions.and(there, to);
  }
  if (fate === null) return conditions;
  return conditions.and(`EXISTS (
    SELECT 1 FROM notifications n INDEXED BY notifications_by_event WHERE n.event_id = events.id AND ${isInFate})`);
}
