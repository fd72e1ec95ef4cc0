import type { Backlog } from '../../../model/inbox/backlog.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

const KEEP = `
  INSERT INTO tidings.results (key, event_id, run, passed)
  SELECT x.key, x.id, x.run, x.passed FROM json_to_recordset($1::json) AS x (id bigint, key text, run text, passed boolean)
  ON CONFLICT (key, event_id) DO UPDATE SET run = excluded.run, passed = excluded.passed`;

const BEFORE = `
  SELECT a.n, before.passed
  FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS a (key, run, id, n)
  CROSS JOIN LATERAL (
    SELECT r.passed FROM tidings.results r
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
      const rows = await db.rows<{ n: number; passed: boolean }>(BEFORE, [
        questions.map(({ key }) => pgKey(key)),
        questions.map(({ run }) => pgText(run)),
        questions.map(({ eventId }) => eventId),
      ]);
      const answers = new Map(rows.map(({ n, passed }) => [n, passed]));
      return questions.map((_, index) => answers.get(index + 1) ?? null);
    },
  };
}
