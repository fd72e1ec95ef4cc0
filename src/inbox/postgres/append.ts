import type { Appended } from '../../model/inbox/intake.ts';
import type { Batch, PackedEvent } from '../batch.ts';
import { compress } from '../segment-codec.ts';
import type { Database, Query } from './server/database.ts';
import { refusal } from './server/errors.ts';
import { APPEND_LOCK } from './server/locks.ts';

/**
 * With any other isolation it would not see what was committed while it waited for its turn: then it does nothing, and answers
 * no row.
 */
const APPEND = `
  SELECT nth, event_id AS "eventId", is_new AS "isNew"
  FROM tidings.append_2($1::json, $2::json, $3::bytea, ${APPEND_LOCK}, $4::bigint)
  WHERE current_setting('transaction_isolation') = 'read committed'`;

interface AppendedRow {
  readonly nth: number;
  readonly eventId: number;
  readonly isNew: boolean;
}

/** One that waits behind another is then answered within GitHub's 10 s. */
const TIMEOUT_MS = 4_000;

/**
 * One commit at a time: what a commit costs by itself (a plan, a round trip, an fsync) serves twice as many events as with two
 * under way. In a prototype 64 clients in flight were answered a fifth more often.
 */
export const BATCHES_UNDER_WAY = 1;

/** The group commit: dedup claim, event, its place in the queue and its bytes, all of a batch in one statement. */
export function appendOps(db: Query, { explain }: Pick<Database, 'explain'>) {
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
      const { unique, nthOf } = withoutRepeats(events);
      // One binary parameter: an array of bytea would travel as hexadecimal text.
      const values = [JSON.stringify(unique.map(shortened)), JSON.stringify(places), bytes, now];
      const rows = await db.rows<AppendedRow>(APPEND, values, { timeoutMs: TIMEOUT_MS });
      if (rows.length === 0) throw explain(refusal('ISOLATION'));
      const answers = new Map(rows.map((row) => [row.nth, row]));
      return events.map((event, index) => {
        const nth = nthOf[index] ?? -1;
        const answer = answers.get(nth);
        if (answer === undefined) throw new Error(`delivery ${event.deliveryId} was neither stored nor found`);
        return { status: answer.isNew && unique[nth] === event ? 'accepted' : 'duplicate', id: answer.eventId };
      });
    },
  };
}

/** The first of each delivery, and for every event where it stands there. */
function withoutRepeats(events: readonly PackedEvent[]) {
  const unique: PackedEvent[] = [];
  const places = new Map<string, number>();
  const nthOf = events.map((event) => {
    const key = `${event.source}\n${event.deliveryId}`;
    const place = places.get(key) ?? unique.push(event) - 1;
    places.set(key, place);
    return place;
  });
  return { unique, nthOf };
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
