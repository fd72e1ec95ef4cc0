import type { DueReminder, ReminderOutcome, ReminderRecord, TakenReminder } from '../../../model/inbox/reminders.ts';
import { longestLeaseMs } from '../../leases.ts';
import { AT_MOST, all, type Database, one } from '../database.ts';

/** `?4`: now; `?5`: for how long; `?6`: one that lasts longer than this is of a clock that ran ahead. */
const TAKE = `
  INSERT INTO reminders AS r (name, due_at, owner, taken_until, tries) VALUES (?1, ?2, ?3, ?4 + ?5, 1)
  ON CONFLICT (name, due_at) DO UPDATE SET owner = excluded.owner, taken_until = excluded.taken_until, tries = r.tries + 1
  WHERE r.outcome IS NULL AND (r.taken_until IS NULL OR r.taken_until <= ?4 OR r.taken_until > ?4 + ?6)
  RETURNING tries`;

const END = `
  UPDATE reminders SET outcome = ?, detail = ?, ended_at = ?
  WHERE name = ? AND due_at = ? AND owner = ? AND tries = ? AND outcome IS NULL`;

const NEWEST = `
  SELECT name, due_at AS dueAt, outcome, detail, ended_at AS endedAt FROM reminders WHERE name = ? ORDER BY due_at DESC ${AT_MOST}`;

/** Each due reminder is one process's at a time. `waitedMs`: how long ago a call was asked. */
export function reminderOps(db: Database, waitedMs: () => number) {
  const take = db.prepare(TAKE);
  const end = db.prepare(END);
  const newest = db.prepare(NEWEST);

  return {
    takeReminder({ name, dueAt }: DueReminder, owner: string, ttlMs: number, askedAt: number): TakenReminder | null {
      const now = askedAt + Math.max(0, Math.round(waitedMs()));
      const row = one<{ tries: number }>(take, name, dueAt, owner, now, ttlMs, longestLeaseMs(ttlMs));
      return row === undefined ? null : { name, dueAt, owner, tries: row.tries };
    },

    endReminder(
      { name, dueAt, owner, tries }: TakenReminder,
      outcome: ReminderOutcome,
      detail: string,
      now: number,
    ): boolean {
      return end.run(outcome, detail, now, name, dueAt, owner, tries).changes > 0;
    },

    reminders: (name: string, limit: number): readonly ReminderRecord[] =>
      all<ReminderRecord>(newest, name, limit).map((row) => ({ ...row })),
  };
}
