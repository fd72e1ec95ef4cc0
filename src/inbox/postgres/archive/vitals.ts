import { UNTOLD_LOOKED_AT, type Untold } from '../../../model/fate.ts';
import type { Archive, LaneHead } from '../../../model/inbox/archive.ts';
import { IS_UNTOLD, isNewest } from '../../fates.ts';
import { type StandingRow, withStanding } from '../../standing.ts';
import { IS_LIVING, STANDING } from '../lanes.ts';
import type { Database } from '../server/database.ts';

/** One step into an index for each lane. */
const HEADS = `
  SELECT l.lane, CASE WHEN ${IS_LIVING} THEN l.owner END AS owner, l.not_before AS "notBefore",
         ${STANDING}, h.event_id AS "eventId",
         (SELECT e.received_at FROM tidings.events e WHERE e.id = h.event_id) AS "receivedAt"
  FROM tidings.lanes l LEFT JOIN LATERAL (
    SELECT p AS event_id FROM tidings.pending_from(0, 1) p WHERE l.lane = 'expand'
    UNION ALL SELECT o.event_id FROM tidings.outbox_from(l.lane, 0, 1) o WHERE l.lane <> 'expand') h ON true
  ORDER BY l.lane COLLATE "C"`;

const UNTOLD = ['dead', 'unknown']
  .map(
    (fate) => `(
      SELECT n.destination, n.state AS fate, count(*) AS count
      FROM (SELECT n.* FROM tidings.notifications n WHERE n.state = '${fate}' AND ${IS_UNTOLD} ORDER BY n.id DESC LIMIT ${UNTOLD_LOOKED_AT}) n
      WHERE ${isNewest('tidings.notifications')} GROUP BY n.destination, n.state ORDER BY n.destination COLLATE "C")`,
  )
  .join(' UNION ALL ');

/** What monitors ask. */
export function vitalsOps(db: Database): Pick<Archive, 'heads' | 'untold'> {
  return {
    heads: async () => (await db.rows<Omit<LaneHead, 'broken' | 'held'> & StandingRow>(HEADS)).map(withStanding),
    untold: () => db.rows<Untold>(UNTOLD),
  };
}
