import { UNTOLD_LOOKED_AT } from '../../../model/fate.ts';
import type { Cause, UntoldSelection } from '../../../model/inbox/archive.ts';
import type { NotificationId } from '../../../model/notification.ts';
import { causeOf } from '../../../model/trouble/cause.ts';
import { IS_UNTOLD, isNewest } from '../../fates.ts';
import { fullKinds, groupCauses, TROUBLE_STATES, type TroubleRow } from '../../untold/causes.ts';
import type { UntoldRow } from '../../untold/in-steps.ts';
import { all, type Database, transaction } from '../database.ts';

const found = (index: string, which: string) => `
  SELECT n.id, n.event_id AS eventId, n.reason FROM notifications n INDEXED BY ${index}
  WHERE n.state = ?1 AND ${IS_UNTOLD} AND (?2 IS NULL OR n.destination = ?2) AND ${which} AND ${isNewest('notifications')}
  ORDER BY n.event_id, n.id`;

const IN_TROUBLE_NOW = `
  SELECT n.state AS kind, n.destination AS place, n.reason, n.event_id AS eventId, coalesce(n.settled_at, 0) AS at, n.id
  FROM (
    SELECT n.id FROM notifications n INDEXED BY notifications_untold WHERE n.state = ? AND ${IS_UNTOLD}
    ORDER BY n.id DESC LIMIT ${UNTOLD_LOOKED_AT}) q
  JOIN notifications n ON n.id = q.id WHERE ${isNewest('notifications')} ORDER BY n.id DESC`;

const COUNTED = `
  SELECT count(*) AS count FROM (
    SELECT 1 FROM notifications n INDEXED BY notifications_untold WHERE n.state = ? AND ${IS_UNTOLD} LIMIT ${UNTOLD_LOOKED_AT})`;

const EVENTS_IN_TROUBLE = `
  SELECT e.state AS kind, e.source AS place, e.reason, e.id AS eventId, e.received_at AS at
  FROM events e INDEXED BY events_in_trouble
  WHERE e.state = ? AND e.state IN ('failed', 'quarantined') ORDER BY e.id DESC LIMIT ${UNTOLD_LOOKED_AT}`;

/** It waits in its lane, and nobody sends it at this moment, nor may have begun to. */
const IS_IDLE = `
  n.state = 'queued' AND n.not_before IS NULL AND NOT EXISTS (
    SELECT 1 FROM attempt_notifications an JOIN attempts a ON a.id = an.attempt_id
    WHERE an.notification_id = n.id AND a.outcome IS NULL)`;

/** What waits for a person, found on the side. */
export function untoldOps(db: Database) {
  const everywhere = db.prepare(found('notifications_untold', 'true'));
  const ofEvents = db.prepare(found('notifications_by_event', 'n.event_id IN (SELECT value FROM json_each(?3))'));
  const inTrouble = db.prepare(IN_TROUBLE_NOW);
  const counted = db.prepare(COUNTED);
  const eventsInTrouble = db.prepare(EVENTS_IN_TROUBLE);
  const idle = db.prepare(`
    SELECT n.id FROM notifications n WHERE n.destination = ? AND ${IS_IDLE} ORDER BY n.event_id, n.id`);

  return {
    untoldIn({ state, destination, cause, events }: UntoldSelection): readonly UntoldRow[] {
      const to = destination ?? null;
      const rows =
        events === undefined
          ? all<UntoldRow>(everywhere, state, to)
          : all<UntoldRow>(ofEvents, state, to, JSON.stringify(events));
      return cause === undefined ? rows : rows.filter(({ reason }) => causeOf(reason) === cause);
    },

    causes(): readonly Cause[] {
      const messages = (['dead', 'unknown'] as const).map((kind) => ({
        kind,
        rows: all<TroubleRow>(inTrouble, kind),
        count: all<{ count: number }>(counted, kind)[0]?.count ?? 0,
      }));
      const events = TROUBLE_STATES.map((kind) => {
        const rows = all<TroubleRow>(eventsInTrouble, kind);
        return { kind, rows, count: rows.length };
      });
      const looked = [...messages, ...events];
      return groupCauses(
        looked.flatMap(({ rows }) => rows),
        fullKinds(looked),
      );
    },

    idleIn: (lane: string): readonly NotificationId[] => all<{ id: number }>(idle, lane).map(({ id }) => id),
  };
}

const REQUEUE = `
  UPDATE notifications AS n SET state = 'queued', reason = NULL, settled_at = NULL, dismissed_at = NULL, tries = 0
  WHERE n.id = ? AND ${IS_UNTOLD} AND ${isNewest('notifications')}`;

const DISMISS = `UPDATE notifications AS n SET dismissed_at = ? WHERE n.id = ? AND ${IS_UNTOLD}`;

const DRAIN = `
  UPDATE notifications AS n SET state = 'dead', reason = ?1, settled_at = ?2, dismissed_at = ?2 WHERE n.id = ?3 AND ${IS_IDLE}`;

/** What a person decides about some of it, one transaction each. What went on since they were found is left alone. Returns how many it concerned. */
export function untoldWrites(db: Database) {
  const requeue = db.prepare(REQUEUE);
  const dismiss = db.prepare(DISMISS);
  const drain = db.prepare(DRAIN);
  const eachOf = (ids: readonly NotificationId[], run: (id: NotificationId) => { changes: number | bigint }) =>
    transaction(db, () => ids.reduce((count, id) => count + Number(run(id).changes), 0));

  return {
    requeue: (ids: readonly NotificationId[]): number => eachOf(ids, (id) => requeue.run(id)),
    dismiss: (ids: readonly NotificationId[], now: number): number => eachOf(ids, (id) => dismiss.run(now, id)),
    drain: (ids: readonly NotificationId[], reason: string, now: number): number =>
      eachOf(ids, (id) => drain.run(reason, now, id)),
  };
}
