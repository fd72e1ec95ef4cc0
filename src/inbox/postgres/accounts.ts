import { MAX_PAUSE_MS } from '../../model/destination.ts';
import type { Accounts, Reservation } from '../../model/inbox/accounts.ts';
import { paceSql, UNUSED_AFTER_MS } from '../pace.ts';
import { NOW } from './lanes.ts';
import type { Database } from './server/database.ts';

const { nextAt, askedAt } = paceSql({ larger: 'greatest', smaller: 'least', now: '(SELECT now FROM clock)' });

const CLOCK = `WITH clock AS MATERIALIZED (SELECT ${NOW} AS now)`;

/** `$2`: how long it takes. */
const RESERVE = `
  ${CLOCK} INSERT INTO tidings.accounts AS a (account, asked_at, next_at) SELECT $1, now, now + $2::bigint FROM clock
  ON CONFLICT (account) DO UPDATE SET next_at = ${nextAt} + $2, asked_at = ${askedAt}
  RETURNING next_at - $2 - (SELECT now FROM clock) AS "waitMs", slowdowns, xmax = 0 AS "isNew"`;

const CLAIM = `
  ${CLOCK} UPDATE tidings.accounts a SET next_at = greatest(${nextAt}, (SELECT now FROM clock) + $2::bigint), asked_at = ${askedAt}
  WHERE account = $1 AND slowdowns = $3 RETURNING account`;

const SLOW_DOWN = `
  ${CLOCK} INSERT INTO tidings.accounts AS a (account, asked_at, next_at, slowdowns) SELECT $1, now, now + $2::bigint, 1 FROM clock
  ON CONFLICT (account) DO UPDATE SET
    next_at = greatest(${nextAt}, excluded.next_at), asked_at = ${askedAt}, slowdowns = a.slowdowns + 1`;

const PRUNE = `DELETE FROM tidings.accounts WHERE abs(asked_at - ${NOW}) > ${UNUSED_AFTER_MS}`;

interface ReservedRow extends Reservation {
  readonly isNew: boolean;
}

/** The pace of accounts, by the database's clock, as leases. Nothing of it need reach the disk. */
export function accountOps(db: Database): Accounts {
  return {
    async reserve(account, slots, intervalMs) {
      const [row] = await db.rows<ReservedRow>(RESERVE, [account, Math.ceil(slots * intervalMs)]);
      if (row?.isNew) await db.rows(PRUNE);
      const { waitMs = 0, slowdowns = 0 } = row ?? {};
      return { waitMs, slowdowns };
    },

    async claim(account, slots, intervalMs, slowdowns) {
      return (await db.rows(CLAIM, [account, Math.ceil(slots * intervalMs), slowdowns])).length > 0;
    },

    async slowDown(account, ms) {
      await db.rows(SLOW_DOWN, [account, Math.min(Math.ceil(ms), MAX_PAUSE_MS)]);
    },
  };
}
