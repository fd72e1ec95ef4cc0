import type { Fenced, Lease } from '../../model/inbox/lanes.ts';
import { fence } from './fence.ts';
import { IS_LIVING } from './lanes.ts';
import type { Database, Query } from './server/database.ts';

/** Under this name the index is built; an earlier one may have been given up halfway. */
const INDEX = 'events_by_guid';

const CREATE = `${INDEX} ON tidings.events (tidings.guid_order(guid))`;
const DROP_OLD = 'ALTER TABLE tidings.events DROP CONSTRAINT events_by_delivery';

/** Who waits for the table keeps everybody behind it waiting. Where somebody reads it for long, the next call tries again. */
const TRY_TO_DROP_OLD = `
  DO $$ BEGIN
    SET LOCAL lock_timeout = '50ms';
    ${DROP_OLD};
  EXCEPTION WHEN lock_not_available THEN NULL;
  END $$`;

/** A program of the version before looks a delivery up by its old key; so long it may still run beside this one. */
const OLD_PROGRAMS_FOR = "interval '1 day'";

const STATE = `
  SELECT i.indisvalid AS "isValid", i.indexrelid IS NOT NULL AS "isBegun",
         EXISTS (SELECT FROM pg_stat_progress_create_index p 
                 WHERE p.datname = current_database() AND p.relid = 'tidings.events'::regclass) AS "isBeingBuilt",
         EXISTS (SELECT FROM pg_constraint c WHERE c.conname = 'events_by_delivery' AND c.conrelid = 'tidings.events'::regclass)
           AS "hasOld",
         (SELECT v.applied_at < now() - ${OLD_PROGRAMS_FOR} FROM tidings.schema_version v WHERE v.version = $1) AS "isOldUnused"
  FROM (SELECT) AS one LEFT JOIN pg_index i ON i.indexrelid = to_regclass('tidings.${INDEX}')`;

const OWNS = `SELECT 1 FROM tidings.lanes WHERE lane = $1 AND owner = $2 AND epoch = $3 AND ${IS_LIVING}`;

interface State {
  readonly isBegun: boolean;
  readonly isValid: boolean | null;
  readonly isBeingBuilt: boolean;
  readonly hasOld: boolean;
  readonly isOldUnused: boolean | null;
}

/** The server reads the whole table twice, beside the load, and waits for transactions that began before: ten million events are minutes. */
const PATIENCE = { timeoutMs: 6 * 60 * 60_000 } as const;

/** The index is there from the start where there is nothing to be indexed. In the migration's transaction. */
export async function indexDeliveriesOfNone(tx: Query): Promise<void> {
  const [first] = await tx.rows('SELECT 1 FROM tidings.events LIMIT 1');
  if (first !== undefined) return;
  await tx.rows(`CREATE INDEX ${CREATE}`);
  await tx.rows(DROP_OLD);
}

/**
 * Brings the key of the deliveries over, `since` this version of the schema: builds the index over guids while appends go on, and drops
 * the key over deliveries a day later. Every call looks what there is, so it can be given up anywhere.
 */
export function deliveriesIndexOps(db: Database, since: number) {
  let isOver = false;

  return {
    async bringOver(lease: Lease): Promise<'more' | 'done' | Fenced> {
      if (isOver) return 'done';
      const [state] = await db.rows<State>(STATE, [since]);
      if (state === undefined) throw new Error('the catalogue answered nothing');
      if (state.isValid === true) {
        if (!state.hasOld) isOver = true;
        return state.hasOld && state.isOldUnused === true ? dropOld(db, lease) : 'done';
      }
      // Not in a transaction, and so not behind its fence: two owners at once would find each other here, or be refused by the server.
      if ((await db.rows(OWNS, [lease.lane, lease.owner, lease.epoch])).length === 0) return 'fenced';
      if (state.isBeingBuilt) return 'done';
      if (state.isBegun) await db.rows(`DROP INDEX CONCURRENTLY IF EXISTS tidings.${INDEX}`, [], PATIENCE);
      await db.rows(`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${CREATE}`, [], PATIENCE);
      return 'more';
    },
  };
}

function dropOld(db: Database, lease: Lease): Promise<'done' | Fenced> {
  return db.transaction(async (tx) => {
    if (!(await fence(tx, lease))) return 'fenced';
    await tx.rows(TRY_TO_DROP_OLD);
    return 'done';
  });
}
