import type { ReminderRecord, Reminders } from '../../../model/inbox/reminders.ts';
import { longestLeaseMs } from '../../leases.ts';
import { NOW } from '../lanes.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';

/** `$4`: for how long; `$5`: one that lasts longer than this is of a clock that ran ahead. */
const TAKE = `
  WITH clock AS MATERIALIZED (SELECT ${NOW} AS now)
  INSERT INTO tidings.reminders AS r (name, due_at, owner, taken_until, tries) SELECT $1, $2, $3, now + $4::bigint, 1 FROM clock
  ON CONFLICT (name, due_at) DO UPDATE SET owner = excluded.owner, taken_until = excluded.taken_until, tries = r.tries + 1
  WHERE r.outcome IS NULL AND (r.taken_until IS NULL OR r.taken_until <= (SELECT now FROM clock)
    OR r.taken_until > (SELECT now FROM clock) + $5::bigint)
  RETURNING tries`;

const END = `
  UPDATE tidings.reminders SET outcome = $5, detail = $6, ended_at = $7
  WHERE name = $1 AND due_at = $2 AND owner = $3 AND tries = $4 AND outcome IS NULL RETURNING 1`;

const NEWEST = `
  SELECT name, due_at AS "dueAt", outcome, detail, ended_at AS "endedAt" FROM tidings.reminders
  WHERE name = $1 ORDER BY due_at DESC LIMIT $2`;

/** Each due reminder is one process's at a time, by the database's clock. */
export function reminderOps(db: Database, now: () => number): Reminders {
  return {
    async takeReminder({ name, dueAt }, owner, ttlMs) {
      const values = [pgKey(name), dueAt, pgText(owner), ttlMs, longestLeaseMs(ttlMs)];
      // Whoever has it may say it: that is on the disk before.
      const [row] = await db.transaction((tx) => tx.rows<{ tries: number }>(TAKE, values));
      return row === undefined ? null : { name, dueAt, owner, tries: row.tries };
    },

    endReminder: ({ name, dueAt, owner, tries }, outcome, detail) =>
      db.transaction(async (tx) => {
        const values = [pgKey(name), dueAt, pgText(owner), tries, outcome, pgText(detail), now()];
        return (await tx.rows(END, values)).length > 0;
      }),

    reminders: (name, limit) => db.rows<ReminderRecord>(NEWEST, [pgKey(name), limit]),
  };
}
