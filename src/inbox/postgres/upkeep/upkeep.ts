import type { EventId } from '../../../model/event.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import type { SegmentId, Upkeep } from '../../../model/inbox/upkeep.ts';
import type { AttemptId } from '../../../model/notification.ts';
import type { Erasure } from '../../erasure.ts';
import { removeFound } from '../../look-through.ts';
import { fence } from '../fence.ts';
import { deleteSubjects, deleteWishes } from '../known/upkeep.ts';
import { bringOverSearch } from '../search/bring-over.ts';
import type { Database, Query } from '../server/database.ts';
import { agedOps, type ReceiptKey, type ResultKey } from './aged.ts';
import { CARRIES_WHAT_IS_OPEN, IS_NEEDED } from './conditions.ts';
import { keptOps, planOne, segmentsOf } from './kept.ts';

/** Whoever replays these waits until it is seen whether their bodies are there; see ../archive/replay.ts. */
export const LOCK_DECISIONS = `
  SELECT event_id FROM tidings.decisions WHERE event_id = ANY($1::bigint[]) ORDER BY event_id FOR UPDATE`;

/** Of two who erase bodies of one segment, such as `forget` beside the lane, the second sees what the first left. */
const LOCK_SEGMENT = 'SELECT id FROM tidings.segments WHERE id = $1 FOR UPDATE';

const HAS_CHANGED = `
  SELECT (SELECT true FROM tidings.events e WHERE e.id = ANY($1::bigint[]) AND ${IS_NEEDED} LIMIT 1) IS NOT NULL
    OR (SELECT count(*) FROM tidings.events e WHERE e.id = ANY($2::bigint[]) AND e.segment_id = $3) < cardinality($2::bigint[])
    AS "hasChanged"`;

const DELETE_SEGMENT = 'DELETE FROM tidings.segments WHERE id = $1';
const REPLACE_SEGMENT = `
  WITH gone AS (UPDATE tidings.events SET segment_id = -segment_id WHERE segment_id = $1 AND id = ANY($2::bigint[]))
  UPDATE tidings.segments SET codec = $3, raw_size = $4, data = $5 WHERE id = $1`;

const DELETE_EVENTS = `
  WITH going AS MATERIALIZED (
    SELECT e.id FROM tidings.events e
    WHERE e.id = ANY($1::bigint[]) AND e.id < (SELECT max(id) FROM tidings.events) AND NOT ${IS_NEEDED}
  ), told AS (
    DELETE FROM tidings.notifications n USING going g WHERE n.event_id = g.id RETURNING n.id
  ), activities AS (
    DELETE FROM tidings.activities a USING told t WHERE a.notification_id = t.id
  ), links AS (
    DELETE FROM tidings.attempt_notifications an USING told t WHERE an.notification_id = t.id RETURNING an.attempt_id
  ), found AS (
    DELETE FROM tidings.search s USING going g WHERE s.event_id = g.id
  ), decided AS (
    DELETE FROM tidings.decisions d USING going g WHERE d.event_id = g.id
  ), gone AS (
    DELETE FROM tidings.events e USING going g WHERE e.id = g.id RETURNING e.id
  )
  SELECT (SELECT count(*) FROM gone) AS count, array(SELECT DISTINCT attempt_id FROM links) AS attempts`;

const DELETE_LONE_ATTEMPTS = `
  DELETE FROM tidings.attempts a WHERE a.id = ANY($1::bigint[])
    AND (SELECT true FROM tidings.attempt_notifications an WHERE an.attempt_id = a.id LIMIT 1) IS NULL`;

const DELETE_ATTEMPTS = `
  WITH going AS MATERIALIZED (
    SELECT a.id FROM tidings.attempts a WHERE a.id = ANY($1::bigint[]) AND NOT ${CARRIES_WHAT_IS_OPEN}
  ), links AS (
    DELETE FROM tidings.attempt_notifications an USING going g WHERE an.attempt_id = g.id
  ), gone AS (
    DELETE FROM tidings.attempts a USING going g WHERE a.id = g.id RETURNING a.id
  )
  SELECT count(*) AS count FROM gone`;

export const DELETE_RESULTS = `
  WITH gone AS (
    DELETE FROM tidings.results r USING unnest($1::text[], $2::bigint[]) AS g (key, event_id)
    WHERE r.key = g.key AND r.event_id = g.event_id RETURNING 1)
  SELECT count(*) AS count FROM gone`;

export const DELETE_RECEIPTS = `
  WITH gone AS (
    DELETE FROM tidings.receipts r USING unnest($1::text[], $2::text[]) AS g (destination, thread)
    WHERE r.destination = g.destination AND r.thread = g.thread AND r.kept_at < $3 RETURNING 1)
  SELECT count(*) AS count FROM gone`;

