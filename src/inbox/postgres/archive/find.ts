import type { EventId } from '../../../model/event.ts';
import type { Fate } from '../../../model/fate.ts';
import type { EventFilter, EventSummary } from '../../../model/inbox/records.ts';
import { IN_TROUBLE, isFate, isNewest } from '../../fates.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { askedTokens, asksForWords } from '../../search/tokens.ts';
import type { Database } from '../server/database.ts';
import { type Conditions, conditionsOf } from './conditions.ts';

/** All of an event's summary but its fates. */
export const SUMMARY = `
  e.id, e.source, e.type, d.action, e.delivery_id AS "deliveryId", e.origin, d.repo, d.reason,
  CASE WHEN p.event_id IS NULL AND s.event_id IS NULL THEN d.state ELSE 'pending' END AS state, e.received_at AS "receivedAt"`;

export const FROM = `
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  LEFT JOIN tidings.pending p ON p.event_id = e.id LEFT JOIN tidings.settling s ON s.event_id = e.id`;

export type Found = Omit<EventSummary, 'fates'>;

const IS_DECIDED = 'p.event_id IS NULL AND s.event_id IS NULL';

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

const isIn = (fate: Fate) =>
  fate === 'told'
    ? IS_TOLD
    : `EXISTS (SELECT FROM ${IN_FATE[fate]} AND n.event_id = e.id AND ${isNewest('tidings.notifications')})`;

/** Ids from `low`, and below `high`. */
interface Span {
  readonly low: EventId;
  readonly high: EventId;
}

/** Ids that may be meant, from the newest back. */
interface Candidates {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const MOST_CANDIDATES = 5_000;

/**
 * Newest first. Whoever the tokens find is asked itself, so they may find too many; what has none yet (it is pending, or was not
 * brought over) is read one by one. Ids first, then their rows: so the planner has no choice that goes wrong with a rare value.
 */
export function finder(db: Database): (filter: EventFilter) => Promise<readonly Found[]> {
  async function idsOf(sql: string, values: readonly unknown[]): Promise<readonly EventId[]> {
    return (await db.rows<{ id: EventId }>(sql, values)).map(({ id }) => id);
  }

  /** Null: they are not few. */
  async function fewIn(fate: Fate): Promise<readonly EventId[] | null> {
    if (fate === 'told') return null;
    const ids = await idsOf(fewSql(fate), []);
    return ids.length > FEW ? null : ids;
  }

  async function select({ sql, values }: Conditions, limit: number): Promise<readonly Found[]> {
    return db.rows<Found>(`SELECT ${SUMMARY} ${FROM} WHERE ${sql} ORDER BY e.id DESC LIMIT $${values.length + 1}`, [
      ...values,
      limit,
    ]);
  }

  const within = (conditions: Conditions, { low, high }: Span) => conditions.and('e.id >= ? AND e.id < ?', low, high);

  async function among(
    { sql, values }: Candidates,
    conditions: Conditions,
    { low, high }: Span,
    limit: number,
  ): Promise<readonly Found[]> {
    const found: Found[] = [];
    let most = limit;
    for (let below = high; found.length < limit; ) {
      const ids = await idsOf(sql, [low, below, most, ...values]);
      if (ids.length > 0)
        found.push(...(await select(conditions.and('e.id = ANY(?::bigint[])', ids), limit - found.length)));
      if (ids.length < most) break;
      below = ids.at(-1) ?? 0;
      most = Math.min(most * 4, MOST_CANDIDATES);
    }
    return found;
  }

  async function byTokens(
    matching: Candidates,
    conditions: Conditions,
    span: Span,
    { state, limit }: EventFilter,
  ): Promise<readonly Found[]> {
    const below = Math.min((await rest()) ?? 0, span.high);
    const decided = conditions.and(IS_DECIDED);
    const found = await among(matching, decided, { ...span, low: Math.max(span.low, below) }, limit);
    const isMore = found.length < limit && below > span.low;
    const older = isMore
      ? await select(within(decided.and('d.event_id IS NOT NULL'), { ...span, high: below }), limit)
      : [];
    const mayBePending = state === undefined || isFate(state);
    const pending = mayBePending ? await among({ sql: SOME_PENDING, values: [] }, conditions, span, limit) : [];
    return [...found, ...older, ...pending].toSorted((a, b) => b.id - a.id).slice(0, limit);
  }

  async function rest(): Promise<EventId | undefined> {
    return (await db.rows<{ below: EventId }>('SELECT below FROM tidings.search_rest'))[0]?.below;
  }

  async function spanOf({ since, before = Number.MAX_SAFE_INTEGER }: EventFilter): Promise<Span> {
    if (since === undefined) return { low: 0, high: before };
    const [lowest] = await db.rows<{ low: EventId }>(lowestSince('tidings.events', '$1::bigint'), [since]);
    return { low: lowest?.low ?? 0, high: before };
  }

  return async (filter) => {
    const { ids, state, limit } = filter;
    const tokens = askedTokens(filter, 'no pairs');
    if (tokens === null) return [];
    const span = await spanOf(filter);
    const few = isFate(state) ? await fewIn(state) : null;
    let conditions = conditionsOf(filter);
    if (few !== null) conditions = conditions.and('e.id = ANY(?::bigint[])', few);
    else if (isFate(state)) conditions = conditions.and(isIn(state));
    const matching = { sql: SOME_MATCHING, values: [tokens] };
    const isPending = conditions.and(`NOT (${IS_DECIDED})`);
    if (asksForWords(filter)) {
      const inState = state === 'pending' ? isPending : isDecidedState(state) ? conditions.and(IS_DECIDED) : conditions;
      return among(matching, inState, span, limit);
    }
    if (state === 'pending') return among({ sql: SOME_PENDING, values: [] }, conditions, span, limit);
    if (tokens.length > 0 && few === null && ids === undefined) return byTokens(matching, conditions, span, filter);
    return select(within(isDecidedState(state) ? conditions.and(IS_DECIDED) : conditions, span), limit);
  };
}

function isDecidedState(state: EventFilter['state']): boolean {
  return state !== undefined && state !== 'pending' && !isFate(state);
}
