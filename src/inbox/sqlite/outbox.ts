import type { Receipt } from '../../model/destination.ts';
import type { Fenced, LanePause, Lease } from '../../model/inbox/lanes.ts';
import type { AttemptEnd, AttemptStart, BeginOptions } from '../../model/inbox/outbox.ts';
import type { AttemptId, NotificationId } from '../../model/notification.ts';
import { Tally } from '../counts/tally.ts';
import { INTERRUPTED } from '../reasons.ts';
import { all, type Database, one, recomputable, scalar, transaction } from './database.ts';
import { CARRIED_AND_QUEUED, finalStates } from './final-states.ts';
import { hourCounter } from './hours.ts';
import { type Fence, IS_HELD } from './lanes.ts';
import { keptReceipts } from './receipts.ts';
import { waitingReader } from './waiting.ts';

const ADOPTED = `
  SELECT n.id FROM attempts a
  JOIN attempt_notifications an ON an.attempt_id = a.id JOIN notifications n ON n.id = an.notification_id
  WHERE a.lane = ? AND a.outcome IS NULL AND a.epoch <= ? AND n.state = 'queued'`;

const CLOSE_OPEN = `
  UPDATE attempts SET ended_at = ?, outcome = 'unknown', detail = '${INTERRUPTED}'
  WHERE lane = ? AND outcome IS NULL AND epoch <= ?`;

const STILL_QUEUED =
  "SELECT count(*) FROM notifications WHERE state = 'queued' AND id IN (SELECT value FROM json_each(?))";

/** `?1`: why nothing can arrive, or null; `?4`: an attempt that found so. One that began before somebody said otherwise does not count. */
const BREAKDOWN = `
  UPDATE lanes SET broken_at = iif(?1 IS NULL, NULL, coalesce(broken_at, ?2)), broken_reason = ?1
  WHERE lane = ?3 AND broken_reason IS NOT ?1
    AND (?1 IS NULL OR ?4 IS NULL OR ?4 > coalesce(resumed_after, 0))`;

/** The lanes' side: claim, commit, send, end. Every write checks the lease inside its transaction. */
export function outboxOps(db: Database, fence: Fence) {
  const { end, doubt } = finalStates(db);
  const pause = db.prepare(
    'UPDATE lanes SET not_before = ?, failures = ?, sent_at = coalesce(?, sent_at) WHERE lane = ?',
  );
  const setBreakdown = db.prepare(BREAKDOWN);
  const selectAdopted = db.prepare(ADOPTED);
  const closeOpen = db.prepare(CLOSE_OPEN);
  const receipts = keptReceipts(db);
  const count = hourCounter(db);
  const skip = db.prepare("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'notifications'");
  const beginAt = db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('notifications', ?)");

  const fenced = <T>(lease: Lease, work: () => T): T | Fenced =>
    transaction<T | Fenced>(db, () => (fence(lease) ? work() : 'fenced'));

  return {
    waiting: waitingReader(db),

    receipts: (lane: string, threads: readonly (string | null)[]): readonly (Receipt | null)[] =>
      threads.map((thread) => (thread === null ? null : receipts.last(lane, thread))),

    begin: beginner(db, fence),

    end: (lease: Lease, ends: readonly AttemptEnd[], lane: LanePause, now: number): 'done' | Fenced =>
      fenced(lease, () => {
        const tally = new Tally();
        for (const each of ends) end(lease.lane, each, now, tally);
        count(tally.rows());
        receipts.keep(lease.lane, ends, now);
        const sentAt = ends.some(({ state }) => state === 'sent') ? now : null;
        pause.run(lane.notBefore, lane.failures, sentAt, lease.lane);
        if (lane.breakdown !== undefined) setBreakdown.run(lane.breakdown, now, lease.lane, ends[0]?.attemptId ?? null);
        return 'done';
      }),

    adopt: (lease: Lease, policy: 'resend' | 'hold', now: number): number | Fenced =>
      fenced(lease, () => {
        const uncertain = all<{ id: NotificationId }>(selectAdopted, lease.lane, lease.epoch);
        const tally = new Tally();
        if (policy === 'hold') for (const { id } of uncertain) doubt(lease.lane, id, now, tally);
        count(tally.rows());
        closeOpen.run(now, lease.lane, lease.epoch);
        return uncertain.length;
      }),

    skipIds(count: number): void {
      transaction(db, () => {
        if (skip.run(count).changes === 0) beginAt.run(count);
      });
    },
  };
}

function beginner(db: Database, fence: Fence) {
  type Begun = readonly AttemptId[] | 'held' | Fenced;
  const record = attemptRecorder(db);
  const selectHeld = db.prepare(`SELECT 1 FROM lanes WHERE lane = ?2 AND ${IS_HELD}`);
  const stillQueued = db.prepare(STILL_QUEUED);

  /** What was read is looked at anew: a person may have drained it, or forgotten what it is about, since. */
  function areQueued(starts: readonly AttemptStart[]): boolean {
    const ids = starts.flatMap(({ notifications }) => notifications);
    return scalar(stillQueued, JSON.stringify(ids)) === ids.length;
  }

  return (lease: Lease, starts: readonly AttemptStart[], now: number, options?: BeginOptions): Begun => {
    const commit = options?.mayBeLost ? recomputable<Begun> : transaction<Begun>;
    const until = options?.leastMs && now + options.leastMs;
    return commit(db, () => {
      if (!fence(lease, until)) return 'fenced';
      if (options?.evenPaused !== true && one(selectHeld, now, lease.lane) !== undefined) return 'held';
      return areQueued(starts) ? starts.map((start) => record(lease, start, now)) : [];
    });
  };
}

/** An attempt, and tries + 1 for what it carries. */
function attemptRecorder(db: Database) {
  const insert = db.prepare('INSERT INTO attempts (lane, epoch, request, size, started_at) VALUES (?, ?, ?, ?, ?)');
  const carry = db.prepare('INSERT INTO attempt_notifications (attempt_id, notification_id) VALUES (?, ?)');
  const tryAgain = db.prepare(`UPDATE notifications SET tries = tries + 1 WHERE ${CARRIED_AND_QUEUED}`);

  return ({ lane, epoch }: Lease, { request, notifications }: AttemptStart, now: number): AttemptId => {
    const { lastInsertRowid } = insert.run(lane, epoch, request, notifications.length, now);
    for (const id of notifications) carry.run(lastInsertRowid, id);
    tryAgain.run(lastInsertRowid);
    return Number(lastInsertRowid);
  };
}
