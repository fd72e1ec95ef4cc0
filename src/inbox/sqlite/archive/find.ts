import type { EventId } from '../../../model/event.ts';
import type { Fate } from '../../../model/fate.ts';
import type { EventFilter, EventSummary } from '../../../model/inbox/records.ts';
import { IN_TROUBLE, isFate, isNewest } from '../../fates.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { askedTokens, asksForWords } from '../../search/tokens.ts';
import { all, type Database, scalar } from '../database.ts';
import { Conditions, conditionsOf } from './conditions.ts';

/** All of an event's summary but its fates. */
export const SUMMARY =
  'id, source, type, action, delivery_id AS deliveryId, origin, repo, state, reason, received_at AS receivedAt';

type Found = Omit<EventSummary, 'fates'>;

/** Of a notification `n`. */
const FATE: Readonly<Record<Fate, string>> = {
  told: "n.state IN ('sent', 'merged')",
  waiting: "n.state = 'queued' AND n.not_before IS NULL",
  held: "n.state = 'queued' AND n.not_before IS NOT NULL",
  unknown: `n.state = 'unknown' AND ${IN_TROUBLE}`,
  dead: `n.state = 'dead' AND ${IN_TROUBLE}`,
};

/** Partial indexes: so many events that wait, or that nobody heard of, are read first. Of more, some are likely to be new. */
const FEW = 5_000;

const HOLDS: Readonly<Record<Exclude<Fate, 'told'>, string>> = {
  waiting: 'notifications_queued',
  held: 'notifications_held',
  unknown: 'notifications_in_trouble',
  dead: 'notifications_in_trouble',
};

const fewSql = (fate: Exclude<Fate, 'told'>) => `
  SELECT DISTINCT n.event_id AS id FROM notifications n INDEXED BY ${HOLDS[fate]}
  WHERE ${FATE[fate]} AND ${isNewest('notifications')} LIMIT ${FEW + 1}`;

const inFate = (fate: Fate) => `EXISTS (
  SELECT 1 FROM notifications n INDEXED BY notifications_by_event
  WHERE n.event_id = events.id AND ${FATE[fate]} AND ${isNewest('notifications')})`;

/** Ids from `low`, and below `high`. */
interface Span {
  readonly low: EventId;
  readonly high: EventId;
}

/**
 * Newest first. Whoever the tokens find is asked itself, so they may find too many; what has none yet (it is pending, or was not
 * brought over) is read one by one.
 */
export function finder(db: Database): (filter: EventFilter) => readonly Found[] {
  const selectRest = db.prepare('SELECT below FROM search_rest');
  const selectLowest = db.prepare(lowestSince('events', '?1'));

  /** Null: they are not few. */
  function fewIn(fate: Fate): readonly EventId[] | null {
    if (fate === 'told') return null;
    const ids = all<{ id: EventId }>(db.prepare(fewSql(fate))).map(({ id }) => id);
    return ids.length > FEW ? null : ids;
  }

  function select(from: string, { sql, values }: Conditions, { low, high }: Span, limit: number): readonly Found[] {
    const statement = db.prepare(
      `SELECT ${SUMMARY} FROM ${from} WHERE ${sql} AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?`,
    );
    return all<Found>(statement, ...values, low, high, limit);
  }

  function pendingOf(conditions: Conditions, span: Span, limit: number): readonly Found[] {
    return select('events INDEXED BY events_pending', conditions.and("state = 'pending'"), span, limit);
  }

  function matching(
    tokens: readonly string[],
    { sql, values }: Conditions,
    { low, high }: Span,
    limit: number,
  ): readonly Found[] {
    // CROSS: whatever SQLite believes of the tables, it begins with the search.
    const statement = db.prepare(`
      SELECT ${SUMMARY} FROM search CROSS JOIN events ON events.id = search.rowid
      WHERE search MATCH ? AND search.rowid >= ? AND search.rowid < ? AND ${sql} ORDER BY search.rowid DESC LIMIT ?`);
    return all<Found>(statement, tokens.map((token) => `"${token}"`).join(' AND '), low, high, ...values, limit);
  }

  function byTokens(
    tokens: readonly string[],
    conditions: Conditions,
    span: Span,
    filter: EventFilter,
  ): readonly Found[] {
    const { state, limit } = filter;
    const below = Math.min(scalar(selectRest), span.high);
    const isDecided = conditions.and("state <> 'pending'");
    const found = matching(tokens, isDecided, { ...span, low: Math.max(span.low, below) }, limit);
    const rest =
      found.length < limit && below > span.low ? select('events', isDecided, { ...span, high: below }, limit) : [];
    const mayBePending = state === undefined || isFate(state);
    const pending = mayBePending ? pendingOf(conditions, span, limit) : [];
    return [...found, ...rest, ...pending].toSorted((a, b) => b.id - a.id).slice(0, limit);
  }

  return (filter) => {
    const { ids, state, since, before = Number.MAX_SAFE_INTEGER, limit } = filter;
    const tokens = askedTokens(filter, 'with pairs');
    if (tokens === null) return [];
    const span = { low: since === undefined ? 0 : scalar(selectLowest, since), high: before };
    const few = isFate(state) ? fewIn(state) : null;
    let conditions = conditionsOf(filter);
    if (few !== null) conditions = conditions.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(few));
    else if (isFate(state)) conditions = conditions.and(inFate(state));
    if (asksForWords(filter)) return matching(tokens, conditions, span, limit);
    if (state === 'pending') return pendingOf(conditions, span, limit);
    const isOneByOne = tokens.length === 0 || few !== null || ids !== undefined;
    return isOneByOne ? select('events', conditions, span, limit) : byTokens(tokens, conditions, span, filter);
  };
}
