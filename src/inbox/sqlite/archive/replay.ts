import type { ReplaySelection } from '../../../model/inbox/archive.ts';
import { IN_TROUBLE, isNewest } from '../../fates.ts';
import { all, type Database, transaction } from '../database.ts';
import { HAS_BODY } from '../upkeep/conditions.ts';

/** A quarantined event is released: it was never told, so it counts as no replay and keeps its dedup key. */
const AGAIN = `
  UPDATE events SET
    replays = replays + CASE state WHEN 'quarantined' THEN 0 WHEN 'pending' THEN 0 ELSE 1 END,
    released = iif(state = 'quarantined', 1, released), suspect_of = NULL, state = 'pending', reason = NULL, trace = NULL, expanded_at = NULL
  WHERE id = ? AND state <> 'pending'`;

const REQUEUE = `
  UPDATE notifications AS n SET state = 'queued', reason = NULL, settled_at = NULL, tries = 0
  WHERE n.state = ? AND n.event_id = ? AND ${isNewest('notifications')}`;

/** Replay and release: the only way back from a final state. */
export function replayOps(db: Database) {
  const again = db.prepare(AGAIN);
  const requeue = db.prepare(REQUEUE);
  const existing = db.prepare(`SELECT e.id FROM events e WHERE e.id = ? AND e.state <> 'pending' AND ${HAS_BODY}`);
  const inState = db.prepare(`SELECT e.id FROM events e WHERE e.state = ? AND ${HAS_BODY} ORDER BY e.id`);
  const withNotification = db.prepare(
    `SELECT DISTINCT n.event_id AS id FROM notifications n
     WHERE n.state = ? AND ${IN_TROUBLE} AND ${isNewest('notifications')} ORDER BY n.event_id`,
  );

  function selected(selection: ReplaySelection): readonly number[] {
    if ('ids' in selection) return selection.ids.flatMap((id) => all<{ id: number }>(existing, id)).map(({ id }) => id);
    const statement = isNotificationState(selection.state) ? withNotification : inState;
    return all<{ id: number }>(statement, selection.state).map(({ id }) => id);
  }

  return {
    replay(selection: ReplaySelection, dryRun: boolean): readonly number[] {
      if (dryRun) return selected(selection);
      return transaction(db, () => {
        const ids = selected(selection);
        for (const id of ids) {
          if ('state' in selection && isNotificationState(selection.state)) requeue.run(selection.state, id);
          else again.run(id);
        }
        return ids;
      });
    },
  };
}

/** Whose bodies are gone. */
export function bodilessOps(db: Database) {
  const gone = `FROM events e WHERE NOT ${HAS_BODY} AND`;
  const ofIds = db.prepare(`SELECT e.id ${gone} e.id IN (SELECT value FROM json_each(?)) ORDER BY e.id`);
  const inState = db.prepare(`SELECT e.id ${gone} e.state = ? ORDER BY e.id`);

  return {
    bodiless(selection: ReplaySelection): readonly number[] {
      if ('state' in selection && isNotificationState(selection.state)) return [];
      const rows = 'ids' in selection ? all(ofIds, JSON.stringify(selection.ids)) : all(inState, selection.state);
      return (rows as { id: number }[]).map(({ id }) => id);
    },
  };
}

function isNotificationState(state: string): boolean {
  return state === 'dead' || state === 'unknown';
}
