import type { EventId } from '../../../model/event.ts';
import { type Database, scalar } from '../database.ts';
import { rowOrNull } from './corrupt.ts';

/** The highest id that was ever given, if need be without a look at the events. */
export function lastEventId(db: Database): EventId {
  const given = rowOrNull(() => scalar(db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'")));
  return given ?? scalar(db.prepare('SELECT max(id) FROM events'));
}

/**
 * Every id that there may be from `low`, and below `high`: they are given one after the other. What has gone is skipped as far as the file
 * can say where it ends.
 */
export function* idsUp(db: Database, low: EventId, high: EventId): Generator<EventId> {
  const nextId = db.prepare('SELECT min(id) FROM events WHERE id >= ?');
  const end = Math.min(high, lastEventId(db) + 1);
  for (let id = Math.max(1, low); id < end; id++) {
    const next = rowOrNull(() => scalar(nextId, id));
    if (next === 0) return;
    id = next ?? id;
    if (id < end) yield id;
  }
}

/** The same from the newest back. */
export function* idsDown(db: Database, low: EventId, high: EventId): Generator<EventId> {
  const end = Math.max(1, low);
  for (let id = Math.min(high, lastEventId(db) + 1) - 1; id >= end; id--) yield id;
}
