import type { EventId } from '../../../model/event.ts';
import type { AuditEntry, Forgetting, Forgotten } from '../../../model/inbox/forgetting.ts';
import type { SegmentId } from '../../../model/inbox/upkeep.ts';
import { FORGOTTEN } from '../../../model/pruning/gone.ts';
import { type About, aboutOf } from '../../about.ts';
import { forgetFound } from '../../forget-found.ts';
import { forgetKnown } from '../known/forget.ts';
import { pgKey } from '../pg-text.ts';
import { forgetWords } from '../search/write.ts';
import type { Database, Query } from '../server/database.ts';
import type { ReceiptKey, ResultKey } from '../upkeep/aged.ts';
import { segmentsOf, segmentsWithStrays } from '../upkeep/kept.ts';
import { columnsOf, DELETE_RECEIPTS, DELETE_RESULTS, eraseOps, LOCK_DECISIONS } from '../upkeep/upkeep.ts';
import { aboutOps } from './about.ts';

/** The expander decides under this lock: whoever holds it knows that nothing is decided meanwhile. */
const LOCK_EXPANDER = "SELECT 1 FROM tidings.lanes WHERE lane = 'expand' FOR UPDATE";

/** What is kept of events by their ids, in the order in which it goes. */
const FORGET = [
  `UPDATE tidings.attempts SET request = '${FORGOTTEN}', detail = NULL WHERE id IN (
     SELECT an.attempt_id FROM tidings.attempt_notifications an JOIN tidings.notifications n ON n.id = an.notification_id
     WHERE n.event_id = ANY($1::bigint[]))`,
  `WITH open AS (
     DELETE FROM tidings.notifications WHERE event_id = ANY($1::bigint[]) AND state IN ('queued', 'dead', 'unknown')
     RETURNING id, destination, event_id
   ), carried AS (
     DELETE FROM tidings.attempt_notifications an USING open o WHERE an.notification_id = o.id
   ), held AS (
     DELETE FROM tidings.held h USING open o WHERE h.notification_id = o.id
   ), activities AS (
     DELETE FROM tidings.activities a USING open o WHERE a.notification_id = o.id
   )
   DELETE FROM tidings.outbox x USING open o
   WHERE x.destination = o.destination AND x.event_id = o.event_id AND x.notification_id = o.id`,
  `UPDATE tidings.notifications SET reason = NULL WHERE event_id = ANY($1::bigint[]) AND reason IS NOT NULL`,
  'DELETE FROM tidings.settling WHERE event_id = ANY($1::bigint[])',
  'DELETE FROM tidings.pending WHERE event_id = ANY($1::bigint[])',
  // What was never decided has no digest; nothing is compared with an empty one.
  `INSERT INTO tidings.decisions (event_id, state, reason, body_digest, source, expanded_at)
   SELECT e.id, 'skipped', '${FORGOTTEN}', ''::bytea, e.source, e.stored_at FROM tidings.events e WHERE e.id = ANY($1::bigint[])
   ON CONFLICT (event_id) DO UPDATE SET
     state = CASE decisions.state WHEN 'quarantined' THEN 'skipped' ELSE decisions.state END, reason = excluded.reason,
     trace = NULL, actor = NULL, about = NULL, suspect_of = NULL, expanded_at = coalesce(decisions.expanded_at, excluded.expanded_at)`,
];

const KEYS = `
  SELECT id, dedup_key AS "dedupKey", echo_key AS "echoKey" FROM tidings.notifications WHERE event_id = ANY($1::bigint[])`;
const WRITE_KEYS = 'UPDATE tidings.notifications SET dedup_key = $2, echo_key = $3 WHERE id = $1';
const REPOS =
  'SELECT event_id AS id, repo FROM tidings.decisions WHERE event_id = ANY($1::bigint[]) AND repo IS NOT NULL';
const CLEAR_REPOS = 'UPDATE tidings.decisions SET repo = NULL WHERE event_id = ANY($1::bigint[])';

