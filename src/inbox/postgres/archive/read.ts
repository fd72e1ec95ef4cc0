import type { EventId } from '../../../model/event.ts';
import type { Fate } from '../../../model/fate.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import { IN_TROUBLE, isNewest } from '../../fates.ts';
import type { Database } from '../server/database.ts';
import type { Conditions } from './conditions.ts';

/** All of an event's summary but its fates. */
export const SUMMARY = `
  e.id, e.source, e.type, d.action, e.delivery_id AS "deliveryId", e.origin, d.repo, d.reason,
  CASE WHEN p.event_id IS NULL AND s.event_id IS NULL THEN d.state ELSE 'pending' END AS state, e.received_at AS "receivedAt"`;

export const FROM = `
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  LEFT JOIN tidings.pending p ON p.event_id = e.id LEFT JOIN tidings.settling s ON s.event_id = e.id`;

export type Found = Omit<EventSummary, 'fates'>;

export const IS_DECIDED = 'p.event_id IS NULL AND s.event_id IS NULL';

const SOME_PENDING = `
  SELECT event_id AS id FROM (SELECT event_id FROM tidings.pending UNION ALL SELECT event_id FROM tidings.settling) q
  WHERE event_id >= $1 AND event_id < $2 GROUP BY event_id ORDER BY event_id DESC LIMIT $3`;

const SOME_MATCHING = 'SELECT id FROM tidings.search_1($4::text[], $1, $2, $3) AS id';

/** From the table or the partial index that holds only these. What was told is the rule. */
const IN_FATE: Readonly<Record<Exclude<Fate, 'told'>, string>> = {
  waiting: 'tidings.notifications n JOIN tidings.outbox o ON o.notification_id = n.id WHERE true',
  held: 'tidings.notifications n JOIN tidings.held h ON h.notification_id = n.id WHERE true',
  unknown: `tidings.notifications n WHERE n.state = 'unknown' AND ${IN_TROUBLE}`,
  dead: `tidings.notifications n WHERE n.state = 'dead' AND ${IN_TROUBLE}`,
};

const IS_TOLD = `EXISTS (SELECT FROM tidings.notifications n
  WHERE n.event_id = e.id AND n.state IN ('sent', 'merged') AND ${isNewest('tidings.notifications')})`;

/** So many events that wait, or that nobody heard of, are read first. Of more, some are likely to be new. */
const FEW = 5_000;

const fewSql = (fate: Exclude<Fate, 'told'>) => `
  SELECT DISTINCT n.event_id AS id FROM ${IN_FATE[fate]} AND ${isNewest('tidings.notifications')} LIMIT ${FEW + 1}`;

export const isIn = (fate: Fate) =>
  fate === 'told'
    ? IS_TOLD
    : `EXISTS (SELECT FROM ${IN_FATE[fate]} AND n.event_id = e.id AND ${isNewest('tidings.notifications')})`;

/** Ids from `low`, and below `high`. */
export interface Span {
  readonly low: EventId;
  readonly high: EventId;
}

/** SQL and its values for ids that may be meant, from the newest back. */
type Candidates = readonly [sql: string, ...values: readonly unknown[]];

const MOST_CANDIDATES = 5_000;

/**
 * How events can be read, newest first, at most `limit`. Ids first, then their rows: so the planner has no choice that goes wrong with a
 * rare value.
 */
export function waysToRead(db: Database) {
  async function idsOf(sql: string, values: readonly unknown[]): Promise<readonly EventId[]> {
    return (await db.rows<{ id: EventId }>(sql, values)).map(({ id }) => id);
  }

  function select({ sql, values }: Conditions, limit: number): Promise<readonly Found[]> {
    const statement = `SELECT ${SUMMARY} ${FROM} WHERE ${sql} ORDER BY e.id DESC LIMIT $${values.length + 1}`;
    return db.rows<Found>(statement, [...values, limit]);
  }

  async function among([sql, ...values]: Candidates, conditions: Conditions, { low, high }: Span, limit: number) {
    const found: Found[] = [];
    let below = high;
    for (let most = limit; ; most = Math.min(most * 4, MOST_CANDIDATES)) {
      const ids = await idsOf(sql, [low, below, most, ...values]);
      const ofThese = conditions.and('e.id = ANY(?::bigint[])', ids);
      if (ids.length > 0) found.push(...(await select(ofThese, limit - found.length)));
      if (ids.length < most || found.length >= limit) return found;
      below = ids.at(-1) ?? 0;
    }
  }

  return {
    every: (conditions: Conditions, { low, high }: Span, limit: number) =>
      select(conditions.and('e.id >= ? AND e.id < ?', low, high), limit),

    pending: (conditions: Conditions, span: Span, limit: number) => among([SOME_PENDING], conditions, span, limit),

    withTokens: (tokens: readonly string[], conditions: Conditions, span: Span, limit: number) =>
      among([SOME_MATCHING, tokens], conditions, span, limit),

    /** Null: they are not few. */
    async fewIn(fate: Fate): Promise<readonly EventId[] | null> {
      if (fate === 'told') return null;
      const ids = await idsOf(fewSql(fate), []);
      return ids.length > FEW ? null : ids;
    },
  };
}
