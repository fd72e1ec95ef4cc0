import type { AttemptEnd } from '../../model/inbox/outbox.ts';
import type { NotificationId } from '../../model/notification.ts';
import type { Tally } from '../counts/tally.ts';
import { INTERRUPTED } from '../reasons.ts';
import { type Database, scalar } from './database.ts';

const LEAD = `
  SELECT n.id FROM attempt_notifications an JOIN notifications n ON n.id = an.notification_id
  WHERE an.attempt_id = ? ORDER BY n.event_id, n.id LIMIT 1`;

/** Notifications of one attempt. */
export const CARRIED_AND_QUEUED = `state = 'queued' AND id IN (
  SELECT notification_id FROM attempt_notifications WHERE attempt_id = ?)`;

/** The first, in event order, is `sent`; the others were told inside it. What is told needs no activity. */
const TELL = `
  UPDATE notifications SET
    state = iif(id = ?1, 'sent', 'merged'), merged_into = iif(id = ?1, NULL, ?1),
    activity = NULL, reason = NULL, settled_at = ?2
  WHERE state = 'queued' AND id IN (SELECT notification_id FROM attempt_notifications WHERE attempt_id = ?3)`;

const CLOSE = "UPDATE notifications SET state = ?, reason = ?, settled_at = ? WHERE id = ? AND state = 'queued'";
const CLOSE_CARRIED = `UPDATE notifications SET state = ?, reason = ?, settled_at = ? WHERE ${CARRIED_AND_QUEUED}`;

const UNCOUNT = `UPDATE notifications SET tries = tries - 1 WHERE ${CARRIED_AND_QUEUED} AND tries > 0`;

/** How notifications leave the queue. Inside a transaction that the lane's owner made. */
export function finalStates(db: Database) {
  const selectLead = db.prepare(LEAD);
  const endAttempt = db.prepare('UPDATE attempts SET ended_at = ?, outcome = ?, detail = ? WHERE id = ? AND lane = ?');
  const uncount = db.prepare(UNCOUNT);
  const tell = db.prepare(TELL);
  const close = db.prepare(CLOSE);
  const closeCarried = db.prepare(CLOSE_CARRIED);

  return {
    /** Into `tally` goes what arrived, and what was given up. */
    end(lane: string, attempt: AttemptEnd, now: number, tally: Tally): void {
      const { attemptId, outcome, detail, state, reason, exhausted, isUncounted } = attempt;
      const untold = (closed: { readonly changes: number | bigint }) =>
        tally.add(now, 'untold', lane, Number(closed.changes));
      if (endAttempt.run(now, outcome, detail.slice(0, 500), attemptId, lane).changes === 0) return;
      if (state === 'sent') {
        tally.add(now, 'told', lane, Number(tell.run(scalar(selectLead, attemptId), now, attemptId).changes));
      } else if (state !== 'queued') untold(closeCarried.run(state, reason, now, attemptId));
      else if (isUncounted) uncount.run(attemptId);
      else for (const id of exhausted) untold(close.run('dead', reason, now, id));
    },

    /** Nobody knows whether it arrived. */
    doubt(lane: string, id: NotificationId, now: number, tally: Tally): void {
      tally.add(now, 'untold', lane, Number(close.run('unknown', INTERRUPTED, now, id).changes));
    },
  };
}
