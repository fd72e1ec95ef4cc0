// What a store that nobody looked after holds, so that the pages have something to show: written straight into the tables, because
// putting a hundred thousand messages into a lane through the store's own code takes minutes.

/** Of the newest events, in one lane that nobody owns. */
const WAITING = 100_000;
const LANES = 50;
/** Of all lanes together. */
const DEAD = 1_000;

/** A lane that waits. */
export const WAITING_LANE = 'slow';
/** One of those in which messages died. */
export const DEAD_LANE = 'lane-07';

const REASON = "CASE e.id % 5 WHEN 0 THEN 'channel_not_found' WHEN 1 THEN 'invalid_auth' ELSE 'invalid_blocks' END";
const ALL_LANES = Array.from({ length: LANES }, (_, n) => `('${laneName(n)}')`).join(', ');
const DEAD_IN = `'lane-' || substr('0' || (e.id % ${LANES}), -2)`;
const DEAD_IN_POSTGRES = `'lane-' || lpad((e.id % ${LANES})::text, 2, '0')`;

const newest = (table: string, count: number) =>
  `(SELECT id, received_at FROM ${table} ORDER BY id DESC LIMIT ${count})`;

function laneName(n: number): string {
  return `lane-${String(n).padStart(2, '0')}`;
}

export const SQLITE_TROUBLE = `
  BEGIN;
  INSERT OR IGNORE INTO lanes (lane) VALUES ${ALL_LANES}, ('${WAITING_LANE}');
  INSERT INTO notifications (event_id, destination, rule, state, dedup_key, is_replay)
    SELECT e.id, '${WAITING_LANE}', 'news', 'queued', 'waiting ' || e.id, 0 FROM ${newest('events', WAITING)} e ORDER BY e.id;
  INSERT INTO notifications (event_id, destination, rule, state, reason, dedup_key, is_replay, tries, settled_at)
    SELECT e.id, ${DEAD_IN}, 'news', 'dead', ${REASON}, 'dead ' || e.id, 0, 3, e.received_at FROM ${newest('events', DEAD)} e ORDER BY e.id;
  COMMIT;`;

export const POSTGRES_TROUBLE = `
  INSERT INTO tidings.lanes (lane) VALUES ${ALL_LANES}, ('${WAITING_LANE}') ON CONFLICT DO NOTHING;
  WITH waiting AS (
    INSERT INTO tidings.notifications (event_id, destination, rule, state, dedup_key, origin, is_replay)
      SELECT e.id, '${WAITING_LANE}', 'news', 'queued', 'waiting ' || e.id, 'webhook', false FROM ${newest('tidings.events', WAITING)} e ORDER BY e.id
      RETURNING id, event_id)
  INSERT INTO tidings.outbox (destination, event_id, notification_id) SELECT '${WAITING_LANE}', event_id, id FROM waiting;
  INSERT INTO tidings.notifications (event_id, destination, rule, state, reason, dedup_key, origin, is_replay, tries, settled_at)
    SELECT e.id, ${DEAD_IN_POSTGRES}, 'news', 'dead', ${REASON}, 'dead ' || e.id, 'webhook', false, 3, e.received_at
    FROM ${newest('tidings.events', DEAD)} e ORDER BY e.id;`;
