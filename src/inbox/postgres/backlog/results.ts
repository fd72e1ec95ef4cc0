import type { Backlog, ResultBefore } from '../../../model/inbox/backlog.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

const KEEP = `
  INSERT INTO tidings.results (key, event_id, run, passed)
  SELECT x.key, x.id, x.run, x.passed FROM json_to_recordset($1::json) AS x (id bigint, key text, run text, passed boolean)
  ON CONFLICT (key, event_id) DO UPDATE SET run = excluded.run, passed = excluded.passed`;

/** Of the failures since the last pass, the first. Only the pass that ends them asks; 10,000 in a row cost it 1 ms. */
const FAILING_SINCE = `
  SELECT e.received_at FROM tidings.events e WHERE e.origin = 'webhook' AND e.id = (
    SELECT r.event_id FROM tidings.results r
    WHERE r.key = a.key AND r.event_id < a.id AND r.run <> a.run AND r.event_id > coalesce((
      SELECT p.event_id FROM tidings.results p WHERE p.key = a.key AND p.event_id < a.id AND p.run <> a.run AND p.passed
      ORDER BY p.event_id DESC LIMIT 1), 0)
    ORDER BY r.event_id LIMIT 1)`;

const BEFORE = `
  SELECT a.n, before.event_id AS "eventId", before.passed, CASE WHEN a.passed AND NOT before.passed THEN (${FAILING_SINCE}) END AS "failingSince"
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[]) WITH ORDINALITY AS a (key, run, id, passed, n)
  CROSS JOIN LATERAL (
    SELECT r.event_id, r.passed FROM tidings.results r
    WHERE r.key = a.key AND r.event_id < a.id AND r.run <> a.run ORDER BY r.event_id DESC LIMIT 1
  ) before`;

/** How what runs again and again ended. */
export async function keepResults(tx: Query, expansions: readonly StoredExpansion[]): Promise<void> {
  const rows = expansions.flatMap(({ eventId, result }) =>
    result === null ? [] : [{ id: eventId, key: pgKey(result.key), run: pgText(result.run), passed: result.passed }],
  );
  if (rows.length > 0) await tx.rows(KEEP, [JSON.stringify(rows)]);
}

export function resultOps(db: Query): Pick<Backlog, 'resultsBefore'> {
  return {
    async resultsBefore(questions) {
      if (questions.length === 0) return [];
      const rows = await db.rows<ResultBefore & { n: number }>(BEFORE, [
        questions.map(({ key }) => pgKey(key)),
        questions.map(({ run }) => pgText(run)),
        questions.map(({ eventId }) => eventId),
        questions.map(({ passed }) => passed),
      ]);
      const answers = new Map(rows.map(({ n, ...before }) => [n, before]));
      return questions.map((_, index) => answers.get(index + 1) ?? null);
    },
  };
}
