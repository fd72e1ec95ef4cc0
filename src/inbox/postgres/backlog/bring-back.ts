import type { Backlog } from '../../../model/inbox/backlog.ts';
import type { Database } from '../server/database.ts';

const IS_ANYTHING_DUE = 'SELECT tidings.is_anything_due($1) AS due';

/**
 * A night's worth may be large, and no statement may take longer than 8 s. What another process brings back at this moment,
 * or the expander has in hand, is passed by: the next call finds it.
 */
const AT_ONCE = 5_000;

const BRING_BACK = `
  WITH settled AS MATERIALIZED (
    SELECT event_id FROM tidings.settling WHERE until <= $1 ORDER BY until, event_id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
  ), over AS MATERIALIZED (
    SELECT notification_id FROM tidings.held WHERE not_before <= $1
    ORDER BY not_before, event_id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
  ), in_sight AS (
    UPDATE tidings.settling s SET until = NULL FROM settled WHERE s.event_id = settled.event_id RETURNING s.event_id
  ), pending AS (
    INSERT INTO tidings.pending (event_id) SELECT event_id FROM in_sight ON CONFLICT DO NOTHING
  ), let_go AS (
    DELETE FROM tidings.held h USING over WHERE h.notification_id = over.notification_id
    RETURNING h.destination, h.event_id, h.notification_id
  ), queued AS (
    INSERT INTO tidings.outbox (destination, event_id, notification_id)
    SELECT destination, event_id, notification_id FROM let_go
  ), counted AS (
    SELECT (SELECT count(*) FROM in_sight) AS events, (SELECT count(*) FROM let_go) AS notifications
  )
  SELECT events, notifications, array(SELECT DISTINCT destination FROM let_go) AS destinations,
         CASE WHEN events + notifications > 0 THEN pg_notify('tidings', 'replay') END
  FROM counted`;

interface BroughtBack {
  readonly events: number;
  readonly notifications: number;
  readonly destinations: readonly string[];
}

/** What comes back has ids below what the queues have come to: `forget` is called after each, and others hear `replay`. */
export function bringBackOps(db: Database, forget: () => void): Pick<Backlog, 'bringBack'> {
  return {
    async bringBack(upTo) {
      const [look] = await db.rows<{ due: boolean }>(IS_ANYTHING_DUE, [Math.floor(upTo)]);
      if (look?.due !== true) return [];
      const destinations = new Set<string>();
      for (let isMore = true; isMore; ) {
        const [some] = await db.rows<BroughtBack>(BRING_BACK, [Math.floor(upTo)]);
        forget();
        for (const destination of some?.destinations ?? []) destinations.add(destination);
        isMore = some?.events === AT_ONCE || some?.notifications === AT_ONCE;
      }
      return [...destinations];
    },
  };
}
