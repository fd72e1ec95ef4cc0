import { UNTOLD_LOOKED_AT, type Untold } from '../../../model/fate.ts';
import type { LaneHead } from '../../../model/inbox/archive.ts';
import { IS_UNTOLD, isNewest } from '../../fates.ts';
import { type StandingRow, withStanding } from '../../standing.ts';
import { all, type Database } from '../database.ts';
import { IS_LIVING, STANDING } from '../lanes.ts';

/** One step into an index for each lane. */
const HEADS = `
  SELECT h.lane, h.owner, h.notBefore, h.brokenAt, h.brokenReason, h.heldBy, h.heldAt, h.heldUntil, h.eventId, e.received_at AS receivedAt
  FROM (
    SELECT lane, iif(${IS_LIVING}, owner, NULL) AS owner, not_before AS notBefore,
      ${STANDING},
      CASE lane WHEN 'expand' THEN (
        SELECT p.id FROM events p LEFT JOIN settling s ON s.event_id = p.id
        WHERE p.state = 'pending' AND s.until IS NULL ORDER BY p.id LIMIT 1)
      ELSE (
        SELECT n.event_id FROM notifications n
        WHERE n.destination = lane AND n.state = 'queued' AND n.not_before IS NULL ORDER BY n.event_id, n.id LIMIT 1)
      END AS eventId
    FROM lanes) h
  LEFT JOIN events e ON e.id = h.eventId ORDER BY h.lane`;

const UNTOLD = `
  SELECT n.destination, n.state AS fate, count(*) AS count
  FROM (
    SELECT n.id, n.event_id, n.destination, n.state FROM notifications n INDEXED BY notifications_untold
    WHERE n.state = ? AND ${IS_UNTOLD} ORDER BY n.id DESC LIMIT ${UNTOLD_LOOKED_AT}) n
  WHERE ${isNewest('notifications')} GROUP BY n.destination, n.state ORDER BY n.destination`;

/** What monitors ask. On the writer's thread, which is there anyway: another costs 13 MB for as long as somebody probes. */
export function vitalsOps(db: Database) {
  const selectHeads = db.prepare(HEADS);
  const selectUntold = db.prepare(UNTOLD);

  return {
    heads: (now: number): readonly LaneHead[] =>
      all<Omit<LaneHead, 'broken' | 'held'> & StandingRow>(selectHeads, now).map(withStanding),
    untold: (): readonly Untold[] => ['dead', 'unknown'].flatMap((fate) => all<Untold>(selectUntold, fate)),
  };
}