/** Erases bodies of one segment that nothing needs, and strays: returns what went. Without a lease it is a person's wish. */
export function eraseOps(db: Database) {
  return async (lease: Lease | null, segment: SegmentId, ids: readonly EventId[]): Promise<Erasure | null | Fenced> => {
    for (;;) {
      const erasure = await planOne(db, segment, ids);
      if (erasure === null) return null;
      const erased = await db.transaction<'done' | 'changed' | Fenced>(
        async (tx) => (lease === null || (await fence(tx, lease)) ? erase(tx, erasure) : 'fenced'),
        { recomputable: true },
      );
      if (erased === 'fenced') return 'fenced';
      if (erased === 'done') return erasure;
    }
  };
}

/**
 * What goes is found, and bodies are packed anew, before a transaction begins, which only takes it away. `before`: what is to be brought
 * over first.
 */
export function upkeepOps(db: Database, before: Pick<Upkeep, 'bringOver'>): Upkeep {
  const aged = agedOps(db);
  const eraseOne = eraseOps(db);

  // It can be done again, so its commit does not wait for the disk.
  const fenced = <T>(lease: Lease, work: (tx: Query) => Promise<T>): Promise<T | Fenced> =>
    db.transaction<T | Fenced>(async (tx) => ((await fence(tx, lease)) ? work(tx) : 'fenced'), { recomputable: true });

  const count = (lease: Lease, sql: string, ...values: readonly unknown[]): Promise<number | Fenced> =>
    fenced(lease, async (tx) => (await tx.rows<{ count: number }>(sql, values))[0]?.count ?? 0);

  return {
    ...keptOps(db),
    async bringOver(lease) {
      const step = await before.bringOver(lease);
      return step === 'done' ? fenced(lease, bringOverSearch) : step;
    },
    async eraseBodies(lease, segment, ids) {
      const erased = await eraseOne(lease, segment, ids);
      return erased === 'fenced' ? 'fenced' : (erased?.ids.length ?? 0);
    },

    async deleteEvents(lease, ids) {
      for (const segment of await segmentsOf(db, ids)) {
        if ((await eraseOne(lease, segment, ids)) === 'fenced') return 'fenced';
      }
      return fenced(lease, (tx) => deleteEvents(tx, ids));
    },

    countAttempts: aged.countAttempts,

    deleteAttempts: (lease, before, limit) =>
      removeFound(
        () => aged.agedAttempts(before, limit),
        (ids: readonly AttemptId[]) => count(lease, DELETE_ATTEMPTS, ids),
      ),

    async deleteLeftovers(lease, before, limit) {
      const results = await removeFound(
        () => aged.agedResults(before, limit),
        (keys: readonly ResultKey[]) => count(lease, DELETE_RESULTS, ...columnsOf(keys)),
      );
      if (results !== 0) return results;
      const receipts = await removeFound(
        () => aged.agedReceipts(before, limit),
        (keys: readonly ReceiptKey[]) => count(lease, DELETE_RECEIPTS, ...columnsOf(keys), before),
      );
      if (receipts !== 0) return receipts;
      const subjects = await removeFound(
        () => aged.agedSubjects(before, limit),
        (threads: readonly string[]) => fenced(lease, (tx) => deleteSubjects(tx, threads, before)),
      );
      return subjects === 0 ? fenced(lease, (tx) => deleteWishes(tx, before, limit)) : subjects;
    },

    // What is deleted is room for what comes; autovacuum sees to that.
    shrink: async () => 0,
  };
}

/** `changed`: since it was planned something of it is needed, or somebody else took something out of it. */
async function erase(tx: Query, { segment, ids, from, replacement }: Erasure): Promise<'done' | 'changed'> {
  await tx.rows(LOCK_SEGMENT, [segment]);
  await tx.rows(LOCK_DECISIONS, [ids]);
  const [state] = await tx.rows<{ hasChanged: boolean }>(HAS_CHANGED, [ids, from, segment]);
  if (state?.hasChanged !== false) return 'changed';
  if (replacement === null) await tx.rows(DELETE_SEGMENT, [segment]);
  else {
    const { codec, rawSize, data } = replacement;
    await tx.rows(REPLACE_SEGMENT, [segment, ids, codec, rawSize, data]);
  }
  return 'done';
}

async function deleteEvents(tx: Query, ids: readonly EventId[]): Promise<number> {
  await tx.rows(LOCK_DECISIONS, [ids]);
  const [gone] = await tx.rows<{ count: number; attempts: readonly unknown[] }>(DELETE_EVENTS, [ids]);
  if (gone !== undefined && gone.attempts.length > 0) await tx.rows(DELETE_LONE_ATTEMPTS, [gone.attempts]);
  return gone?.count ?? 0;
}

export function columnsOf<A, B>(pairs: readonly (readonly [A, B])[]): [A[], B[]] {
  return [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
}
