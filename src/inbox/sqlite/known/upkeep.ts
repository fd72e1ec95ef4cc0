import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import { HOUR_MS } from '../../counts/tally.ts';
import type { Database } from '../database.ts';
import type { Fence } from '../lanes.ts';
import { recomputableStep } from '../upkeep/recomputable-step.ts';

/** Those of a thread of which something is known stay with it. */
const OLD_MUTES = `
  DELETE FROM mutes WHERE (thread, whom) IN (
    SELECT m.thread, m.whom FROM mutes m
    WHERE m.until < ?1 OR (m.at < ?1 AND NOT EXISTS (SELECT 1 FROM subjects s WHERE s.thread = m.thread)) LIMIT ?2)`;

const OLD_REMINDERS = `
  DELETE FROM reminders WHERE (name, due_at) IN (SELECT r.name, r.due_at FROM reminders r WHERE r.due_at < ?1 LIMIT ?2)`;

const OLD_AUDITED =
  'DELETE FROM audit WHERE id IN (SELECT a.id FROM audit a WHERE a.who IS NOT NULL AND a.at < ? LIMIT ?)';

const OLD_HOURS = `
  DELETE FROM hours WHERE (hour, what, name) IN (SELECT h.hour, h.what, h.name FROM hours h WHERE h.hour <= ? - ${HOUR_MS} LIMIT ?)`;

/** What is old of what is known, wished and written down. */
export function oldKnownOps(db: Database, fence: Fence) {
  const deleteSubject = db.prepare('DELETE FROM subjects WHERE thread = ? AND heard_at < ?');
  const deleteCards = db.prepare('DELETE FROM cards WHERE thread = ?');
  const deleteOld = [OLD_MUTES, OLD_REMINDERS, OLD_AUDITED, OLD_HOURS].map((sql) => db.prepare(sql));
  const fenced = recomputableStep(db, fence);

  return {
    deleteSubjects: (lease: Lease, threads: readonly string[], before: number): number | Fenced =>
      fenced(lease, () => {
        const gone = threads.filter((thread) => deleteSubject.run(thread, before).changes > 0);
        for (const thread of gone) deleteCards.run(thread);
        return gone.length;
      }),

    deleteWishes: (lease: Lease, before: number, limit: number): number | Fenced =>
      fenced(lease, () =>
        deleteOld.reduce((gone, statement) => gone + Number(statement.run(before, limit - gone).changes), 0),
      ),
  };
}
