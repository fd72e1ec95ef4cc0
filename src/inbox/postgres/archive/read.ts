import type { EventId } from '../../../model/event.ts';
import type { Fate } from '../../../model/fate.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import type { Span } from '../../search/span.ts';
import { pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';
import type { Conditions } from './conditions.ts';
import { FEW, fewInFate, oldestWaiting } from './fates.ts';

/** All of an event's summary but its fates. */
export const SUMMARY = `
  e.id, e.source, e.type, d.action, e.delivery_id AS "deliveryId", e.origin, d.repo, d.actor, d.about, d.reason,
  CASE WHEN p.event_id IS NULL AND s.event_id IS NULL THEN d.state ELSE 'pending' END AS state, e.received_at AS "receivedAt"`;

export const FROM = `
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  LEFT JOIN tidings.pending p ON p.event_id = e.id LEFT JOIN tidings.settling s ON s.event_id = e.id`;

export type Found = Omit<EventSummary, 'fates'>;

export const IS_DECIDED = 'p.event_id IS NULL AND s.event_id IS NULL';

const direction = (isUp: boolean) => (isUp ? 'ASC' : 'DESC');

const somePending = (isUp: boolean) => `
  SELECT event_id AS id FROM (SELECT event_id FROM tidings.pending UNION ALL SELECT event_id FROM tidings.settling) q
  WHERE event_id >= $1 AND event_id < $2 GROUP BY event_id ORDER BY event_id ${direction(isUp)} LIMIT $3`;

const someEvents = (isUp: boolean) =>
  `SELECT id FROM tidings.events WHERE id >= $1 AND id < $2 ORDER BY id ${direction(isUp)} LIMIT $3`;

const someMatching = (isUp: boolean) =>
  `SELECT id FROM tidings.${isUp ? 'search_up_1' : 'search_1'}($4::text[], $1, $2, $3) AS id`;

const somePutTo = (isUp: boolean) =>
  `SELECT id FROM tidings.${isUp ? 'put_to_up_1' : 'put_to_1'}($4::text, $1, $2, $3) AS id`;

/** SQL and its values for ids that may be meant, in the span's order. */
type Candidates = readonly [sql: (isUp: boolean) => string, ...values: readonly unknown[]];

const MOST_CANDIDATES = 5_000;

/**
 * How events can be read, in the span's order, at most `limit`. Ids first, then their rows: so the planner has no choice that goes wrong with a
 * rare value.
 */
export function waysToRead(db: Database) {
  const idsOf = idReader(db);

  /** Each looked at by itself: the planner would join all that is decided with a few thousand ids. */
  function these(ids: readonly EventId[], { sql, values }: Conditions, { isUp }: Span, limit: number) {
    const [asked, most] = [`$${values.length + 1}`, `$${values.length + 2}`];
    const statement = `
      SELECT f.* FROM (SELECT unnest(${asked}::bigint[]) AS id ORDER BY 1 ${direction(isUp)}) a
      CROSS JOIN LATERAL (SELECT ${SUMMARY} ${FROM} WHERE e.id = a.id AND ${sql} OFFSET 0) f
      ORDER BY a.id ${direction(isUp)} LIMIT ${most}`;
    return db.rows<Found>(statement, [...values, ids, limit]);
  }

  async function among([sql, ...values]: Candidates, conditions: Conditions, span: Span, limit: number) {
    const found: Found[] = [];
    let { low, high } = span;
    for (let most = limit; ; most = Math.min(most * 4, MOST_CANDIDATES)) {
      const ids = await idsOf(sql(span.isUp), [low, high, most, ...values]);
      if (ids.length > 0) found.push(...(await these(ids, conditions, span, limit - found.length)));
      if (ids.length < most || found.length >= limit) return found;
      const last = ids.at(-1) ?? 0;
      if (span.isUp) low = last + 1;
      else high = last;
    }
  }

  return {
    every: (conditions: Conditions, span: Span, limit: number) => among([someEvents], conditions, span, limit),

    /** Those of these that lie within the span. */
    these(ids: readonly EventId[], conditions: Conditions, span: Span, limit: number) {
      const within = [...new Set(ids)].filter((id) => id >= span.low && id < span.high);
      return these(within, conditions, span, limit);
    },

    pending: (conditions: Conditions, span: Span, limit: number) => among([somePending], conditions, span, limit),

    withTokens: (tokens: readonly string[], conditions: Conditions, span: Span, limit: number) =>
      among([someMatching, tokens], conditions, span, limit),

    /** What was put to a destination. */
    putTo: (destination: string, conditions: Conditions, span: Span, limit: number) =>
      among([somePutTo, pgText(destination)], conditions, span, limit),

    ...narrowing(db),
  };
}

/** What is known of where to look before anything is read. */
function narrowing(db: Database) {
  const idsOf = idReader(db);
  return {
    /** The span without what is older than anything that waits: what waits is the newest as a rule. */
    async waiting(to: string | undefined, span: Span): Promise<Span> {
      const [row] = await db.rows<{ low: EventId | null }>(oldestWaiting(to), to === undefined ? [] : [pgText(to)]);
      return { ...span, low: Math.max(span.low, row?.low ?? span.low) };
    },

    /** Null: they are not few, or not asked for. */
    async few(fate: Fate | null, to: string | undefined, { low, high }: Span): Promise<readonly EventId[] | null> {
      const sql = fewInFate(fate, to);
      if (sql === null && to === undefined) return null;
      const there = to === undefined ? [] : [pgText(to)];
      const ids =
        sql === null ? await idsOf(somePutTo(false), [low, high, FEW + 1, ...there]) : await idsOf(sql, there);
      return ids.length > FEW ? null : ids;
    },
  };
}

function idReader(db: Database) {
  return async (sql: string, values: readonly unknown[]): Promise<readonly EventId[]> =>
    (await db.rows<{ id: EventId }>(sql, values)).map(({ id }) => id);
}
