import type { EventId } from '../../../model/event.ts';
import { UNTOLD_LOOKED_AT, type UntoldFate } from '../../../model/fate.ts';
import type { Archive, UntoldSelection } from '../../../model/inbox/archive.ts';
import type { NotificationId } from '../../../model/notification.ts';
import { causeOf } from '../../../model/trouble/cause.ts';
import { IS_UNTOLD, isNewest } from '../../fates.ts';
import { fullKinds, groupCauses, TROUBLE_STATES, type TroubleRow } from '../../untold/causes.ts';
import { drainedBy, eventsOf, inSteps, type UntoldRow } from '../../untold/in-steps.ts';
import { pgText } from '../pg-text.ts';
import type { Database, Query } from '../server/database.ts';

/** Ten million take some seconds. */
const PATIENCE = { timeoutMs: 60_000 } as const;

const FOUND = `
  SELECT n.id, n.event_id AS "eventId", n.reason FROM tidings.notifications n
  WHERE n.state = $1 AND ${IS_UNTOLD} AND ($2::text IS NULL OR n.destination = $2)
    AND ${isNewest('tidings.notifications')}`;
const IN_ORDER = 'ORDER BY n.event_id, n.id';

const looked = (fate: UntoldFate) => `
  SELECT n.* FROM tidings.notifications n WHERE n.state = '${fate}' AND ${IS_UNTOLD} ORDER BY n.id DESC LIMIT ${UNTOLD_LOOKED_AT}`;

const inTrouble = (fate: UntoldFate) => `
  SELECT n.state AS kind, n.destination AS place, n.reason, n.event_id AS "eventId", coalesce(n.settled_at, 0) AS at
  FROM (${looked(fate)}) n WHERE ${isNewest('tidings.notifications')} ORDER BY n.id DESC`;

const counted = (fate: UntoldFate) => `SELECT count(*) AS count FROM (${looked(fate)}) n`;

const EVENTS_IN_TROUBLE = `
  SELECT d.state AS kind, e.source AS place, d.reason, e.id AS "eventId", e.received_at AS at
  FROM (
    SELECT d.* FROM tidings.decisions d
    WHERE d.state = $1 AND d.state IN ('failed', 'quarantined')
      AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = d.event_id)
      AND NOT EXISTS (SELECT FROM tidings.settling s WHERE s.event_id = d.event_id)
    ORDER BY d.event_id DESC LIMIT ${UNTOLD_LOOKED_AT}) d
  JOIN tidings.events e ON e.id = d.event_id ORDER BY e.id DESC`;

const REQUEUE = `
  WITH again AS (
    UPDATE tidings.notifications n SET state = 'queued', reason = NULL, settled_at = NULL, dismissed_at = NULL, tries = 0
    WHERE n.id = ANY($1::bigint[]) AND ${IS_UNTOLD} AND ${isNewest('tidings.notifications')}
    RETURNING n.destination, n.event_id, n.id
  ), queued AS (
    INSERT INTO tidings.outbox (destination, event_id, notification_id) SELECT destination, event_id, id FROM again
  )
  SELECT count(*) AS count, pg_notify('tidings', 'replay') FROM again`;

const DISMISS = `
  WITH dismissed AS (
    UPDATE tidings.notifications n SET dismissed_at = $2 WHERE n.id = ANY($1::bigint[]) AND ${IS_UNTOLD} RETURNING n.id)
  SELECT count(*) AS count FROM dismissed`;

/** Nobody sends it at this moment, nor may have begun to. */
const IS_IDLE = `NOT EXISTS (
  SELECT FROM tidings.attempt_notifications an JOIN tidings.attempts a ON a.id = an.attempt_id
  WHERE an.notification_id = n.id AND a.outcome IS NULL)`;

const IDLE = `
  SELECT o.notification_id AS id FROM tidings.outbox o JOIN tidings.notifications n ON n.id = o.notification_id
  WHERE o.destination = $1 AND ${IS_IDLE} ORDER BY o.event_id, o.notification_id`;

/**
 * Of what begins in a lane its row is locked first (outbox.ts): whoever holds that lock sees all that had begun, and nothing
 * begins until it commits.
 */
