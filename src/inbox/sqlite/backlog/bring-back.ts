import { all, type Database, one, recomputable } from '../database.ts';

/** What one call brought back. */
export interface BroughtBack {
  /** Events and notifications: with none, nobody is woken. */
  readonly count: number;
  /** Those that have something new in their lanes. */
  readonly destinations: readonly string[];
  /** There may be more. */
  readonly isMore: boolean;
}

const NOTHING: BroughtBack = { count: 0, destinations: [], isMore: false };

/** A night's worth may be large: so many of each, about 20 ms, then acknowledgements have their turn. */
const AT_ONCE = 2_000;

const ANYTHING_DUE = `
  SELECT 1 AS due FROM settling WHERE until <= ?1 UNION ALL SELECT 1 FROM notifications WHERE not_before <= ?1 LIMIT 1`;

const IN_SIGHT = `
  UPDATE settling SET until = NULL WHERE event_id IN (
    SELECT event_id FROM settling WHERE until <= ? ORDER BY until, event_id LIMIT ${AT_ONCE})`;

const INTO_LANES = `
  UPDATE notifications SET not_before = NULL WHERE id IN (
    SELECT id FROM notifications WHERE not_before <= ? ORDER BY not_before, event_id LIMIT ${AT_ONCE})
  RETURNING destination`;

/** Asked about once a second: while nothing is due it takes no lock, and costs two looks at an index. */
export function bringBackOps(db: Database) {
  const anythingDue = db.prepare(ANYTHING_DUE);
  const inSight = db.prepare(IN_SIGHT);
  const intoLanes = db.prepare(INTO_LANES);

  return {
    bringBack(upTo: number): BroughtBack {
      if (one(anythingDue, upTo) === undefined) return NOTHING;
      return recomputable(db, () => {
        const events = Number(inSight.run(upTo).changes);
        const notifications = all<{ destination: string }>(intoLanes, upTo);
        return {
          count: events + notifications.length,
          destinations: [...new Set(notifications.map(({ destination }) => destination))],
          isMore: events === AT_ONCE || notifications.length === AT_ONCE,
        };
      });
    },
  };
}
