import type { Untold } from '../../model/fate.ts';
import type { Archive, LaneHead } from '../../model/inbox.ts';
import { isNewest, UNTOLD_LOOKED_AT } from '../fates.ts';
import type { Database } from './database.ts';
import { IS_LIVING } from './lanes.ts';

/** One step into an index for each lane. */
const HEADS = `
  SELECT l.lane, l.owner, l."notBefore", h.event_id AS "eventId", e.received_at AS "receivedAt"
  FROM (
    SELECT lane, CASE WHEN ${IS_LIVING} THEN owner END AS owner, not_before AS "notBefore" FROM tidings.lanes) l
  LEFT JOIN LATERAL (
    SELECT p AS event_id FROM tidings.pending_from(0, 1) p WHERE l.lane = 'expand'
    UNION ALL SELECT o.event_id FROM tidings.outbox_from(l.lane, 0, 1) o WHERE l.lane <> 'expand') h ON true
  LEFT JOIN tidings.events e ON e.id = h.event_id ORDER BY l.lane COLLATE "C"`;

const UNTOLD = ['dead', 'unknown']
  .map(
    (fate) => `(
      SELECT n.destination, n.state AS fate, count(*) AS count
      FROM (SELECT * FROM tidings.notifications WHERE state = '${fate}' ORDER BY id DESC LIMIT ${UNTOLD_LOOKED_AT}) n
      WHERE ${isNewest('tidings.notifications')} GROUP BY n.destination, n.state ORDER BY n.destination COLLATE "C")`,
  )
  .join(' UNION ALL ');

/** What monitors ask. */
export function vitalsOps(db: Database): Pick<Archive, 'heads' | 'untold'> {
  return {
    heads: () => db.rows<LaneHead>(HEADS),
    untold: () => db.rows<Untold>(UNTOLD),
  };
}
