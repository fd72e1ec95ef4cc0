import { type Hold, type LaneOwner, type Lease, OWN_LANES, type Resumed } from '../../model/inbox/lanes.ts';
import { longestLeaseMs } from '../leases.ts';
import { type HoldRow, holdOf, keptBy, type StandingRow, withStanding } from '../standing.ts';
import { pgText } from './pg-text.ts';
import type { Database } from './server/database.ts';

/** ms since 1970. */
export const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Of a lease, whatever else is asked of its row. */
export const IS_LIVING = `expires_at > ${NOW} AND expires_at <= ${NOW} + ${longestLeaseMs()}`;

/** Of a lane that a person paused. */
export const IS_HELD = `(held_at IS NOT NULL AND (held_until IS NULL OR held_until > ${NOW}))`;

const HOLD = `
  CASE WHEN ${IS_HELD} THEN held_by END AS "heldBy", CASE WHEN ${IS_HELD} THEN held_at END AS "heldAt",
  CASE WHEN ${IS_HELD} THEN held_until END AS "heldUntil"`;

/** Of a lane: all of a StandingRow. */
export const STANDING = `broken_at AS "brokenAt", broken_reason AS "brokenReason", ${HOLD}`;

const CREATE = 'INSERT INTO tidings.lanes (lane) SELECT unnest($1::text[]) ON CONFLICT (lane) DO NOTHING';

/**
 * One's own lanes are waited for: one's own `end` may be writing there, and a renewal that passed it by would look like a
 * lost lease. Somebody else's that is being written to is not free.
 */
const LOCK = `
  WITH mine AS (
    SELECT lane FROM tidings.lanes WHERE lane = ANY($2::text[]) AND owner = $1 FOR UPDATE
  ), free AS (
    SELECT lane FROM tidings.lanes
    WHERE lane = ANY($2::text[]) AND owner IS DISTINCT FROM $1 AND (owner IS NULL OR expires_at <= ${NOW} OR expires_at > ${NOW} + $3::bigint)
    FOR UPDATE SKIP LOCKED
  )
  SELECT lane FROM mine UNION ALL SELECT lane FROM free`;

/** A statement of its own, which sees what was waited for. In one with LOCK it saw nothing of such a row, and one renewal in five was lost beside an `end`. */
const TAKE = `
  WITH clock AS MATERIALIZED (SELECT ${NOW} AS now, ${NOW} + $4::bigint AS ahead)
  UPDATE tidings.lanes l
  SET owner = $1, epoch = l.epoch + (l.owner IS DISTINCT FROM $1)::integer, expires_at = clock.now + $3::bigint,
      not_before = CASE WHEN l.expires_at > clock.ahead THEN least(l.not_before, clock.now) ELSE l.not_before END
  FROM clock WHERE l.lane = ANY($2::text[])
  RETURNING l.lane, l.owner, l.epoch, l.not_before AS "notBefore", l.failures, ${STANDING}`;

const OWNS = `
  SELECT 1 FROM tidings.lanes
  WHERE lane = $1 AND owner = $2 AND epoch = $3 AND ${IS_LIVING} AND expires_at >= ${NOW} + $4::bigint`;

const OWNERS = `
  SELECT lane, owner, expires_at AS "expiresAt" FROM tidings.lanes
  WHERE owner IS NOT NULL AND ${IS_LIVING} ORDER BY lane`;

const RELEASE = `
  WITH given AS (UPDATE tidings.lanes SET owner = NULL WHERE owner = $1 RETURNING lane)
  SELECT pg_notify('tidings', 'lanes') FROM given LIMIT 1`;

const PAUSE = `
  WITH paused AS (
    INSERT INTO tidings.lanes (lane, held_by, held_at, held_until) VALUES ($1, $2, $3, $4)
    ON CONFLICT (lane) DO UPDATE SET held_by = excluded.held_by, held_at = excluded.held_at, held_until = excluded.held_until RETURNING lane)
  SELECT pg_notify('tidings', 'lanes') FROM paused`;

const WAS_HELD = `SELECT ${HOLD}, broken_at IS NOT NULL AS "wasBroken" FROM tidings.lanes WHERE lane = $1 FOR UPDATE`;

const RESUME = `
  WITH mended AS (
    UPDATE tidings.lanes SET held_by = NULL, held_at = NULL, held_until = NULL, broken_at = NULL, broken_reason = NULL,
      resumed_after = CASE WHEN broken_at IS NULL THEN resumed_after ELSE (SELECT max(id) FROM tidings.attempts) END
    WHERE lane = $1 RETURNING lane)
  SELECT pg_notify('tidings', 'lanes') FROM mended`;

type LeaseRow = Omit<Lease, 'broken' | 'held'> & StandingRow;

/** Leases. The clock that decides them is the database's: the machines' own may differ. */
export function laneOps(db: Database) {
  const created = new Set<string>();

  return {
    async acquire(owner: string, lanes: readonly string[], ttlMs: number): Promise<readonly Lease[]> {
      const missing = lanes.filter((lane) => !created.has(lane));
      if (missing.length > 0) await db.rows(CREATE, [missing]);
      for (const lane of missing) created.add(lane);
      const ahead = longestLeaseMs(ttlMs);
      const held = await db.transaction(async (tx) => {
        const locked = await tx.rows<{ lane: string }>(LOCK, [owner, lanes, ahead]);
        return tx.rows<LeaseRow>(TAKE, [owner, locked.map(({ lane }) => lane), ttlMs, ahead]);
      });
      return held.map(withStanding).toSorted((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane));
    },

    async owns({ lane, owner, epoch }: Lease, leastMs: number): Promise<boolean> {
      return (await db.rows(OWNS, [lane, owner, epoch, leastMs])).length > 0;
    },

    owners: () => db.rows<LaneOwner>(OWNERS),

    async queued(): Promise<readonly string[]> {
      const rows = await db.rows<{ lane: string }>('SELECT DISTINCT destination AS lane FROM tidings.outbox');
      return rows.map(({ lane }) => lane);
    },

    async hold(lane: string, hold: Hold): Promise<boolean> {
      if (OWN_LANES.includes(lane)) return false;
      await db.rows(PAUSE, [lane, pgText(keptBy(hold)), hold.at, hold.until]);
      return true;
    },

    async isHeld(lane: string): Promise<boolean> {
      return (await db.rows(`SELECT FROM tidings.lanes WHERE lane = $1 AND ${IS_HELD}`, [lane])).length > 0;
    },

    /** What was in the way is read under the lock of its row, so that of two who resume one hears of it. */
    resume: (lane: string): Promise<Resumed> =>
      db.transaction(async (tx) => {
        const [was] = await tx.rows<HoldRow & { readonly wasBroken: boolean }>(WAS_HELD, [lane]);
        if (was === undefined) return { wasBroken: false, held: null };
        const held = holdOf(was);
        if (was.wasBroken || held !== null) await tx.rows(RESUME, [lane]);
        return { wasBroken: was.wasBroken, held };
      }),

    async release(owner: string): Promise<void> {
      await db.rows(RELEASE, [owner]);
    },
  };
}
