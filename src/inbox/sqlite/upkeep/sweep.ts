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
