import { HOUR_MS } from '../../counts/tally.ts';
import type { Query } from '../server/database.ts';
import { LOCK_SUBJECTS } from './subjects.ts';

const DELETE_SUBJECTS =
  'DELETE FROM tidings.subjects WHERE thread = ANY($1::text[]) AND heard_at < $2 RETURNING thread';
const DELETE_CARDS = 'DELETE FROM tidings.cards WHERE thread = ANY($1::text[])';

/** Mutes of a thread of which something is known stay with it. */
const DELETE_WISHES = `
  WITH mutes AS (
    DELETE FROM tidings.mutes WHERE (thread, whom) IN (
      SELECT m.thread, m.whom FROM tidings.mutes m
      WHERE m.until < $1 OR (m.at < $1 AND NOT EXISTS (SELECT 1 FROM tidings.subjects s WHERE s.thread = m.thread)) LIMIT $2)
    RETURNING 1
  ), reminders AS (
    DELETE FROM tidings.reminders WHERE (name, due_at) IN (
      SELECT r.name, r.due_at FROM tidings.reminders r WHERE r.due_at < $1 LIMIT $2)
    RETURNING 1
  ), audited AS (
    DELETE FROM tidings.audit WHERE id IN (
      SELECT a.id FROM tidings.audit a WHERE a.who IS NOT NULL AND a.at < $1 LIMIT $2)
    RETURNING 1
  ), hours AS (
    DELETE FROM tidings.hours WHERE (hour, what, name) IN (
      SELECT h.hour, h.what, h.name FROM tidings.hours h WHERE h.hour <= $1 - ${HOUR_MS} LIMIT $2)
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM mutes) + (SELECT count(*) FROM reminders) + (SELECT count(*) FROM audited)
    + (SELECT count(*) FROM hours) AS count`;

/** Of which nothing was heard since, with their cards. Returns how many subjects went. */
export async function deleteSubjects(tx: Query, threads: readonly string[], before: number): Promise<number> {
  await tx.rows(LOCK_SUBJECTS);
  const gone = await tx.rows<{ thread: string }>(DELETE_SUBJECTS, [threads, before]);
  await tx.rows(DELETE_CARDS, [gone.map(({ thread }) => thread)]);
  return gone.length;
}

/** Mutes and reminders that ended before, what people did before, and the counts of hours before. */
export async function deleteWishes(tx: Query, before: number, limit: number): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(DELETE_WISHES, [before, Math.ceil(limit / 4)]);
  return row?.count ?? 0;
}
