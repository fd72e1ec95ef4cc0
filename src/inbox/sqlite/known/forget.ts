import type { EventId } from '../../../model/event.ts';
import type { Forgotten } from '../../../model/inbox/forgetting.ts';
import { FORGOTTEN } from '../../../model/pruning/gone.ts';
import { aboutOf } from '../../about.ts';
import type { KeysAbout } from '../../forget-found.ts';
import { type AuditedRow, eventsOf, isInAudited, type Left, leftOf } from '../../known/forget-facts.ts';
import type { SubjectRow } from '../../known/stored-facts.ts';
import { all, type Database, transaction } from '../database.ts';
import { FALL_BEHIND } from './subjects.ts';

/** Some MB, where all of them are long. */
const SUBJECTS = 200;

const FORGOTTEN_EVENTS = `SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?)) AND reason = '${FORGOTTEN}'`;

/** What is left of each of these, where something goes. */
function leftFinder(db: Database): (what: Forgotten, rows: readonly SubjectRow[]) => readonly Left[] {
  const select = db.prepare(FORGOTTEN_EVENTS);
  return (what, rows) => {
    const forgotten = all<{ id: EventId }>(select, JSON.stringify(eventsOf(rows))).map(({ id }) => id);
    return leftOf(aboutOf(what), rows, new Set(forgotten));
  };
}

/** On the reading thread. */
export function knownAboutOps(db: Database) {
  const page = db.prepare(
    `SELECT thread, version, facts FROM subjects WHERE thread > ? ORDER BY thread LIMIT ${SUBJECTS}`,
  );
  const left = leftFinder(db);
  return {
    subjectsAbout(what: Forgotten, after: string): KeysAbout<string> {
      const rows = all<SubjectRow>(page, after);
      return { found: left(what, rows).map(({ thread }) => thread), last: rows.at(-1)?.thread ?? null };
    },
  };
}

/** What is kept of subjects by name, and of what people wished of them. */
export function forgetKnownOps(db: Database) {
  const select = db.prepare(
    'SELECT thread, version, facts FROM subjects WHERE thread IN (SELECT value FROM json_each(?))',
  );
  const left = leftFinder(db);
  const write = db.prepare('UPDATE subjects SET facts = ?, checks = ?, version = version + 1 WHERE thread = ?');
  const fallBehind = db.prepare(FALL_BEHIND);
  const clearReasons = db.prepare('UPDATE cards SET reason = NULL WHERE thread = ?');
  const remove = ['subjects', 'cards'].map((table) => db.prepare(`DELETE FROM ${table} WHERE thread = ?`));
  const selectMutes = db.prepare('SELECT thread, whom, wished_by AS "by" FROM mutes');
  const removeMute = db.prepare('DELETE FROM mutes WHERE thread = ? AND whom = ?');
  const selectReminders = db.prepare('SELECT name, due_at AS dueAt, detail FROM reminders WHERE detail IS NOT NULL');
  const selectAudited = db.prepare(
    'SELECT id, who, came_from AS "from", about, outcome FROM audit WHERE who IS NOT NULL',
  );
  const removeAudited = db.prepare('DELETE FROM audit WHERE id = ?');
  const clearDetail = db.prepare(`UPDATE reminders SET detail = '${FORGOTTEN}' WHERE name = ? AND due_at = ?`);

  return {
    forgetSubjects: (what: Forgotten, threads: readonly string[], now: number): number =>
      transaction(db, () => {
        const going = left(what, all<SubjectRow>(select, JSON.stringify(threads)));
        fallBehind.run(now, JSON.stringify(going.map(({ thread }) => thread)));
        for (const { thread, facts, checks } of going) {
          clearReasons.run(thread);
          if (facts === null) for (const statement of remove) statement.run(thread);
          else write.run(facts, checks, thread);
        }
        return going.length;
      }),

    forgetWishes: (what: Forgotten): number =>
      transaction(db, () => {
        const { isInText } = aboutOf(what);
        const mutes = all<{ thread: string; whom: string; by: string }>(selectMutes).filter(({ thread, whom, by }) => {
          return [thread, whom, by].some(isInText);
        });
        for (const { thread, whom } of mutes) removeMute.run(thread, whom);
        const reminders = all<{ name: string; dueAt: number; detail: string }>(selectReminders);
        for (const { name, dueAt, detail } of reminders) if (isInText(detail)) clearDetail.run(name, dueAt);
        const audited = all<AuditedRow>(selectAudited).filter((row) => isInAudited(row, isInText));
        for (const { id } of audited) removeAudited.run(id);
        return mutes.length + audited.length;
      }),
  };
}
