import { type Hold, type LaneOwner, type Lease, OWN_LANES, type Resumed } from '../../model/inbox/lanes.ts';
import { longestLeaseMs } from '../leases.ts';
import { type HoldRow, holdOf, keptBy, type StandingRow, withStanding } from '../standing.ts';
import { all, type Database, one, transaction } from './database.ts';

interface LaneRow extends StandingRow {
  readonly owner: string | null;
  readonly epoch: number;
  readonly expiresAt: number;
  readonly notBefore: number;
  readonly failures: number;
}

/** True while nobody took the lane over, and its lease lasts until `until`. Asked inside the transaction that writes for it. */
export type Fence = (lease: Lease, until?: number) => boolean;

/** Of a lease; `?1` is now. */
export const IS_LIVING = `expires_at > ?1 AND expires_at <= ?1 + ${longestLeaseMs()}`;

/** Of a lane that a person paused; `?1` is now. */
export const IS_HELD = 'held_at IS NOT NULL AND (held_until IS NULL OR held_until > ?1)';

/** Of a lane: all of a StandingRow; `?1` is now. */
export const STANDING = `
  broken_at AS brokenAt, broken_reason AS brokenReason, iif(${IS_HELD}, held_by, NULL) AS heldBy,
  iif(${IS_HELD}, held_at, NULL) AS heldAt, iif(${IS_HELD}, held_until, NULL) AS heldUntil`;

const SELECT = `
  SELECT owner, epoch, expires_at AS expiresAt, not_before AS notBefore, failures, ${STANDING} FROM lanes WHERE lane = ?2`;

const MEND = `
  UPDATE lanes SET broken_at = NULL, broken_reason = NULL, resumed_after = (SELECT max(id) FROM attempts)
  WHERE lane = ? AND broken_at IS NOT NULL`;

const LET_GO = 'UPDATE lanes SET held_by = NULL, held_at = NULL, held_until = NULL WHERE lane = ?';

export function laneFence(db: Database): Fence {
  const select = db.prepare('SELECT 1 FROM lanes WHERE lane = ? AND owner = ? AND epoch = ? AND expires_at >= ?');
  return ({ lane, owner, epoch }, until = 0) => one(select, lane, owner, epoch, until) !== undefined;
}

const CREATE = 'INSERT INTO lanes (lane) VALUES (?) ON CONFLICT (lane) DO NOTHING';

const NO_HOLD: HoldRow = { heldBy: null, heldAt: null, heldUntil: null };

/** What a person does to a lane. */
export function holdOps(db: Database) {
  const select = db.prepare(SELECT);
  const create = db.prepare(CREATE);
  const hold = db.prepare('UPDATE lanes SET held_by = ?, held_at = ?, held_until = ? WHERE lane = ?');
  const selectHeld = db.prepare(`SELECT 1 FROM lanes WHERE lane = ?2 AND ${IS_HELD}`);
  const mend = db.prepare(MEND);
  const letGo = db.prepare(LET_GO);

  return {
    hold: (lane: string, given: Hold): boolean =>
      transaction(db, () => {
        if (OWN_LANES.includes(lane)) return false;
        create.run(lane);
        hold.run(keptBy(given), given.at, given.until, lane);
        return true;
      }),

    isHeld: (lane: string, now: number): boolean => one(selectHeld, now, lane) !== undefined,

    resume: (lane: string, now: number): Resumed =>
      transaction(db, () => {
        const held = holdOf(one<LaneRow>(select, now, lane) ?? NO_HOLD);
        letGo.run(lane);
        return { wasBroken: mend.run(lane).changes > 0, held };
      }),
  };
}

/**
 * Leases. The clock that decides them is this machine's: all processes on one SQLite file share it. `waitedMs`: how long ago a
 * call was asked. A process that was frozen in between must not take a living lease for one that lies far ahead.
 */
export function laneOps(db: Database, waitedMs: () => number) {
  const select = db.prepare(SELECT);
  const create = db.prepare(CREATE);
  const take = db.prepare('UPDATE lanes SET owner = ?, epoch = ?, expires_at = ?, not_before = ? WHERE lane = ?');
  // When it would have ended stays: by that the next owner knows a clock that was ahead, whose pause is none.
  const free = db.prepare('UPDATE lanes SET owner = NULL WHERE owner = ?');

  const selectOwned = db.prepare(
    `SELECT 1 FROM lanes WHERE lane = ?2 AND owner = ?3 AND epoch = ?4 AND ${IS_LIVING} AND expires_at >= ?1 + ?5`,
  );
  const selectOwners = db.prepare(
    `SELECT lane, owner, expires_at AS expiresAt FROM lanes WHERE owner IS NOT NULL AND ${IS_LIVING} ORDER BY lane`,
  );
  const destinations = db.prepare(
    "SELECT DISTINCT destination AS lane FROM notifications WHERE state = 'queued' AND not_before IS NULL",
  );

  function acquireOne(lane: string, owner: string, now: number, ttlMs: number): Lease | undefined {
    const row = one<LaneRow>(select, now, lane);
    if (row === undefined) return undefined;
    const mine = row.owner === owner;
    const isAhead = row.expiresAt > now + waitedMs() + longestLeaseMs(ttlMs);
    if (!mine && row.owner !== null && row.expiresAt > now && !isAhead) return undefined;
    const epoch = mine ? row.epoch : row.epoch + 1;
    const notBefore = isAhead ? Math.min(row.notBefore, now) : row.notBefore;
    take.run(owner, epoch, now + ttlMs, notBefore, lane);
    const { failures, broken, held } = withStanding(row);
    return { lane, owner, epoch, notBefore, failures, broken, held };
  }

  return {
    acquire(owner: string, lanes: readonly string[], ttlMs: number, now: number): readonly Lease[] {
      return transaction(db, () =>
        lanes.flatMap((lane) => {
          create.run(lane);
          return acquireOne(lane, owner, now, ttlMs) ?? [];
        }),
      );
    },

    owns: ({ lane, owner, epoch }: Lease, leastMs: number, now: number): boolean =>
      one(selectOwned, now, lane, owner, epoch, leastMs) !== undefined,

    owners: (now: number): readonly LaneOwner[] => all<LaneOwner>(selectOwners, now),

    queued(): readonly string[] {
      return all<{ lane: string }>(destinations).map(({ lane }) => lane);
    },

    release(owner: string): void {
      free.run(owner);
    },
  };
}
