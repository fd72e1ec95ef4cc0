import type { AttemptId, NotificationId } from '../../model/notification.ts';
import { hourOf } from '../counts/tally.ts';
import { countLaneSql } from './hours.ts';
import { pgText } from './pg-text.ts';
import type { Query } from './server/database.ts';

/** The first of each attempt, in event order, is `sent`; the others were told inside it. What is told needs no activity. */
const TELL = `
  WITH carried AS (
    SELECT n.id, first_value(n.id) OVER (PARTITION BY an.attempt_id ORDER BY n.event_id, n.id) AS lead
    FROM tidings.attempt_notifications an JOIN tidings.notifications n ON n.id = an.notification_id
    WHERE an.attempt_id = ANY($1::bigint[])
  ), told AS (
    UPDATE tidings.notifications n SET
      state = CASE WHEN n.id = c.lead THEN 'sent' ELSE 'merged' END,
      merged_into = CASE WHEN n.id = c.lead THEN NULL ELSE c.lead END, reason = NULL, settled_at = $2
    FROM carried c WHERE n.id = c.id AND n.state = 'queued' RETURNING n.id, n.event_id, n.destination
  ), counted AS (${countLaneSql('told', 'told', '$3')}
  ), forgotten AS (
    DELETE FROM tidings.activities a USING told t WHERE a.notification_id = t.id
  )
  DELETE FROM tidings.outbox o USING told t
  WHERE o.destination = t.destination AND o.event_id = t.event_id AND o.notification_id = t.id`;

const CARRIED = 'SELECT notification_id AS id FROM tidings.attempt_notifications WHERE attempt_id = $1';

const CLOSE = `
  WITH closed AS (
    UPDATE tidings.notifications SET state = $2, reason = $3, settled_at = $4
    WHERE id = ANY($1::bigint[]) AND state = 'queued' RETURNING id, event_id, destination
  ), counted AS (${countLaneSql('closed', 'untold', '$5')}
  )
  DELETE FROM tidings.outbox o USING closed c
  WHERE o.destination = c.destination AND o.event_id = c.event_id AND o.notification_id = c.id`;

const UNCOUNT = `
  UPDATE tidings.notifications SET tries = tries - 1 WHERE id IN (${CARRIED}) AND state = 'queued' AND tries > 0`;

/** The try says nothing of what it carried. */
export async function uncount(tx: Query, attemptId: AttemptId): Promise<void> {
  await tx.rows(UNCOUNT, [attemptId]);
}

export async function tell(tx: Query, attempts: readonly AttemptId[], now: number): Promise<void> {
  await tx.rows(TELL, [attempts, now, hourOf(now)]);
}

type Closing = (
  | { readonly ids: readonly NotificationId[]; readonly attemptId?: never }
  | { readonly attemptId: AttemptId; readonly ids?: never }
) & { readonly state: 'dead' | 'unknown'; readonly reason: string | null; readonly now: number };

/** What is still queued of these, or of what this attempt carried, is given up. Its activity stays, for a replay. */
export async function close(tx: Query, { ids, attemptId, state, reason, now }: Closing): Promise<void> {
  const chosen = ids ?? (await tx.rows<{ id: number }>(CARRIED, [attemptId])).map(({ id }) => id);
  if (chosen.length > 0) await tx.rows(CLOSE, [chosen, state, pgText(reason), now, hourOf(now)]);
}
