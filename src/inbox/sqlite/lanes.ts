import type { Holder, Lease } from '../../model/inbox.ts';
import { all, type Database, one, transaction } from './database.ts';

interface LaneRow {
  readonly owner: string | null;
  readonly epoch: number;
  readonly expiresAt: number;
  readonly notBefore: number;
  readonly failures: number;
}

/** True while nobody took the lane over. Asked inside the transaction that writes for it. */
export type Fence = (lease: Lease) => boolean;

const SELECT = `
  SELECT owner, epoch, expires_at AS expiresAt, not_before AS notBefore, failures FROM lanes WHERE lane = ?`;

export function laneFence(db: Database): Fence {
  const select = db.prepare('SELECT 1 AS held FROM lanes WHERE lane = ? AND owner = ? AND epoch = ?');
  return (lease) => one(select, lease.lane, lease.owner, lease.epoch) !== undefined;
}

/** Leases. The clock that decides them is this machine's: all processes on one SQLite file share it. */
export function laneOps(db: Database) {
  const select = db.prepare(SELECT);
  const create = db.prepare('INSERT INTO lanes (lane) VALUES (?) ON CONFLICT (lane) DO NOTHING');
  const take = db.prepare('UPDATE lanes SET owner = ?, epoch = ?, expires_at = ? WHERE lane = ?');
  const free = db.prepare('UPDATE lanes SET owner = NULL, expires_at = 0 WHERE owner = ?');

  const selectHeld = db.prepare('SELECT 1 FROM lanes WHERE lane = ? AND owner = ? AND epoch = ? AND expires_at >= ?');
  const selectHolders = db.prepare(
    'SELECT lane, owner, expires_at AS expiresAt FROM lanes WHERE owner IS NOT NULL AND expires_at > ? ORDER BY lane',
  );
  const destinations = db.prepare(
    "SELECT DISTINCT destination AS lane FROM notifications WHERE state = 'queued' AND not_before IS NULL",
  );

  function holdOne(lane: string, owner: string, now: number, ttlMs: number): Lease | undefined {
    const row = one<LaneRow>(select, lane);
    if (row === undefined) return undefined;
    const mine = row.owner === owner;
    if (!mine && row.owner !== null && row.expiresAt > now) return undefined;
    const epoch = mine ? row.epoch : row.epoch + 1;
    take.run(owner, epoch, now + ttlMs, lane);
    return { lane, owner, epoch, notBefore: row.notBefore, failures: row.failures };
  }

  return {
    hold(owner: string, lanes: readonly string[], ttlMs: number, now: number): readonly Lease[] {
      return transaction(db, () =>
        lanes.flatMap((lane) => {
          create.run(lane);
          return holdOne(lane, owner, now, ttlMs) ?? [];
        }),
      );
    },

    holds: ({ lane, owner, epoch }: Lease, until: number): boolean =>
      one(selectHeld, lane, owner, epoch, until) !== undefined,

    holders: (now: number): readonly Holder[] => all<Holder>(selectHolders, now),

    queued(): readonly string[] {
      return all<{ lane: string }>(destinations).map(({ lane }) => lane);
    },

    release(owner: string): void {
      free.run(owner);
    },
  };
}
