import type { Subjects } from '../../../model/inbox/subjects.ts';
import type { Heard } from '../../../model/known/card.ts';
import { learnedFrom } from '../../known/learned.ts';
import { type SubjectRow, subjectOf } from '../../known/stored-facts.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { pgKey } from '../pg-text.ts';
import type { Database, Query } from '../server/database.ts';
import { SUBJECTS_LOCK } from '../server/locks.ts';

export const LOCK_SUBJECTS = `SELECT pg_advisory_xact_lock(${SUBJECTS_LOCK})`;

const SELECT = 'SELECT thread, version, facts FROM tidings.subjects WHERE thread = ANY($1::text[])';

const WRITE = `
  INSERT INTO tidings.subjects (thread, version, checks, facts, heard_at)
  SELECT x.thread, x.version, x.checks, x.facts, $2::bigint
  FROM json_to_recordset($1::json) AS x (thread text, version bigint, checks text, facts text)
  ON CONFLICT (thread) DO UPDATE SET
    version = excluded.version, checks = excluded.checks, facts = excluded.facts, heard_at = excluded.heard_at`;

/** Wakes the lanes. `$1`: threads; `$2`: now. */
export const FALL_BEHIND = `
  WITH behind AS (
    UPDATE tidings.cards SET wanted = wanted + 1, behind_since = CASE WHEN shown < wanted THEN behind_since ELSE $2::bigint END
    WHERE thread = ANY(array(
      SELECT unnest($1::text[]) UNION SELECT s.thread FROM tidings.subjects s WHERE s.checks = ANY($1::text[])))
    RETURNING 1)
  SELECT pg_notify('tidings', 'told') FROM behind LIMIT 1`;

const WANT = `
  WITH wanted AS (
    INSERT INTO tidings.cards (thread, destination, state, posts, wanted, shown, behind_since)
    SELECT DISTINCT x.thread, x.destination, 'new', 0, 1, 0, $2::bigint
    FROM json_to_recordset($1::json) AS x (thread text, destination text) JOIN tidings.subjects s ON s.thread = x.thread
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT pg_notify('tidings', 'told') FROM wanted LIMIT 1`;

const PAGE = 'SELECT thread, version, facts FROM tidings.subjects WHERE thread > $1 ORDER BY thread LIMIT $2';

async function learn(tx: Query, heard: readonly Heard[], now: number): Promise<void> {
  if (heard.length === 0) return;
  // One after the other: what two hear of one subject at once is merged, also where nothing was known of it.
  await tx.rows(LOCK_SUBJECTS);
  const rows = await tx.rows<SubjectRow>(SELECT, [heard.map(({ thread }) => thread)]);
  const learned = learnedFrom(heard, new Map(rows.map((row) => [row.thread, row])));
  if (learned.length > 0) await tx.rows(WRITE, [JSON.stringify(learned), now]);
  const news = learned.filter(({ isNews }) => isNews).map(({ thread }) => thread);
  if (news.length > 0) await tx.rows(FALL_BEHIND, [news, now]);
}

/** What events say of subjects, in the transaction that decides about them. */
export async function hear(tx: Query, expansions: readonly StoredExpansion[], now: number): Promise<void> {
  await learn(
    tx,
    expansions.flatMap(({ known = [] }) => known),
    now,
  );
  const wanted = expansions.flatMap(({ cards = [] }) => cards);
  const rows = wanted.map(({ thread, destination }) => ({ thread: pgKey(thread), destination }));
  if (rows.length > 0) await tx.rows(WANT, [JSON.stringify(rows), now]);
}

export function subjectOps(db: Database, now: () => number): Subjects {
  return {
    async subjects(threads) {
      const keys = threads.map((thread) => pgKey(thread));
      const rows = await db.rows<SubjectRow>(SELECT, [keys]);
      const known = new Map(rows.map((row) => [row.thread, subjectOf(row)]));
      return keys.map((key) => known.get(key) ?? null);
    },

    subjectsAfter: async (after, limit) => (await db.rows<SubjectRow>(PAGE, [after, limit])).map(subjectOf),

    learn: (heard) => db.transaction((tx) => learn(tx, heard, now())),
  };
}
