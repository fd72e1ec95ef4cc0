import type { StoredEvent } from '../../model/event.ts';
import type { Backlog, Expansion, Lease } from '../../model/inbox.ts';
import type { Database, Query } from './database.ts';
import { fence } from './fence.ts';
import { Floor } from './floor.ts';
import { type Fact, judge } from './judge.ts';
import { readKnown } from './known.ts';
import { bytesReader, type Place } from './stored-bytes.ts';
import { writeDecisions } from './write-decisions.ts';

const BYTES_AT_ONCE = 4 * 1024 * 1024;

const PENDING = `
  SELECT e.id, e.origin, e.source, e.delivery_id AS "deliveryId", e.guid, e.type, e.received_at AS "receivedAt",
         e.stored_at AS "storedAt", coalesce(d.replays, 0) AS replays, e.segment_id AS "segmentId",
         e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize", e.body_size AS "bodySize"
  FROM tidings.pending_from($1, $2) AS p (event_id)
  JOIN tidings.events e ON e.id = p.event_id LEFT JOIN tidings.decisions d ON d.event_id = p.event_id
  ORDER BY e.id`;

const FACTS = `
  SELECT e.id, e.source, e.guid, e.origin, coalesce(d.replays, 0) AS replays, coalesce(d.released, false) AS released
  FROM unnest($1::bigint[]) AS asked (id) JOIN tidings.pending p ON p.event_id = asked.id
  JOIN tidings.events e ON e.id = asked.id LEFT JOIN tidings.decisions d ON d.event_id = asked.id`;

type PendingRow = Omit<StoredEvent, 'headers' | 'body'> & Place;

/** The expander's side: what is pending, and what was decided about it. `forget`: something was put back by hand. */
export function backlogOps(db: Database, now: () => number): Backlog & { forget(): void } {
  const read = bytesReader(db);
  const floor = new Floor(now);
  let highest = 0;
  async function rowsFrom(afterId: number, limit: number): Promise<readonly PendingRow[]> {
    // A reader that goes on from where it was has not come to look at the whole.
    const begun = afterId > 0 ? undefined : floor.begin();
    // Known before the look: ids come in the order of commit, so the look sees whatever waits up to here.
    const newest = begun === 0 ? await newestEvent() : highest;
    const rows = await db.rows<PendingRow>(PENDING, [begun ?? afterId + 1, limit]);
    highest = Math.max(highest, newest, rows.at(-1)?.id ?? 0);
    if (begun !== undefined) floor.found(begun, rows[0]?.id ?? newest);
    return rows;
  }

  async function newestEvent(): Promise<number> {
    const [row] = await db.rows<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM tidings.events');
    return row?.id ?? 0;
  }

  return {
    forget: () => floor.forget(),

    async pending(limit, afterId = 0) {
      const rows = withinBytes(await rowsFrom(afterId, limit));
      const bytes = await read(rows);
      return rows.map((row, index) => storedEvent(row, bytes[index] ?? Buffer.alloc(0)));
    },

    // It can be decided again from what is stored, so its commit does not wait for the disk (docs/adr/0002).
    expand: (lease, expansions) =>
      db.transaction((tx) => expand(tx, { lease, expansions, now: now() }), { recomputable: true }),
  };
}

function storedEvent(row: PendingRow, stored: Buffer): StoredEvent {
  const { id, origin, source, deliveryId, guid, type, receivedAt, storedAt, replays, headersSize } = row;
  const headers = JSON.parse(stored.toString('utf8', 0, headersSize));
  const body = stored.subarray(headersSize);
  return { id, origin, source, deliveryId, guid, type, headers, body, receivedAt, storedAt, replays };
}

function withinBytes(rows: readonly PendingRow[]): readonly PendingRow[] {
  let bytes = 0;
  const end = rows.findIndex(({ bodySize }, index) => {
    bytes += bodySize;
    return index > 0 && bytes > BYTES_AT_ONCE;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

interface Expanding {
  readonly lease: Lease;
  readonly expansions: readonly Expansion[];
  readonly now: number;
}

/** As many statements for a batch as for one event. */
async function expand(tx: Query, { lease, expansions, now }: Expanding): Promise<'done' | 'fenced'> {
  if (!(await fence(tx, lease))) return 'fenced';
  const rows = await tx.rows<Fact>(FACTS, [expansions.map(({ eventId }) => eventId)]);
  const facts = new Map(rows.map((fact) => [fact.id, fact]));
  const batch = expansions.flatMap((expansion) => {
    const fact = facts.get(expansion.eventId);
    return fact === undefined ? [] : [{ fact, expansion }];
  });
  if (batch.length === 0) return 'done';
  await writeDecisions(tx, judge(batch, await readKnown(tx, batch)), now);
  return 'done';
}
