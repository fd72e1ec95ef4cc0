import type { EventId } from '../../../model/event.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import type { AttemptId } from '../../../model/notification.ts';
import type { Erasure } from '../../erasure.ts';
import { all, type Database, recomputable, scalar } from '../database.ts';
import type { Fence } from '../lanes.ts';
import { searchForgetter } from '../search/write.ts';
import type { ReceiptKey, ResultKey } from './aged.ts';
import { CARRIES_WHAT_IS_OPEN, IS_NEEDED } from './conditions.ts';
import { withoutForeignKeys } from './without-foreign-keys.ts';

const MAY_GO = `
  SELECT e.id FROM events e
  WHERE e.id IN (SELECT value FROM json_each(?)) AND e.id < (SELECT max(id) FROM events) AND NOT ${IS_NEEDED}`;

const NEEDED_OF = `
  SELECT count(*) FROM events e WHERE e.id IN (SELECT value FROM json_each(?)) AND ${IS_NEEDED}`;

const GONE =
  'UPDATE events SET segment_id = -segment_id WHERE segment_id = ?1 AND id IN (SELECT value FROM json_each(?2))';

/** Of attempts that carried something of these events. */
const ATTEMPTS_OF = `
  SELECT DISTINCT an.attempt_id AS id FROM notifications n JOIN attempt_notifications an ON an.notification_id = n.id
  WHERE n.event_id IN (SELECT value FROM json_each(?))`;

/** All that is about events, in the order in which it goes. */
const DELETE_ABOUT = [
  `DELETE FROM attempt_notifications WHERE notification_id IN (
    SELECT id FROM notifications WHERE event_id IN (SELECT value FROM json_each(?)))`,
  'DELETE FROM notifications WHERE event_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM settling WHERE event_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM events WHERE id IN (SELECT value FROM json_each(?))',
];

const DELETE_LONE_ATTEMPTS = `
  DELETE FROM attempts WHERE id IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM attempt_notifications WHERE attempt_id = attempts.id)`;

const AGED_ATTEMPTS = `
  SELECT a.id FROM attempts a WHERE a.id IN (SELECT value FROM json_each(?)) AND NOT ${CARRIES_WHAT_IS_OPEN}`;

/** Of the file's pages. While less is free, what comes finds room in it: nothing is moved for the sake of a file that stays as large. */
const RESERVE = 0.2;

/**
 * The writer's part of what goes: short, and committed without waiting for the disk, because it can be done again. Without a lease
 * it is a person's wish.
 */
export function upkeepOps(db: Database, fence: Fence) {
  const selectMayGo = db.prepare(MAY_GO);
  const countNeeded = db.prepare(NEEDED_OF);
  const deleteSegment = db.prepare('DELETE FROM segments WHERE id = ?');
  const replaceSegment = db.prepare('UPDATE segments SET codec = ?, raw_size = ?, data = ? WHERE id = ?');
  const markGone = db.prepare(GONE);
  const selectAttemptsOf = db.prepare(ATTEMPTS_OF);
  const forgetTokens = searchForgetter(db);
  const deleteAbout = DELETE_ABOUT.map((sql) => db.prepare(sql));
  const deleteLoneAttempts = db.prepare(DELETE_LONE_ATTEMPTS);
  const selectAgedAttempts = db.prepare(AGED_ATTEMPTS);
  const deleteLinks = db.prepare(
    'DELETE FROM attempt_notifications WHERE attempt_id IN (SELECT value FROM json_each(?))',
  );
  const deleteResult = db.prepare('DELETE FROM results WHERE key = ? AND event_id = ?');
  const deleteReceipt = db.prepare('DELETE FROM receipts WHERE destination = ? AND thread = ? AND kept_at < ?');

  const fenced = <T>(lease: Lease | null, work: () => T): T | Fenced =>
    recomputable(db, () => (lease === null || fence(lease) ? work() : 'fenced'));

  return {
    /** `changed`: something of it is needed since it was planned. */
    eraseBodies: (lease: Lease | null, { segment, ids, replacement }: Erasure): 'done' | 'changed' | Fenced =>
      fenced(lease, () => {
        const json = JSON.stringify(ids);
        if (scalar(countNeeded, json) > 0) return 'changed';
        if (replacement === null) deleteSegment.run(segment);
        else {
          replaceSegment.run(replacement.codec, replacement.rawSize, replacement.data, segment);
          markGone.run(segment, json);
        }
        return 'done';
      }),

    deleteEvents: (lease: Lease, ids: readonly EventId[]): number | Fenced =>
      withoutForeignKeys(db, () =>
        fenced(lease, () => {
          const going = all<{ id: EventId }>(selectMayGo, JSON.stringify(ids)).map(({ id }) => id);
          if (going.length === 0) return 0;
          const json = JSON.stringify(going);
          const attempts = all<{ id: AttemptId }>(selectAttemptsOf, json).map(({ id }) => id);
          for (const statement of deleteAbout) statement.run(json);
          forgetTokens(going);
          deleteLoneAttempts.run(JSON.stringify(attempts));
          return going.length;
        }),
      ),

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

/** Of `PRAGMA auto_vacuum`. */
const INCREMENTAL = 2;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
