import type { EventId } from '../../../model/event.ts';
import type { AuditEntry, Forgotten, LookedAt } from '../../../model/inbox/forgetting.ts';
import { type AboutRow, aboutOf, isAbout } from '../../about.ts';
import type { KeysAbout } from '../../forget-found.ts';
import { all, type Database, snapshot } from '../database.ts';
import { segmentReader } from '../segments.ts';
import type { ReceiptKey, ResultKey } from '../upkeep/aged.ts';
import { HAS_BODY } from '../upkeep/conditions.ts';

/** All that is kept as text of an event `e`, but for its headers and body. */
const TEXTS = `
  concat_ws(' ', e.reason, e.trace, e.actor, e.about,
    (SELECT group_concat(concat_ws(' ', n.reason, n.activity, n.dedup_key, n.echo_key), ' ') FROM notifications n WHERE n.event_id = e.id),
    (SELECT group_concat(concat_ws(' ', a.request, a.detail), ' ')
     FROM notifications n JOIN attempt_notifications an ON an.notification_id = n.id JOIN attempts a ON a.id = an.attempt_id
     WHERE n.event_id = e.id))`;

const EVENTS = `
  SELECT e.id, e.repo, e.reason, ${HAS_BODY} AS hasBody, e.state = 'pending' AS isPending,
         (SELECT count(*) FROM notifications n WHERE n.event_id = e.id AND n.state IN ('queued', 'dead', 'unknown')) AS untold,
         iif(${HAS_BODY}, NULL, ${TEXTS}) AS texts,
         e.segment_id AS segmentId, e.segment_offset AS segmentOffset, e.headers_size AS headersSize, e.body_size AS bodySize
  FROM events e WHERE e.id > ? ORDER BY e.id LIMIT ?`;

interface Row extends AboutRow {
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
}

/** Keys that one question looks at. */
const KEYS = 5_000;

/** Looking for what is about somebody or something. On the reading thread. */
export function aboutOps(db: Database) {
  const selectEvents = db.prepare(EVENTS);
  const selectResults = db.prepare(
    `SELECT key, event_id AS eventId FROM results WHERE (key, event_id) > (?, ?) ORDER BY key, event_id LIMIT ${KEYS}`,
  );
  const selectReceipts = db.prepare(
    `SELECT destination, thread FROM receipts WHERE (destination, thread) > (?, ?) ORDER BY destination, thread LIMIT ${KEYS}`,
  );
  const read = segmentReader(db);

  function look(what: Forgotten, afterId: EventId, limit: number): LookedAt {
    const about = aboutOf(what);
    const rows = all<Row>(selectEvents, afterId, limit);
    const found = rows.filter((row) => {
      return isAbout(about, row, row.hasBody ? read(row).bytes : null);
    });
    const events = found.map(({ id, hasBody, isPending, untold }) => {
      return { id, hasBody: Boolean(hasBody), isPending: Boolean(isPending), untold };
    });
    return { events, lastId: rows.at(-1)?.id ?? null };
  }

  return {
    eventsAbout: (what: Forgotten, afterId: EventId, limit: number): LookedAt =>
      snapshot(db, () => look(what, afterId, limit)),

    resultsAbout(what: Forgotten, after: ResultKey): KeysAbout<ResultKey> {
      const about = aboutOf(what);
      const rows = all<{ key: string; eventId: number }>(selectResults, ...after);
      const keys = rows.map(({ key, eventId }) => [key, eventId] as const);
      return { found: keys.filter(([key]) => about.isInText(key)), last: keys.at(-1) ?? null };
    },

    receiptsAbout(what: Forgotten, after: ReceiptKey): KeysAbout<ReceiptKey> {
      const about = aboutOf(what);
      const rows = all<{ destination: string; thread: string }>(selectReceipts, ...after);
      const keys = rows.map(({ destination, thread }) => [destination, thread] as const);
      return { found: keys.filter(([, thread]) => about.isInText(thread)), last: keys.at(-1) ?? null };
    },

    audit: (limit: number): readonly AuditEntry[] =>
      all<AuditRow>(
        db.prepare('SELECT id, at, what, detail FROM audit WHERE who IS NULL ORDER BY id DESC LIMIT ?'),
        limit,
      ).map((row) => {
        return { ...row, detail: JSON.parse(row.detail) };
      }),
  };
}

interface AuditRow extends Omit<AuditEntry, 'detail'> {
  readonly detail: string;
}