/** Was it decided once, and is it again pending by a replay: then it is skipped now. */
const SKIP_PENDING = `
  UPDATE tidings.decisions d SET state = 'skipped' WHERE d.event_id IN (
    SELECT p.event_id FROM tidings.pending p WHERE p.event_id = ANY($1::bigint[])
    UNION ALL SELECT s.event_id FROM tidings.settling s WHERE s.event_id = ANY($1::bigint[]))`;

/** Taking away what is about somebody or something. `forget`: queues are to be read from their beginnings. */
export function forgetOps(db: Database, now: () => number, forget: () => void): Forgetting {
  const { eventsAbout, resultsAbout, receiptsAbout } = aboutOps(db);
  const erase = eraseOps(db);

  const removed = async (sql: string, ...values: readonly unknown[]): Promise<number> =>
    (await db.rows<{ count: number }>(sql, values))[0]?.count ?? 0;

  return {
    eventsAbout,

    async forgetEvents(what, ids) {
      await db.transaction((tx) => forgetTexts(tx, aboutOf(what), ids));
      forget();
      for (const segment of await segmentsOf(db, ids)) await erase(null, segment, ids);
    },

    async forgetKeys(what: Forgotten) {
      const results = await forgetFound<ResultKey>(
        ['', 0],
        (after) => resultsAbout(what, after),
        (keys) => removed(DELETE_RESULTS, ...columnsOf(keys)),
      );
      const receipts = await forgetFound<ReceiptKey>(
        ['', ''],
        (after) => receiptsAbout(what, after),
        (keys) => removed(DELETE_RECEIPTS, ...columnsOf(keys), Number.MAX_SAFE_INTEGER),
      );
      return results + receipts + (await forgetKnown(db, what, now()));
    },

    forgetStrays: () =>
      forgetFound<SegmentId>(
        0,
        (after) => segmentsWithStrays(db, after),
        async (segments) => {
          let cleaned = 0;
          for (const segment of segments) if ((await erase(null, segment, [])) !== null) cleaned++;
          return cleaned;
        },
      ),

    async noteAudit(what, detail) {
      const sql = 'INSERT INTO tidings.audit (at, what, detail) VALUES ($1, $2, $3) RETURNING id';
      const [entry] = await db.rows<{ id: number }>(sql, [now(), what, JSON.stringify(detail)]);
      return entry?.id ?? 0;
    },

    async amendAudit(id, detail) {
      await db.rows('UPDATE tidings.audit SET detail = $2 WHERE id = $1', [id, JSON.stringify(detail)]);
    },

    async audit(limit) {
      const sql = 'SELECT id, at, what, detail FROM tidings.audit WHERE who IS NULL ORDER BY id DESC LIMIT $1';
      const rows = await db.rows<Omit<AuditEntry, 'detail'> & { detail: string }>(sql, [limit]);
      return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
    },
  };
}

async function forgetTexts(tx: Query, about: About, ids: readonly EventId[]): Promise<void> {
  await tx.rows(LOCK_EXPANDER);
  await tx.rows(LOCK_DECISIONS, [ids]);
  await tx.rows(SKIP_PENDING, [ids]);
  for (const sql of FORGET) await tx.rows(sql, [ids]);
  const keys = await tx.rows<{ id: number; dedupKey: string; echoKey: string | null }>(KEYS, [ids]);
  for (const { id, dedupKey, echoKey } of keys) {
    const [dedup, echo] = [about.key(dedupKey), echoKey && about.key(echoKey)];
    if (dedup !== dedupKey || echo !== echoKey) await tx.rows(WRITE_KEYS, [id, pgKey(dedup), pgKey(echo)]);
  }
  const repos = await tx.rows<{ id: EventId; repo: string }>(REPOS, [ids]);
  const named = repos.filter(({ repo }) => about.isRepo(repo)).map(({ id }) => id);
  if (named.length > 0) await tx.rows(CLEAR_REPOS, [named]);
  await forgetWords(tx, ids);
}
