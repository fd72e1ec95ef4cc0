import type { EventId } from '../../../model/event.ts';
import type { Transfer } from '../../../model/inbox/transfer.ts';
import { type CarriedAttempt, type WholeNotificationRow, type WholeRow, wholeEvents } from '../../whole-events.ts';
import { withinBytes } from '../../within-bytes.ts';
import { FROM, SUMMARY } from '../archive/read.ts';
import { pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';
import { bytesReader } from '../stored-bytes.ts';
import { HAS_BODY } from '../upkeep/conditions.ts';

const COLUMNS = `
  ${SUMMARY}, e.guid, d.body_digest AS "bodyDigest", e.stored_at AS "storedAt", d.expanded_at AS "expandedAt",
  e.secret_no AS "secretNo", coalesce(d.replays, 0) AS replays, coalesce(d.released, false) AS released, d.suspect_of AS "suspectOf",
  s.until AS "settlesAt", d.trace, e.segment_id AS "segmentId", e.segment_offset AS "segmentOffset",
  e.headers_size AS "headersSize", e.body_size AS "bodySize", ${HAS_BODY} AS "hasBody"`;

const LAST = 'SELECT max(id) AS id FROM (SELECT id FROM tidings.events WHERE id > $1 ORDER BY id LIMIT $2) e';

const SELECTED = `
  SELECT ${COLUMNS} ${FROM}
  WHERE e.id > $1 AND e.id <= $2 AND ($3::bigint IS NULL OR e.received_at >= $3) AND ($4::bigint IS NULL OR e.received_at < $4)
    AND ($5::text IS NULL OR lower(d.repo) = lower($5)) AND ($6::text IS NULL OR e.source = $6)
  ORDER BY e.id`;

const BY_ID = `SELECT ${COLUMNS} ${FROM} WHERE e.id = ANY($1::bigint[]) ORDER BY e.id`;

const NOTIFICATIONS = `
  SELECT n.event_id AS "eventId", n.id, n.destination, n.rule, n.state, n.reason, n.tries, n.merged_into AS "mergedInto",
         n.is_replay AS "isReplay", h.not_before AS "notBefore", n.settled_at AS "settledAt", n.dismissed_at AS "dismissedAt", n.dedup_key AS "dedupKey",
         n.echo_key AS "echoKey"
  FROM tidings.notifications n LEFT JOIN tidings.held h ON h.notification_id = n.id
  WHERE n.event_id = ANY($1::bigint[]) ORDER BY n.id`;

const ATTEMPTS = `
  SELECT an.notification_id AS "notificationId", a.id, a.started_at AS "startedAt", a.ended_at AS "endedAt", a.outcome,
         a.request, a.detail, a.size
  FROM tidings.attempt_notifications an JOIN tidings.attempts a ON a.id = an.attempt_id
  WHERE an.notification_id = ANY($1::bigint[]) ORDER BY a.id`;

/** Reading events with all that is about them. */
export function wholeOps(db: Database): Pick<Transfer, 'readWhole' | 'wholeOf'> {
  const read = bytesReader(db);

  async function whole(rows: readonly WholeRow[]) {
    const ids = rows.map(({ id }) => id);
    const notifications = await db.rows<WholeNotificationRow>(NOTIFICATIONS, [ids]);
    const attempts = await db.rows<CarriedAttempt>(ATTEMPTS, [notifications.map(({ id }) => id)]);
    const there = rows.filter(({ hasBody }) => hasBody);
    const bytes = await read(there);
    const stored = new Map(there.map(({ id }, index) => [id, bytes[index]?.bytes ?? bytes[index]?.damage]));
    return wholeEvents({ rows, stored: ids.map((id) => stored.get(id) ?? null), notifications, attempts });
  }

  return {
    async readWhole({ since, until, repo, source }, afterId, limit) {
      const [end] = await db.rows<{ id: EventId | null }>(LAST, [afterId, limit]);
      const last = end?.id ?? null;
      if (last === null) return { events: [], lastId: null };
      const found = await db.rows<WholeRow>(SELECTED, [afterId, last, since, until, pgText(repo), pgText(source)]);
      const rows = withinBytes(found);
      return { events: await whole(rows), lastId: rows.length < found.length ? (rows.at(-1)?.id ?? last) : last };
    },

    wholeOf: async (ids) => whole(withinBytes(await db.rows<WholeRow>(BY_ID, [ids]))),
  };
}
