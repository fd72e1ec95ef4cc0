import type { Fenced, Lease, Settlement } from '../../model/inbox.ts';
import type { AttemptId, NotificationId } from '../../model/notification.ts';
import { INTERRUPTED } from '../reasons.ts';
import { all, type Database, scalar, transaction } from './database.ts';
import type { Fence } from './lanes.ts';
import type { PackedWaiting, WaitingRow } from './packed.ts';

const WAITING = `
  SELECT n.id, n.event_id AS eventId, n.destination, n.rule, n.activity, n.tries, n.is_replay AS isReplay,
         e.received_at AS receivedAt, e.stored_at AS storedAt
  FROM notifications n JOIN events e ON e.id = n.event_id
  WHERE n.destination = ? AND n.state = 'queued' AND n.not_before IS NULL ORDER BY n.event_id, n.id LIMIT ?`;

/** A backlog larger than this is told in pieces anyway; counting on would only cost time. */
const COUNTED_AT_MOST = 100_000;

const LEAD = `
  SELECT n.id FROM attempt_notifications an JOIN notifications n ON n.id = an.notification_id
  WHERE an.attempt_id = ? ORDER BY n.event_id, n.id LIMIT 1`;

const CARRIED_AND_QUEUED = `state = 'queued' AND id IN (
  SELECT notification_id FROM attempt_notifications WHERE attempt_id = ?)`;

const ADOPTED = `
  SELECT n.id FROM attempts a
  JOIN attempt_notifications an ON an.attempt_id = a.id JOIN notifications n ON n.id = an.notification_id
  WHERE a.lane = ? AND a.outcome IS NULL AND a.epoch <= ? AND n.state = 'queued'`;

/** The lanes' side: claim, commit, send, settle. Every write checks the lease inside its transaction. */
export function outboxOps(db: Database, fence: Fence) {
  const selectWaiting = db.prepare(WAITING);
  const count = db.prepare(`
    SELECT count(*) FROM (
      SELECT 1 FROM notifications WHERE destination = ? AND state = 'queued' AND not_before IS NULL LIMIT ${COUNTED_AT_MOST})`);
  const insertAttempt = db.prepare(
    'INSERT INTO attempts (lane, epoch, request, size, started_at) VALUES (?, ?, ?, ?, ?)',
  );
  const carry = db.prepare('INSERT INTO attempt_notifications (attempt_id, notification_id) VALUES (?, ?)');
  const tryAgain = db.prepare(`UPDATE notifications SET tries = tries + 1 WHERE ${CARRIED_AND_QUEUED}`);
  const selectLead = db.prepare(LEAD);
  const endAttempt = db.prepare('UPDATE attempts SET ended_at = ?, outcome = ?, detail = ? WHERE id = ?');
  const tell = db.prepare(`
    UPDATE notifications SET
      state = iif(id = ?1, 'sent', 'merged'), merged_into = iif(id = ?1, NULL, ?1),
      activity = NULL, reason = NULL, settled_at = ?2
    WHERE state = 'queued' AND id IN (SELECT notification_id FROM attempt_notifications WHERE attempt_id = ?3)`);
  const closeCarried = db.prepare(
    `UPDATE notifications SET state = ?, reason = ?, settled_at = ? WHERE ${CARRIED_AND_QUEUED}`,
  );
  const close = db.prepare(
    "UPDATE notifications SET state = ?, reason = ?, settled_at = ? WHERE id = ? AND state = 'queued'",
  );
  const pause = db.prepare('UPDATE lanes SET not_before = ?, failures = ? WHERE lane = ?');
  const selectAdopted = db.prepare(ADOPTED);
  const closeOpen = db.prepare(`
    UPDATE attempts SET ended_at = ?, outcome = 'unknown', detail = '${INTERRUPTED}'
    WHERE lane = ? AND outcome IS NULL AND epoch <= ?`);

  function settleOne(settlement: Settlement, now: number): void {
    const { attemptId, outcome, detail, state, reason, exhausted } = settlement;
    endAttempt.run(now, outcome, detail.slice(0, 500), attemptId);
    if (state === 'sent') tell.run(scalar(selectLead, attemptId), now, attemptId);
    else if (state !== 'queued') closeCarried.run(state, reason, now, attemptId);
    else for (const id of exhausted) close.run('dead', reason, now, id);
  }

  return {
    waiting(lane: string, limit: number): PackedWaiting {
      const rows = all<WaitingRow>(selectWaiting, lane, limit);
      return { rows, total: rows.length < limit ? rows.length : scalar(count, lane) };
    },

    begin(
      lease: Lease,
      messages: readonly { readonly request: string; readonly notifications: readonly NotificationId[] }[],
      now: number,
    ): readonly AttemptId[] | Fenced {
      return transaction(db, () => {
        if (!fence(lease)) return 'fenced';
        return messages.map(({ request, notifications }) => {
          const attempt = insertAttempt.run(lease.lane, lease.epoch, request, notifications.length, now);
          for (const id of notifications) carry.run(attempt.lastInsertRowid, id);
          tryAgain.run(attempt.lastInsertRowid);
          return Number(attempt.lastInsertRowid);
        });
      });
    },

    settle(
      lease: Lease,
      settlements: readonly Settlement[],
      lane: { readonly notBefore: number; readonly failures: number },
      now: number,
    ): 'done' | Fenced {
      return transaction(db, () => {
        if (!fence(lease)) return 'fenced';
        for (const settlement of settlements) settleOne(settlement, now);
        pause.run(lane.notBefore, lane.failures, lease.lane);
        return 'done';
      });
    },

    adopt(lease: Lease, policy: 'resend' | 'hold', now: number): number | Fenced {
      return transaction(db, () => {
        if (!fence(lease)) return 'fenced';
        const uncertain = all<{ id: NotificationId }>(selectAdopted, lease.lane, lease.epoch);
        if (policy === 'hold') for (const { id } of uncertain) close.run('unknown', INTERRUPTED, now, id);
        closeOpen.run(now, lease.lane, lease.epoch);
        return uncertain.length;
      });
    },
  };
}
