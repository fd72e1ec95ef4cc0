import { MAX_PAUSE_MS } from '../../model/destination.ts';
import type { Reservation } from '../../model/inbox/accounts.ts';
import { paceSql, UNUSED_AFTER_MS } from '../pace.ts';
import { type Database, one, recomputable } from './database.ts';

/** `?2`: now. */
const { nextAt, askedAt } = paceSql({ larger: 'max', smaller: 'min', now: '?2' });

/** `?3`: how long it takes. */
const RESERVE = `
  INSERT INTO accounts AS a (account, asked_at, next_at) VALUES (?1, ?2, ?2 + ?3)
  ON CONFLICT (account) DO UPDATE SET next_at = ${nextAt} + ?3, asked_at = ${askedAt}
  RETURNING next_at - ?3 - ?2 AS waitMs, slowdowns`;

const CLAIM = `
  UPDATE accounts AS a SET next_at = max(${nextAt}, ?2 + ?3), asked_at = ${askedAt} WHERE account = ?1 AND slowdowns = ?4`;

/** `?3`: until when. */
const SLOW_DOWN = `
  INSERT INTO accounts AS a (account, asked_at, next_at, slowdowns) VALUES (?1, ?2, ?3, 1)
  ON CONFLICT (account) DO UPDATE SET next_at = max(${nextAt}, ?3), asked_at = ${askedAt}, slowdowns = a.slowdowns + 1`;

/**
 * The pace of accounts, by this machine's clock, as leases. `waitedMs`: how long ago a call was asked; one of a process that was frozen is
 * of now too. Nothing of it need reach the disk.
 */
export function accountOps(db: Database, waitedMs: () => number) {
  const select = db.prepare('SELECT 1 FROM accounts WHERE account = ?');
  const prune = db.prepare('DELETE FROM accounts WHERE abs(asked_at - ?) > ?');
  const take = db.prepare(RESERVE);
  const begin = db.prepare(CLAIM);
  const push = db.prepare(SLOW_DOWN);
  const nowOf = (askedAt: number) => askedAt + Math.max(0, Math.round(waitedMs()));

  return {
    reserve(account: string, slots: number, intervalMs: number, askedAt: number): Reservation {
      const now = nowOf(askedAt);
      return recomputable(db, () => {
        if (one(select, account) === undefined) prune.run(now, UNUSED_AFTER_MS);
        return one<Reservation>(take, account, now, Math.ceil(slots * intervalMs)) ?? { waitMs: 0, slowdowns: 0 };
      });
    },

    claim(account: string, slots: number, intervalMs: number, slowdowns: number, askedAt: number): boolean {
      const values = [account, nowOf(askedAt), Math.ceil(slots * intervalMs), slowdowns] as const;
      return recomputable(db, () => begin.run(...values).changes > 0);
    },

    slowDown(account: string, ms: number, askedAt: number): void {
      const now = nowOf(askedAt);
      recomputable(db, () => push.run(account, now, now + Math.min(Math.ceil(ms), MAX_PAUSE_MS)));
    },
  };
}
