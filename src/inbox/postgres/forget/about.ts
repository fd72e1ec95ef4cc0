import type { EventId } from '../../../model/event.ts';
import type { Forgotten, LookedAt } from '../../../model/inbox/forgetting.ts';
import { type AboutRow, aboutOf, isAbout } from '../../about.ts';
import type { KeysAbout } from '../../forget-found.ts';
import type { Query } from '../server/database.ts';
import { bytesReader, type Place } from '../stored-bytes.ts';
import type { ReceiptKey, ResultKey } from '../upkeep/aged.ts';
import { HAS_BODY } from '../upkeep/conditions.ts';

/** All that is kept as text of an event `e` with its decision `d`, but for its headers and body. */
const TEXTS = `
  concat_ws(' ', d.reason, d.trace, d.actor, d.about,
    (SELECT string_agg(concat_ws(' ', n.reason, a.activity, n.dedup_key, n.echo_key), ' ') FROM tidings.notifications n
     LEFT JOIN tidings.activities a ON a.notification_id = n.id WHERE n.event_id = e.id),
    (SELECT string_agg(concat_ws(' ', a.request, a.detail), ' ') FROM tidings.notifications n
     JOIN tidings.attempt_notifications an ON an.notification_id = n.id JOIN tidings.attempts a ON a.id = an.attempt_id
     WHERE n.event_id = e.id))`;

const EVENTS = `
  SELECT e.id, d.repo, d.reason, e."hasBody", CASE WHEN e."hasBody" THEN NULL ELSE ${TEXTS} END AS texts,
         (d.event_id IS NULL OR (SELECT true FROM tidings.pending p WHERE p.event_id = e.id) IS NOT NULL
          OR (SELECT true FROM tidings.settling s WHERE s.event_id = e.id) IS NOT NULL) AS "isPending",
         (SELECT count(*) FROM tidings.notifications n
          WHERE n.event_id = e.id AND n.state IN ('queued', 'dead', 'unknown')) AS untold,
         e.segment_id AS "segmentId", e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize",
         e.body_size AS "bodySize"
  FROM (SELECT e.*, ${HAS_BODY} AS "hasBody" FROM tidings.events e WHERE e.id > $1 ORDER BY e.id LIMIT $2) e
  LEFT JOIN tidings.decisions d ON d.event_id = e.id ORDER BY e.id`;

/** Keys that one question looks at. */
const KEYS = 5_000;

const RESULTS = `
  SELECT key, event_id AS "eventId" FROM tidings.results WHERE (key, event_id) > ($1, $2) ORDER BY key, event_id LIMIT ${KEYS}`;
const RECEIPTS = `
  SELECT destination, thread FROM tidings.receipts WHERE (destination, thread) > ($1, $2)
  ORDER BY destination, thread LIMIT ${KEYS}`;

/** Looking for what is about somebody or something. */
export function aboutOps(db: Query) {
  const read = bytesReader(db);

  return {
    async eventsAbout(what: Forgotten, afterId: EventId, limit: number): Promise<LookedAt> {
      const about = aboutOf(what);
      const rows = await db.rows<AboutRow & Place>(EVENTS, [afterId, limit]);
      const there = rows.filter(({ hasBody }) => hasBody);
      const bytes = await read(there);
      const stored = new Map(there.map(({ id }, index) => [id, bytes[index]?.bytes ?? null]));
      const found = rows.filter((row) => isAbout(about, row, stored.get(row.id) ?? null));
      const events = found.map(({ id, hasBody, isPending, untold }) => {
        return { id, hasBody: Boolean(hasBody), isPending: Boolean(isPending), untold };
      });
      return { events, lastId: rows.at(-1)?.id ?? null };
    },

    async resultsAbout(what: Forgotten, after: ResultKey): Promise<KeysAbout<ResultKey>> {
      const about = aboutOf(what);
      const rows = await db.rows<{ key: string; eventId: number }>(RESULTS, after);
      const keys = rows.map(({ key, eventId }) => [key, eventId] as const);
      return { found: keys.filter(([key]) => about.isInText(key)), last: keys.at(-1) ?? null };
    },

    async receiptsAbout(what: Forgotten, after: ReceiptKey): Promise<KeysAbout<ReceiptKey>> {
      const about = aboutOf(what);
      const rows = await db.rows<{ destination: string; thread: string }>(RECEIPTS, after);
      const keys = rows.map(({ destination, thread }) => [destination, thread] as const);
      return { found: keys.filter(([, thread]) => about.isInText(thread)), last: keys.at(-1) ?? null };
    },
  };
}