const LOCK_LANE = `
  INSERT INTO tidings.lanes (lane) VALUES ($1) ON CONFLICT (lane) DO UPDATE SET lane = excluded.lane`;

const DRAIN = `
  WITH drained AS (
    UPDATE tidings.notifications n SET state = 'dead', reason = $3, settled_at = $4, dismissed_at = $4
    FROM tidings.outbox o
    WHERE n.id = ANY($2::bigint[]) AND n.state = 'queued' AND o.destination = $1 AND o.event_id = n.event_id AND o.notification_id = n.id
      AND ${IS_IDLE}
    RETURNING n.id, n.event_id, n.destination
  ), gone AS (
    DELETE FROM tidings.outbox o USING drained d
    WHERE o.destination = d.destination AND o.event_id = d.event_id AND o.notification_id = d.id
  )
  SELECT count(*) AS count FROM drained`;

/** What waits for a person, and what they decide about it, a little at a time. `forget` is called after what puts back into lanes. */
export function untoldOps(
  db: Database,
  now: () => number,
  forget: () => void,
): Pick<Archive, 'causes' | 'dismiss' | 'drain'> & {
  requeue(selection: UntoldSelection): Promise<readonly EventId[]>;
} {
  return {
    causes: async () => {
      const asked = await Promise.all([
        ...(['dead', 'unknown'] as const).map((kind) => messagesOf(db, kind)),
        ...TROUBLE_STATES.map((kind) => eventsIn(db, kind)),
      ]);
      return groupCauses(
        asked.flatMap(({ rows }) => rows),
        fullKinds(asked),
      );
    },

    async requeue(selection) {
      const rows = await found(db, selection);
      await inSteps(idsOf(rows), (some) => countOf(db, REQUEUE, [some]));
      forget();
      return eventsOf(rows);
    },

    async dismiss(selection, { dryRun }) {
      const rows = await found(db, selection);
      const ids = eventsOf(rows);
      if (dryRun) return { count: rows.length, ids };
      return { count: await inSteps(idsOf(rows), (some) => countOf(db, DISMISS, [some, now()])), ids };
    },

    async drain(lane, { by }, { dryRun }) {
      const idle = await db.rows<{ id: NotificationId }>(IDLE, [lane], PATIENCE);
      if (dryRun) return idle.length;
      return inSteps(idsOf(idle), (some) =>
        db.transaction(async (tx) => {
          await tx.rows(LOCK_LANE, [lane]);
          return countOf(tx, DRAIN, [lane, some, pgText(drainedBy(by)), now()]);
        }),
      );
    },
  };
}

async function found(
  db: Database,
  { state, destination, cause, events }: UntoldSelection,
): Promise<readonly UntoldRow[]> {
  const to = pgText(destination ?? null);
  const rows =
    events === undefined
      ? await db.rows<UntoldRow>(`${FOUND} ${IN_ORDER}`, [state, to], PATIENCE)
      : await db.rows<UntoldRow>(
          `${FOUND} AND n.event_id = ANY($3::bigint[]) ${IN_ORDER}`,
          [state, to, events],
          PATIENCE,
        );
  return cause === undefined ? rows : rows.filter(({ reason }) => causeOf(reason) === cause);
}

async function messagesOf(db: Database, kind: UntoldFate) {
  const [rows, count] = await Promise.all([db.rows<TroubleRow>(inTrouble(kind)), countOf(db, counted(kind), [])]);
  return { kind, rows, count };
}

async function eventsIn(db: Database, kind: (typeof TROUBLE_STATES)[number]) {
  const rows = await db.rows<TroubleRow>(EVENTS_IN_TROUBLE, [kind]);
  return { kind, rows, count: rows.length };
}

function idsOf(rows: readonly { readonly id: NotificationId }[]): readonly NotificationId[] {
  return rows.map(({ id }) => id);
}

async function countOf(db: Query, sql: string, values: readonly unknown[]): Promise<number> {
  const [row] = await db.rows<{ count: number }>(sql, values);
  return row?.count ?? 0;
}
