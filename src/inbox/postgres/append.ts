import type { Appended } from '../../model/inbox/intake.ts';
import type { Batch, PackedEvent } from '../batch.ts';
import { compress } from '../segment-codec.ts';
import type { Query } from './server/database.ts';
import { APPEND_LOCK } from './server/locks.ts';

const APPEND = `
  SELECT part, at, event_id AS "eventId" FROM tidings.append_1($1::json, $2::json, $3::bytea, ${APPEND_LOCK}, $4::bigint)`;

const EXISTING = `
  SELECT e.source, e.delivery_id AS "deliveryId", e.id
  FROM unnest($1::text[], $2::text[]) AS asked (source, delivery_id) JOIN tidings.events e USING (source, delivery_id)`;

/** One that waits behind another is then answered within GitHub's 10 s. */
const TIMEOUT_MS = 4_000;

/**
 * One commit at a time: what a commit costs by itself (a plan, a round trip, an fsync) serves twice as many events as with two
 * under way. In a prototype 64 clients in flight were answered a fifth more often.
 */
export const BATCHES_UNDER_WAY = 1;

/** The group commit: dedup claim, event, its place in the queue and its bytes, all of a batch in one statement. */
export function appendOps(db: Query) {
  return {
    async append({ events, parts, now }: Batch): Promise<readonly Appended[]> {
      const segments = parts.map(compress);
      const bytes = segments.length === 1 ? segments[0]?.data : Buffer.concat(segments.map(({ data }) => data));
      let at = 0;
      const places = segments.map(({ codec, rawSize, data }, part) => {
        const place = { p: part, c: codec, z: rawSize, at, l: data.length };
        at += data.length;
        return place;
      });
      // One binary parameter: an array of bytea would travel as hexadecimal text.
      const values = [JSON.stringify(events.map(shortened)), JSON.stringify(places), bytes, now];
      const accepted = await db.rows<{ part: number; at: number; eventId: number }>(APPEND, values, {
        timeoutMs: TIMEOUT_MS,
      });
      const ids = new Map(accepted.map((row) => [placeOf(row.part, row.at), row.eventId]));
      const existing = ids.size === events.length ? new Map<string, number>() : await existingIds(db, events);
      return events.map((event) => {
        const id = ids.get(placeOf(event.part, event.offset));
        if (id !== undefined) return { status: 'accepted', id };
        const first = existing.get(keyOf(event));
        if (first === undefined) throw new Error(`delivery ${event.deliveryId} was neither stored nor found`);
        return { status: 'duplicate', id: first };
      });
    },
  };
}

async function existingIds(db: Query, events: readonly PackedEvent[]): Promise<ReadonlyMap<string, number>> {
  const values = [events.map(({ source }) => source), events.map(({ deliveryId }) => deliveryId)];
  const rows = await db.rows<{ source: string; deliveryId: string; id: number }>(EXISTING, values, {
    timeoutMs: TIMEOUT_MS,
  });
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

function keyOf({ source, deliveryId }: { readonly source: string; readonly deliveryId: string }): string {
  return `${source}\n${deliveryId}`;
}

/** Headers are never empty, so no two events of a batch begin at one place. */
function placeOf(part: number, offset: number): string {
  return `${part}:${offset}`;
}

function shortened(event: PackedEvent, n: number) {
  return {
    n,
    s: event.source,
    d: event.deliveryId,
    g: event.guid,
    t: event.type,
    o: event.origin,
    h: event.headersSize,
    b: event.bodySize,
    p: event.part,
    f: event.offset,
    r: event.receivedAt,
    k: event.secretNo,
  };
}
