import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import type { AttemptId } from '../../../model/notification.ts';
import { all, type Database, scalar } from '../database.ts';
import type { Fence } from '../lanes.ts';
import type { ReceiptKey, ResultKey } from './aged.ts';
import { CARRIES_WHAT_IS_OPEN } from './conditions.ts';
import { recomputableStep } from './recomputable-step.ts';
import { DELETE_LONE_ATTEMPTS } from './upkeep.ts';

const AGED_ATTEMPTS = `
  SELECT a.id FROM attempts a WHERE a.id IN (SELECT value FROM json_each(?)) AND NOT ${CARRIES_WHAT_IS_OPEN}`;

/** Those of a thread of which something is known stay with it. */
const OLD_MUTES = `
  DELETE FROM mutes WHERE (thread, whom) IN (
    SELECT m.thread, m.whom FROM mutes m
    WHERE m.until < ?1 OR (m.at < ?1 AND NOT EXISTS (SELECT 1 FROM subjects s WHERE s.thread = m.thread)) LIMIT ?2)`;

const OLD_REMINDERS = `
  DELETE FROM reminders WHERE (name, due_at) IN (SELECT r.name, r.due_at FROM reminders r WHERE r.due_at < ?1 LIMIT ?2)`;

const OLD_AUDITED =
  'DELETE FROM audit WHERE id IN (SELECT a.id FROM audit a WHERE a.who IS NOT NULL AND a.at < ? LIMIT ?)';

/** Of the file's pages. While less is free, what comes finds room in it: nothing is moved for the sake of a file that stays as large. */
const RESERVE = 0.2;

/** Of `PRAGMA auto_vacuum`. */
const INCREMENTAL = 2;

/** The same of what is about no event alone, and of the file's size. */
export function sweepOps(db: Database, fence: Fence) {
  const deleteLoneAttempts = db.prepare(DELETE_LONE_ATTEMPTS);
  const selectAgedAttempts = db.prepare(AGED_ATTEMPTS);
  const deleteLinks = db.prepare(
    'DELETE FROM attempt_notifications WHERE attempt_id IN (SELECT value FROM json_each(?))',
  );
  const deleteResult = db.prepare('DELETE FROM results WHERE key = ? AND event_id = ?');
  const deleteReceipt = db.prepare('DELETE FROM receipts WHERE destination = ? AND thread = ? AND kept_at < ?');

  const deleteSubject = db.prepare('DELETE FROM subjects WHERE thread = ? AND heard_at < ?');
  const deleteCards = db.prepare('DELETE FROM cards WHERE thread = ?');
  const deleteMutes = db.prepare(OLD_MUTES);
  const deleteReminders = db.prepare(OLD_REMINDERS);
  const deleteAudited = db.prepare(OLD_AUDITED);

  const fenced = recomputableStep(db, fence);

  return {
    deleteAttempts: (lease: Lease, ids: readonly AttemptId[]): number | Fenced =>
      fenced(lease, () => {
        const json = JSON.stringify(
          all<{ id: AttemptId }>(selectAgedAttempts, JSON.stringify(ids)).map(({ id }) => id),
        );
        deleteLinks.run(json);
        return Number(deleteLoneAttempts.run(json).changes);
      }),

    deleteResults: (lease: Lease | null, keys: readonly ResultKey[]): number | Fenced =>
      fenced(lease, () => sum(keys.map((key) => Number(deleteResult.run(...key).changes)))),

    deleteReceipts: (lease: Lease | null, keys: readonly ReceiptKey[], before: number): number | Fenced =>
      fenced(lease, () => sum(keys.map((key) => Number(deleteReceipt.run(...key, before).changes)))),

    deleteSubjects: (lease: Lease, threads: readonly string[], before: number): number | Fenced =>
      fenced(lease, () => {
        const gone = threads.filter((thread) => deleteSubject.run(thread, before).changes > 0);
        for (const thread of gone) deleteCards.run(thread);
        return gone.length;
      }),

    deleteWishes: (lease: Lease, before: number, limit: number): number | Fenced =>
      fenced(lease, () => {
        let gone = 0;
        for (const statement of [deleteMutes, deleteReminders, deleteAudited])
          gone += Number(statement.run(before, limit - gone).changes);
        return gone;
      }),

    shrink: (lease: Lease, bytes: number): number | Fenced =>
      fenced(lease, () => {
        if (scalar(db.prepare('PRAGMA auto_vacuum')) !== INCREMENTAL) return 0;
        const pageSize = scalar(db.prepare('PRAGMA page_size'));
        const pages = () => scalar(db.prepare('PRAGMA page_count'));
        const before = pages();
        const spare = Math.floor(scalar(db.prepare('PRAGMA freelist_count')) - before * RESERVE);
        const most = Math.min(spare, Math.ceil(bytes / pageSize));
        if (most <= 0) return 0;
        db.exec(`PRAGMA incremental_vacuum(${most})`);
        return (before - pages()) * pageSize;
      }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
