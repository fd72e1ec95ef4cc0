import type { EventId } from '../../../model/event.ts';
import type { Archive, ReplaySelection, UntoldSelection } from '../../../model/inbox/archive.ts';
import { isUntold } from '../../untold/in-steps.ts';
import type { Database } from '../server/database.ts';
import { HAS_BODY, HAS_BODY_OF_ALL } from '../upkeep/conditions.ts';
import { LOCK_DECISIONS } from '../upkeep/upkeep.ts';
import { untoldOps } from './untold.ts';

type EventSelection = Exclude<ReplaySelection, UntoldSelection>;

const EXISTING = `
  SELECT a.id FROM unnest($1::bigint[]) WITH ORDINALITY AS a (id, n) JOIN tidings.decisions d ON d.event_id = a.id
  JOIN tidings.events e ON e.id = a.id
  WHERE ${HAS_BODY} AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = a.id)
    AND NOT EXISTS (SELECT FROM tidings.settling s WHERE s.event_id = a.id) ORDER BY a.n`;

const PENDING = `
  SELECT event_id AS id FROM tidings.pending UNION SELECT event_id FROM tidings.settling ORDER BY id`;

const IN_STATE = `
  SELECT d.event_id AS id FROM tidings.decisions d JOIN tidings.events e ON e.id = d.event_id
  WHERE d.state = $1 AND ${HAS_BODY_OF_ALL}
    AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = d.event_id)
    AND NOT EXISTS (SELECT FROM tidings.settling s WHERE s.event_id = d.event_id) ORDER BY d.event_id`;

const BODILESS = `
  SELECT e.id FROM tidings.events e WHERE e.id = ANY($1::bigint[]) AND NOT ${HAS_BODY} ORDER BY e.id`;

const BODILESS_IN_STATE = `
  SELECT d.event_id AS id FROM tidings.decisions d JOIN tidings.events e ON e.id = d.event_id
  WHERE d.state = $1 AND NOT ${HAS_BODY_OF_ALL} ORDER BY d.event_id`;

/** Ten million take some seconds. */
const PATIENCE = { timeoutMs: 60_000 } as const;

/**
 * A quarantined event is released: it was never told, so it counts as no replay and keeps its dedup key. Whoever puts it into
 * the queue counts it: of two at the same moment only one does.
 */
const AGAIN = `
  WITH queued AS (
    INSERT INTO tidings.pending (event_id) SELECT e.id FROM tidings.events e
    WHERE e.id = ANY($1::bigint[]) AND ${HAS_BODY} AND NOT EXISTS (SELECT FROM tidings.settling s WHERE s.event_id = e.id) ON CONFLICT DO NOTHING RETURNING event_id
  ), again AS (
    UPDATE tidings.decisions d SET
      replays = d.replays + CASE d.state WHEN 'quarantined' THEN 0 ELSE 1 END,
      released = d.released OR d.state = 'quarantined', suspect_of = NULL, reason = NULL, trace = NULL, expanded_at = NULL
    FROM queued WHERE d.event_id = queued.event_id
  )
  SELECT pg_notify('tidings', 'replay')`;

/** One statement puts so many back: 200,000 took 9 s, longer than any may take. */
const AT_ONCE = 5_000;

/** Replay and release: the only way back from a final state. `forget` is called after each. */
export function replayOps(
  db: Database,
  now: () => number,
  forget: () => void,
): Pick<Archive, 'replay' | 'bodiless' | 'causes' | 'dismiss' | 'drain'> {
  const { requeue, ...untold } = untoldOps(db, now, forget);
  return {
    ...untold,

    bodiless: (selection) => bodiless(db, selection),

    async replay(selection, { dryRun }) {
      if (isUntold(selection)) return dryRun ? (await untold.dismiss(selection, { dryRun })).ids : requeue(selection);
      if (dryRun) return selected(db, selection);
      const ids = await selected(db, selection);
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const some = ids.slice(from, from + AT_ONCE);
        if (!isPending(selection)) await again(db, some);
      }
      forget();
      return ids;
    },
  };
}

/** A body that is there once the decisions are locked stays there: whoever erases it locks them too. */
function again(db: Database, ids: readonly EventId[]): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.rows(LOCK_DECISIONS, [ids]);
    await tx.rows(AGAIN, [ids]);
  });
}

async function bodiless(db: Database, selection: ReplaySelection): Promise<readonly EventId[]> {
  if (isUntold(selection) || isPending(selection)) return [];
  const [sql, value] = 'ids' in selection ? [BODILESS, selection.ids] : [BODILESS_IN_STATE, selection.state];
  return (await db.rows<{ id: EventId }>(sql, [value], PATIENCE)).map(({ id }) => id);
}

async function selected(db: Database, selection: EventSelection): Promise<readonly EventId[]> {
  const rows = await rowsOf(db, selection);
  return rows.map(({ id }) => id);
}

function rowsOf(db: Database, selection: EventSelection): Promise<readonly { readonly id: EventId }[]> {
  if ('ids' in selection) return db.rows(EXISTING, [selection.ids]);
  if (isPending(selection)) return db.rows(PENDING);
  return db.rows(IN_STATE, [selection.state], PATIENCE);
}

function isPending(selection: ReplaySelection): boolean {
  return 'state' in selection && selection.state === 'pending';
}
