import type { EventFilter } from '../../../model/inbox/records.ts';
import { fateIn } from '../../fates.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { type Span, spanOf, timesOf } from '../../search/span.ts';
import { askedTokens, asksForWords, isNarrowed, PAIRS } from '../../search/tokens.ts';
import { type Database, scalar } from '../database.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { andThere, fewIn, spanOfWaiting } from './fates.ts';
import { type Found, firstOf, waysToRead } from './read.ts';

/**
 * Whoever the tokens find is asked itself, so they may find too many; what has none yet (it is pending, or was not brought over) is read
 * one by one.
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
    const [older, newer] = [
      () => (below > span.low ? read.every(isDecided, { ...span, high: below }, limit) : []),
      () => read.withTokens(tokens, isDecided, { ...span, low: Math.max(span.low, below) }, limit),
    ];
    const [first, second] = span.isUp ? [older, newer] : [newer, older];
    const found = first();
    const rest = found.length < limit ? second() : [];
    const mayBePending = state === undefined || fateIn(state) !== null;
    const pending = mayBePending ? read.pending(conditions, span, limit) : [];
    return firstOf(limit, span, found, rest, pending);
  }

  const lowest = (time: number | null) => (time === null ? null : scalar(selectLowest, time));

  return (filter) => {
    const { ids, state, to, limit } = filter;
    const tokens = askedTokens(filter, PAIRS);
    if (tokens === null) return [];
    const [since, until] = timesOf(filter);
    let span = spanOf(filter, lowest(since), lowest(until));
    const fate = fateIn(state);
    // Words are rarer than what a destination got.
    const few = to !== undefined && asksForWords(filter) ? null : fewIn(db, fate, to, span);
    if (few === null && fate === 'waiting') span = spanOfWaiting(db, to, span);
    let conditions = conditionsOf(filter);
    if (few !== null) conditions = conditions.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(few));
    if (few === null || to !== undefined) conditions = andThere(conditions, fate, to);
    if (asksForWords(filter)) return read.withTokens(tokens, conditions, span, limit);
    if (state === 'pending') return read.pending(conditions, span, limit);
    if (tokens.length === 0 || few !== null || ids !== undefined) return read.every(conditions, span, limit);
    if (to !== undefined && !isNarrowed(filter)) return read.putTo(to, conditions, span, limit);
    return byTokens(tokens, conditions, span, filter);
  };
}
