import type { EventFilter } from '../../../model/inbox/records.ts';
import { isFate } from '../../fates.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { askedTokens, asksForWords, PAIRS } from '../../search/tokens.ts';
import { type Database, scalar } from '../database.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { type Found, inFate, newest, type Span, waysToRead } from './read.ts';

/**
 * Newest first. Whoever the tokens find is asked itself, so they may find too many; what has none yet (it is pending, or was not
 * brought over) is read one by one.
 */
export function finder(db: Database): (filter: EventFilter) => readonly Found[] {
  const selectRest = db.prepare('SELECT below FROM search_rest');
  const selectLowest = db.prepare(lowestSince('events', '?1'));
  const read = waysToRead(db);

  function byTokens(
    tokens: readonly string[],
    conditions: Conditions,
    span: Span,
    { state, limit }: EventFilter,
  ): readonly Found[] {
    const below = Math.min(scalar(selectRest), span.high);
    const isDecided = conditions.and("state <> 'pending'");
    const found = read.withTokens(tokens, isDecided, { ...span, low: Math.max(span.low, below) }, limit);
    const isMore = found.length < limit && below > span.low;
    const rest = isMore ? read.every(isDecided, { ...span, high: below }, limit) : [];
    const mayBePending = state === undefined || isFate(state);
    const pending = mayBePending ? read.pending(conditions, span, limit) : [];
    return newest(limit, found, rest, pending);
  }

  return (filter) => {
    const { ids, state, since, before = Number.MAX_SAFE_INTEGER, limit } = filter;
    const tokens = askedTokens(filter, PAIRS);
    if (tokens === null) return [];
    const span = { low: since === undefined ? 0 : scalar(selectLowest, since), high: before };
    const few = isFate(state) ? read.fewIn(state) : null;
    let conditions = conditionsOf(filter);
    if (few !== null) conditions = conditions.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(few));
    else if (isFate(state)) conditions = conditions.and(inFate(state));
    if (asksForWords(filter)) return read.withTokens(tokens, conditions, span, limit);
    if (state === 'pending') return read.pending(conditions, span, limit);
    if (tokens.length === 0 || few !== null || ids !== undefined) return read.every(conditions, span, limit);
    return byTokens(tokens, conditions, span, filter);
  };
}
