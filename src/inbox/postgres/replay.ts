import type { EventId } from '../../model/event.ts';
import type { Archive, ReplaySelection } from '../../model/inbox.ts';
import type { Database, Query } from './database.ts';

const EXISTING = `
  SELECT a.id FROM unnest($1::bigint[]) WITH ORDINALITY AS a (id, n) JOIN tidings.decisions d ON d.event_id = a.id
  WHERE NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = a.id) ORDER BY a.n`;

const PENDING = 'SELECT event_id AS id FROM tidings.pending ORDER BY event_id';

const IN_STATE = `
  SELECT d.event_id AS id FROM tidings.decisions d
  WHERE d.state = $1 AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = d.event_id) ORDER BY d.event_id`;

const WITH_NOTIFICATION =
  'SELECT DISTINCT event_id AS id FROM tidings.notifications WHERE state = $1 ORDER BY event_id';

/** A quarantined event is released: it was never told, so it counts as no replay and keeps its dedup key. */
const AGAIN = `
  WITH again AS (
    UPDATE tidings.decisions d SET
      replays = d.replays + CASE d.state WHEN 'quarantined' THEN 0 ELSE 1 END,
      released = d.released OR d.state = 'quarantined', suspect_of = NULL, reason = NULL, trace = NULL, expanded_at = NULL
    WHERE d.event_id = ANY($1::bigint[]) AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = d.event_id)
    RETURNING d.event_id
  ), queued AS (
    INSERT INTO tidings.pending (event_id) SELECT event_id FROM again ON CONFLICT DO NOTHING
  )
  SELECT pg_notify('tidings', 'replay')`;

const REQUEUE = `
  WITH again AS (
    UPDATE tidings.notifications SET state = 'queued', reason = NULL, settled_at = NULL, tries = 0
    WHERE state = $2 AND event_id = ANY($1::bigint[]) RETURNING destination, event_id, id
  ), queued AS (
    INSERT INTO tidings.outbox (destination, event_id, notification_id) SELECT destination, event_id, id FROM again
  )
  SELECT pg_notify('tidings', 'replay')`;

/** Replay and release: the only way back from a final state. `forget` is called after each. */
export function replayOps(db: Database, forget: () => void): Pick<Archive, 'replay'> {
  return {
    async replay(selection, { dryRun }) {
      if (dryRun) return selected(db, selection);
      const ids = await db.transaction(async (tx) => {
        const chosen = await selected(tx, selection);
        if (chosen.length === 0) return chosen;
        if (isOfNotifications(selection)) await tx.rows(REQUEUE, [chosen, selection.state]);
        else await tx.rows(AGAIN, [chosen]);
        return chosen;
      });
      forget();
      return ids;
    },
  };
}

async function selected(query: Query, selection: ReplaySelection): Promise<readonly EventId[]> {
  const rows = await rowsOf(query, selection);
  return rows.map(({ id }) => id);
}

function rowsOf(query: Query, selection: ReplaySelection): Promise<readonly { readonly id: EventId }[]> {
  if ('ids' in selection) return query.rows(EXISTING, [selection.ids]);
  if (selection.state === 'pending') return query.rows(PENDING);
  return query.rows(isOfNotifications(selection) ? WITH_NOTIFICATION : IN_STATE, [selection.state]);
}

function isOfNotifications(
  selection: ReplaySelection,
): selection is ReplaySelection & { readonly state: 'dead' | 'unknown' } {
  return 'state' in selection && (selection.state === 'dead' || selection.state === 'unknown');
}
