import type { ResultBefore, ResultQuestion } from '../../../model/inbox/backlog.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { dispensable } from '../damage/corrupt.ts';
import { type Database, one } from '../database.ts';

const KEEP = `
  INSERT INTO results (key, event_id, run, passed) VALUES (?, ?, ?, ?)
  ON CONFLICT (key, event_id) DO UPDATE SET run = excluded.run, passed = excluded.passed`;

const BEFORE = `
  SELECT event_id AS eventId, passed FROM results WHERE key = ? AND event_id < ? AND run <> ? ORDER BY event_id DESC LIMIT 1`;

/** Of the failures since the last pass, the first. Only the pass that ends them asks; 10,000 in a row cost it 0.5 ms. */
const FAILING_SINCE = `
  SELECT received_at FROM events WHERE origin = 'webhook' AND id = (
    SELECT event_id FROM results WHERE key = ?1 AND event_id < ?2 AND run <> ?3 AND event_id > coalesce((
      SELECT event_id FROM results WHERE key = ?1 AND event_id < ?2 AND run <> ?3 AND passed = 1
      ORDER BY event_id DESC LIMIT 1), 0)
    ORDER BY event_id LIMIT 1)`;

/** How what runs again and again ended. */
export function keptResults(db: Database) {
  const keep = db.prepare(KEEP);
  const before = db.prepare(BEFORE);
  const failingSince = db.prepare(FAILING_SINCE);
  const dispense = dispensable();

  return {
    keep(expansions: readonly StoredExpansion[]): void {
      for (const { eventId, result } of expansions) {
        if (result === null) continue;
        // Where it cannot be kept, a later one is compared with an earlier one; what is decided is stored all the same.
        dispense(0, () => keep.run(result.key, eventId, result.run, Number(result.passed)));
      }
    },

    before({ key, run, eventId, passed }: ResultQuestion): ResultBefore | null {
      const row = one<{ eventId: number; passed: number }>(before, key, eventId, run);
      if (row === undefined) return null;
      if (row.passed === 1 || !passed) return { eventId: row.eventId, passed: row.passed === 1, failingSince: null };
      const since = one<{ received_at: number }>(failingSince, key, eventId, run);
      return { eventId: row.eventId, passed: false, failingSince: since?.received_at ?? null };
    },
  };
}
