import type { EventId } from '../../../model/event.ts';
import type { EventFate } from '../../../model/fate.ts';
import type { EventFilter, EventSummary } from '../../../model/inbox/records.ts';
import { type FateRow, fatesByEvent } from '../../fates.ts';
import { ofEach } from '../damage/around.ts';
import { all, type Database, snapshot } from '../database.ts';
import { finder } from './find.ts';

const FATES = `
  SELECT n.event_id AS eventId, n.destination, n.state, n.not_before IS NOT NULL AS isHeld, n.reason, n.activity
  FROM notifications n WHERE n.event_id IN (SELECT value FROM json_each(?)) ORDER BY n.id`;

export function fatesReader(db: Database) {
  const select = db.prepare(FATES);
  const read = (ids: readonly EventId[]) => all<FateRow>(select, JSON.stringify(ids));
  return (ids: readonly EventId[]): ReadonlyMap<EventId, readonly EventFate[]> => fatesByEvent(ofEach(ids, read));
}

export function listOps(db: Database) {
  const fatesOf = fatesReader(db);
  const find = finder(db);

  return {
    // What is decided meanwhile is neither missing nor there twice.
    list: (filter: EventFilter): readonly EventSummary[] =>
      snapshot(db, () => {
        const rows = find(filter);
        const fates = fatesOf(rows.map(({ id }) => id));
        return rows.map((row) => ({ ...row, fates: fates.get(row.id) ?? [] }));
      }),
  };
}
