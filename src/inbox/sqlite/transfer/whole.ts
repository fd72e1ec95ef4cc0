import type { EventId } from '../../../model/event.ts';
import type { Selection, WholeEvent } from '../../../model/inbox/transfer.ts';
import { type CarriedAttempt, type WholeNotificationRow, type WholeRow, wholeEvents } from '../../whole-events.ts';
import { withinBytes } from '../../within-bytes.ts';
import { ofEach, pageOrAround } from '../damage/around.ts';
import { rowOrNull } from '../damage/corrupt.ts';
import { idsUp, lastEventId } from '../damage/event-ids.ts';
import { all, type Database, one, snapshot } from '../database.ts';
import { segmentReader } from '../segments.ts';
import { HAS_BODY, MAY_HAVE_BODY } from '../upkeep/conditions.ts';

const columns = (hasBody: string) => `
  id, source, type, action, delivery_id AS deliveryId, origin, repo, actor, about, state, reason, received_at AS receivedAt, guid,
  body_digest AS bodyDigest, stored_at AS storedAt, expanded_at AS expandedAt, secret_no AS secretNo, replays, released,
  suspect_of AS suspectOf, trace, (SELECT until FROM settling WHERE event_id = e.id) AS settlesAt, ${hasBody} AS hasBody,
  segment_id AS segmentId, segment_offset AS segmentOffset, headers_size AS headersSize, body_size AS bodySize`;

const LAST = 'SELECT max(id) AS id FROM (SELECT id FROM events WHERE id > ? ORDER BY id LIMIT ?)';

const selectedSql = (hasBody: string, ids: string) => `
  SELECT ${columns(hasBody)} FROM events e
  WHERE received_at >= coalesce(?1, received_at) AND received_at < coalesce(?2, received_at + 1)
    AND (?3 IS NULL OR repo = ?3 COLLATE NOCASE) AND source = coalesce(?4, source)
  AND ${ids} ORDER BY id`;

const BY_ID = `SELECT ${columns(HAS_BODY)} FROM events e WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`;

const NOTIFICATIONS = `
  SELECT event_id AS eventId, id, destination, rule, state, reason, tries, merged_into AS mergedInto, is_replay AS isReplay,
         not_before AS notBefore, settled_at AS settledAt, dismissed_at AS dismissedAt, dedup_key AS dedupKey, echo_key AS echoKey
  FROM notifications WHERE event_id IN (SELECT value FROM json_each(?)) ORDER BY id`;

const ATTEMPTS = `
  SELECT an.notification_id AS notificationId, a.id, a.started_at AS startedAt, a.ended_at AS endedAt, a.outcome, a.request,
         a.detail, a.size
  FROM attempt_notifications an JOIN attempts a ON a.id = an.attempt_id
  WHERE an.notification_id IN (SELECT value FROM json_each(?)) ORDER BY a.id`;

/** Events on their way to another thread: headers and bodies end to end in one piece of memory, which changes hands. */
export interface PackedWhole {
  readonly rows: readonly WholeRow[];
  /** Of each row how many bytes are its own, or what is wrong with them. Null: they are gone. */
  readonly sizes: readonly (number | string | null)[];
  readonly notifications: readonly WholeNotificationRow[];
  readonly attempts: readonly CarriedAttempt[];
  readonly bytes: Uint8Array;
  readonly lastId: EventId | null;
}

/** Reading events with all that is about them. On the reading thread. */
export function wholeOps(db: Database) {
  const selectById = db.prepare(BY_ID);
  const selectNotifications = db.prepare(NOTIFICATIONS);
  const selectAttempts = db.prepare(ATTEMPTS);
  const read = segmentReader(db);

  function pack(rows: readonly WholeRow[], lastId: EventId | null): PackedWhole {
    const parts: Buffer[] = [];
    const sizes = rows.map((row) => {
      if (!row.hasBody) return null;
      const { bytes, damage } = read(row);
      if (bytes === null) return damage;
      // A copy: what is read holds until the next question.
      parts.push(Buffer.from(bytes));
      return bytes.length;
    });
    const notifications = ofEach(
      rows.map(({ id }) => id),
      (ids) => all<WholeNotificationRow>(selectNotifications, JSON.stringify(ids)),
    );
    return {
      rows,
      sizes,
      notifications,
      attempts: ofEach(
        notifications.map(({ id }) => id),
        (ids) => all<CarriedAttempt>(selectAttempts, JSON.stringify(ids)),
      ),
      bytes: concatenated(parts),
      lastId,
    };
  }

  const page = pageReader(db);

  function selected(selection: Selection, afterId: EventId, limit: number): PackedWhole {
    const { rows: found, last } = page(selection, afterId, limit);
    const rows = withinBytes(found);
    return pack(rows, rows.length < found.length ? (rows.at(-1)?.id ?? last) : last);
  }

  return {
    readWhole: (selection: Selection, afterId: EventId, limit: number): PackedWhole =>
      snapshot(db, () => selected(selection, afterId, limit)),

    /** In id order, about 4 MiB at most. */
    wholeOf: (ids: readonly EventId[]): PackedWhole =>
      snapshot(db, () => pack(withinBytes(all<WholeRow>(selectById, JSON.stringify(ids))), null)),
  };
}

interface Page {
  readonly rows: readonly WholeRow[];
  /** The last event that was looked at. Null: there are no more. */
  readonly last: EventId | null;
}

function pageReader(db: Database): (selection: Selection, afterId: EventId, limit: number) => Page {
  const selectLast = db.prepare(LAST);
  const selectPage = db.prepare(selectedSql(HAS_BODY, 'id > ?5 AND id <= ?6'));
  const selectAnyway = db.prepare(selectedSql(MAY_HAVE_BODY, 'id = ?5'));

  function lastOf(afterId: EventId, limit: number): EventId | null {
    const row = rowOrNull(() => one<{ id: EventId | null }>(selectLast, afterId, limit));
    if (row !== null) return row?.id ?? null;
    const newest = lastEventId(db);
    return afterId < newest ? Math.min(afterId + limit, newest) : null;
  }

  return ({ since, until, repo, source }, afterId, limit) => {
    const last = lastOf(afterId, limit);
    if (last === null) return { rows: [], last };
    const { rows } = pageOrAround(() => all<WholeRow>(selectPage, since, until, repo, source, afterId, last), {
      ids: () => idsUp(db, afterId + 1, last + 1),
      read: (id) => one<WholeRow>(selectAnyway, since, until, repo, source, id),
      limit,
    });
    return { rows, last };
  };
}

function concatenated(parts: readonly Buffer[]): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) at += part.copy(bytes, at);
  return bytes;
}

export function unpackWhole({ rows, sizes, notifications, attempts, bytes }: PackedWhole): readonly WholeEvent[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const stored = sizes.map((size) => (typeof size === 'number' ? buffer.subarray(at, (at += size)) : size));
  return wholeEvents({ rows, stored, notifications, attempts });
}
