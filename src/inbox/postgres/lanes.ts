import type { LaneOwner, Lease } from '../../model/inbox/lanes.ts';
import { type BrokenRow, withBroken } from '../broken.ts';
import { longestLeaseMs } from '../leases.ts';
import type { Database } from './server/database.ts';

/** ms since 1970. */
export const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Of a lease, whatever else is asked of its row. */
export const IS_LIVING = `expires_at > ${NOW} AND expires_at <= ${NOW} + ${longestLeaseMs()}`;

const CREATE = 'INSERT INTO tidings.lanes (lane) SELECT unnest($1::text[]) ON CONFLICT (lane) DO NOTHING';

/**
 * One's own lanes are waited for: one's own `end` may be writing there, and a renewal that passed it by would look like a
 * lost lease. Somebody else's that is being written to is not free.
 */
const ACQUIRE = `
  WITH clock AS MATERIALIZED (SELECT ${NOW} AS now, ${NOW} + $4::bigint AS ahead),
  mine AS (
    SELECT lane FROM tidings.lanes WHERE lane = ANY($2::text[]) AND owner = $1 FOR UPDATE
  ), free AS (
    SELECT l.lane FROM tidings.lanes l, clock
    WHERE l.lane = ANY($2::text[]) AND l.owner IS DISTINCT FROM $1 AND (l.owner IS NULL OR l.expires_at <= clock.now OR l.expires_at > clock.ahead)
    FOR UPDATE OF l SKIP LOCKED
  )
  UPDATE tidings.lanes l
  SET owner = $1, epoch = l.epoch + (l.owner IS DISTINCT FROM $1)::integer, expires_at = clock.now + $3::bigint,
      not_before = CASE WHEN l.expires_at > clock.ahead THEN least(l.not_before, clock.now) ELSE l.not_before END
  FROM clock
  WHERE l.lane IN (SELECT lane FROM mine UNION ALL SELECT lane FROM free)
  RETURNING l.lane, l.owner, l.epoch, l.not_before AS "notBefore", l.failures, l.broken_at AS "brokenAt", l.broken_reason AS "brokenReason"`;

const OWNS = `
  SELECT 1 FROM tidings.lanes
  WHERE lane = $1 AND owner = $2 AND epoch = $3 AND ${IS_LIVING} AND expires_at >= ${NOW} + $4::bigint`;

const OWNERS = `
  SELECT lane, owner, expires_at AS "expiresAt" FROM tidings.lanes
  WHERE owner IS NOT NULL AND ${IS_LIVING} ORDER BY lane`;

const RELEASE = `
  WITH given AS (UPDATE tidings.lanes SET owner = NULL WHERE owner = $1 RETURNING lane)
  SELECT pg_notify('tidings', 'lanes') FROM given LIMIT 1`;

const RESUME = `
  WITH mended AS (
    UPDATE tidings.lanes SET broken_at = NULL, broken_reason = NULL, resumed_after = (SELECT max(id) FROM tidings.attempts)
    WHERE lane = $1 AND broken_at IS NOT NULL RETURNING lane)
  SELECT pg_notify('tidings', 'lanes') FROM mended`;

type LeaseRow = Omit<Lease, 'broken'> & BrokenRow;

/** Leases. The clock that decides them is the database's: the machines' own may differ. */
export function laneOps(db: Database) {
  const created = new Set<string>();

  return {
    async acquire(owner: string, lanes: readonly string[], ttlMs: number): Promise<readonly Lease[]> {
      const missing = lanes.filter((lane) => !created.has(lane));
      if (missing.length > 0) await db.rows(CREATE, [missing]);
      for (const lane of missing) created.add(lane);
      const held = await db.rows<LeaseRow>(ACQUIRE, [owner, lanes, ttlMs, longestLeaseMs(ttlMs)]);
      return held.map(withBroken).toSorted((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane));
    },

    async owns({ lane, owner, epoch }: Lease, leastMs: number): Promise<boolean> {
      return (await db.rows(OWNS, [lane, owner, epoch, leastMs])).length > 0;
    },

    owners: () => db.rows<LaneOwner>(OWNERS),

    async queued(): Promise<readonly string[]> {
      const rows = await db.rows<{ lane: string }>('SELECT DISTINCT destination AS lane FROM tidings.outbox');
      return rows.map(({ lane }) => lane);
    },

    async resume(lane: string): Promise<boolean> {
      return (await db.rows(RESUME, [lane])).length > 0;
    },

    async release(owner: string): Promise<void> {
      await db.rows(RELEASE, [owner]);
    },
  };
}
