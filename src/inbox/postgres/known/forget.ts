import type { EventId } from '../../../model/event.ts';
import type { Forgotten } from '../../../model/inbox/forgetting.ts';
import { FORGOTTEN } from '../../../model/pruning/gone.ts';
import { aboutOf } from '../../about.ts';
import { forgetFound } from '../../forget-found.ts';
import { type AuditedRow, eventsOf, isInAudited, type Left, leftOf } from '../../known/forget-facts.ts';
import type { SubjectRow } from '../../known/stored-facts.ts';
import type { Database, Query } from '../server/database.ts';
import { forgetMuters } from './forget-muted.ts';
import { FALL_BEHIND, LOCK_SUBJECTS } from './subjects.ts';

/** Some MB, where all of them are long. */
const SUBJECTS = 200;

const PAGE = `SELECT thread, version, facts FROM tidings.subjects WHERE thread > $1 ORDER BY thread LIMIT ${SUBJECTS}`;
const SELECT = 'SELECT thread, version, facts FROM tidings.subjects WHERE thread = ANY($1::text[])';
const FORGOTTEN_EVENTS = `
  SELECT event_id AS id FROM tidings.decisions WHERE event_id = ANY($1::bigint[]) AND reason = '${FORGOTTEN}'`;

const WRITE = `
  UPDATE tidings.subjects s SET facts = x.facts, checks = x.checks, version = s.version + 1
  FROM json_to_recordset($1::json) AS x (thread text, facts text, checks text) WHERE s.thread = x.thread`;
const CLEAR_REASONS = 'UPDATE tidings.cards SET reason = NULL WHERE thread = ANY($1::text[])';
const REMOVE = ['subjects', 'cards'].map((table) => `DELETE FROM tidings.${table} WHERE thread = ANY($1::text[])`);

const MUTES = 'SELECT thread, whom, wished_by AS "by" FROM tidings.mutes FOR UPDATE';
const REMOVE_MUTE = 'DELETE FROM tidings.mutes WHERE thread = $1 AND whom = $2';
const REMINDERS = 'SELECT name, due_at AS "dueAt", detail FROM tidings.reminders WHERE detail IS NOT NULL FOR UPDATE';
const AUDITED =
  'SELECT id, who, came_from AS "from", about, outcome FROM tidings.audit WHERE who IS NOT NULL FOR UPDATE';
const REMOVE_AUDITED = 'DELETE FROM tidings.audit WHERE id = ANY($1::bigint[])';
const CLEAR_DETAIL = `UPDATE tidings.reminders SET detail = '${FORGOTTEN}' WHERE name = $1 AND due_at = $2`;

/** What is kept of subjects by name, and of what people wished of them. Returns how many went. */
export async function forgetKnown(db: Database, what: Forgotten, now: number): Promise<number> {
  const subjects = await forgetFound<string>(
    '',
    async (after) => {
      const rows = await db.rows<SubjectRow>(PAGE, [after]);
      return { found: (await leftIn(db, what, rows)).map(({ thread }) => thread), last: rows.at(-1)?.thread ?? null };
    },
    (threads) => db.transaction((tx) => forgetSubjects(tx, { what, threads, now })),
  );
  const muted = await forgetMuters(db, what);
  return subjects + muted + (await db.transaction((tx) => forgetWishes(tx, what)));
}

async function leftIn(tx: Query, what: Forgotten, rows: readonly SubjectRow[]): Promise<readonly Left[]> {
  const forgotten = await tx.rows<{ id: EventId }>(FORGOTTEN_EVENTS, [eventsOf(rows)]);
  return leftOf(aboutOf(what), rows, new Set(forgotten.map(({ id }) => id)));
}

interface Forgetting {
  readonly what: Forgotten;
  readonly threads: readonly string[];
  readonly now: number;
}

async function forgetSubjects(tx: Query, { what, threads, now }: Forgetting): Promise<number> {
  await tx.rows(LOCK_SUBJECTS);
  const going = await leftIn(tx, what, await tx.rows<SubjectRow>(SELECT, [threads]));
  const all = going.map(({ thread }) => thread);
  await tx.rows(FALL_BEHIND, [all, now]);
  await tx.rows(CLEAR_REASONS, [all]);
  await tx.rows(WRITE, [JSON.stringify(going.filter(({ facts }) => facts !== null))]);
  const gone = going.filter(({ facts }) => facts === null).map(({ thread }) => thread);
  for (const sql of REMOVE) await tx.rows(sql, [gone]);
  return going.length;
}

async function forgetWishes(tx: Query, what: Forgotten): Promise<number> {
  const { isInText } = aboutOf(what);
  const all = await tx.rows<{ thread: string; whom: string; by: string }>(MUTES);
  const mutes = all.filter(({ thread, whom, by }) => [thread, whom, by].some(isInText));
  for (const { thread, whom } of mutes) await tx.rows(REMOVE_MUTE, [thread, whom]);
  const reminders = await tx.rows<{ name: string; dueAt: number; detail: string }>(REMINDERS);
  for (const { name, dueAt, detail } of reminders) if (isInText(detail)) await tx.rows(CLEAR_DETAIL, [name, dueAt]);
  const rows = await tx.rows<AuditedRow>(AUDITED);
  const audited = rows.filter((row) => isInAudited(row, isInText)).map(({ id }) => id);
  await tx.rows(REMOVE_AUDITED, [audited]);
  return mutes.length + audited.length;
}
