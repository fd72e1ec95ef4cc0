import type { ReplaySelection, UntoldSelection } from '../../../model/inbox/archive.ts';
import { isUntold } from '../../untold/in-steps.ts';
import { all, type Database, transaction } from '../database.ts';
import { HAS_BODY } from '../upkeep/conditions.ts';

type EventSelection = Exclude<ReplaySelection, UntoldSelection>;

/** A quarantined event is released: it was never told, so it counts as no replay and keeps its dedup key. */
const AGAIN = `
  UPDATE events SET
    replays = replays + CASE state WHEN 'quarantined' THEN 0 WHEN 'pending' THEN 0 ELSE 1 END,
    released = iif(state = 'quarantined', 1, released), suspect_of = NULL, state = 'pending', reason = NULL, trace = NULL, expanded_at = NULL
  WHERE id = ? AND state <> 'pending'`;

/** Replay and release of events: beside `requeue` of messages the only way back from a final state. */
export function replayOps(db: Database) {
  const again = db.prepare(AGAIN);
  const existing = db.prepare(`SELECT e.id FROM events e WHERE e.id = ? AND e.state <> 'pending' AND ${HAS_BODY}`);
  const inState = db.prepare(`SELECT e.id FROM events e WHERE e.state = ? AND ${HAS_BODY} ORDER BY e.id`);

  function selected(selection: EventSelection): readonly number[] {
    if ('ids' in selection) return selection.ids.flatMap((id) => all<{ id: number }>(existing, id)).map(({ id }) => id);
    return all<{ id: number }>(inState, selection.state).map(({ id }) => id);
  }

  return {
    replay(selection: EventSelection, dryRun: boolean): readonly number[] {
      if (dryRun) return selected(selection);
      return transaction(db, () => {
        const ids = selected(selection);
        for (const id of ids) again.run(id);
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
      if (isUntold(selection)) return [];
      const rows = 'ids' in selection ? all(ofIds, JSON.stringify(selection.ids)) : all(inState, selection.state);
      return (rows as { id: number }[]).map(({ id }) => id);
    },
  };
}
