import type { EventId } from '../../../model/event.ts';
import type { EventFate } from '../../../model/fate.ts';
import type { Archive } from '../../../model/inbox/archive.ts';
import { type FateRow, fatesByEvent } from '../../fates.ts';
import type { Database } from '../server/database.ts';
import { finder } from './find.ts';

const FATES = `
  SELECT n.event_id AS "eventId", n.destination, n.state, h.notification_id IS NOT NULL AS "isHeld", n.reason, a.activity
  FROM tidings.notifications n LEFT JOIN tidings.held h ON h.notification_id = n.id
  LEFT JOIN tidings.activities a ON a.notification_id = n.id
  WHERE n.event_id = ANY($1::bigint[]) ORDER BY n.id`;

export type FatesReader = (ids: readonly EventId[]) => Promise<ReadonlyMap<EventId, readonly EventFate[]>>;

export function fatesReader(db: Database): FatesReader {
  return async (ids) => fatesByEvent(await db.rows<FateRow>(FATES, [ids]));
}

export function listOps(db: Database): Pick<Archive, 'list'> {
  const fatesOf = fatesReader(db);
  const find = finder(db);

  return {
    async list(filter) {
      const rows = await find(filter);
      const fates = await fatesOf(rows.map(({ id }) => id));
      return rows.map((row) => ({ ...row, fates: fates.get(row.id) ?? [] }));
    },
  };
}
