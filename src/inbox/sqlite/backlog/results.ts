import type { ResultQuestion } from '../../../model/inbox/backlog.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { type Database, one } from '../database.ts';

const KEEP = `
  INSERT INTO results (key, event_id, run, passed) VALUES (?, ?, ?, ?)
  ON CONFLICT (key, event_id) DO UPDATE SET run = excluded.run, passed = excluded.passed`;

const BEFORE = `
  SELECT passed FROM results WHERE key = ? AND event_id < ? AND run <> ? ORDER BY event_id DESC LIMIT 1`;

/** How what runs again and again ended. */
export function keptResults(db: Database) {
  const keep = db.prepare(KEEP);
  const before = db.prepare(BEFORE);

  return {
    keep(expansions: readonly StoredExpansion[]): void {
      for (const { eventId, result } of expansions) {
        if (result !== null) keep.run(result.key, eventId, result.run, Number(result.passed));
      }
    },

    before({ key, run, eventId }: ResultQuestion): boolean | null {
      const row = one<{ passed: number }>(before, key, eventId, run);
      return row === undefined ? null : row.passed === 1;
    },
  };
}
