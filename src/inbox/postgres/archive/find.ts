import type { EventId } from '../../../model/event.ts';
import type { EventFilter } from '../../../model/inbox/records.ts';
import { isFate } from '../../fates.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { askedTokens, asksForWords, FIRST_PAIR } from '../../search/tokens.ts';
import type { Database } from '../server/database.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { type Found, IS_DECIDED, isIn, type Span, waysToRead } from './read.ts';

/**
 * Newest first. Whoever the tokens find is asked itself, so they may find too many; what has none yet (it is pending, or was not
 * brought over) is read one by one.
 */
export function finder(db: Database): (filter: EventFilter) => Promise<readonly Found[]> {
  const read = waysToRead(db);

  async function byTokens(
    tokens: readonly string[],
    conditions: Conditions,
    span: Span,
    { state, limit }: EventFilter,
  ): Promise<readonly Found[]> {
    // First: what is decided meanwhile is there twice rather than missing.
    const mayBePending = state === undefined || isFate(state);
    const pending = mayBePending ? await read.pending(conditions, span, limit) : [];
    const [rest] = await db.rows<{ below: EventId }>('SELECT below FROM tidings.search_rest');
    const below = Math.min(rest?.below ?? 0, span.high);
    const decided = conditions.and(`${IS_DECIDED} AND d.event_id IS NOT NULL`);
    const found = await read.withTokens(tokens, decided, { ...span, low: Math.max(span.low, below) }, limit);
    const isMore = found.length < limit && below > span.low;
    const older = isMore ? await read.every(decided, { ...span, high: below }, limit) : [];
    const byId = new Map([...pending, ...found, ...older].map((event) => [event.id, event]));
    return [...byId.values()].toSorted((a, b) => b.id - a.id).slice(0, limit);
  }

  async function spanOf({ since, before = Number.MAX_SAFE_INTEGER }: EventFilter): Promise<Span> {
    if (since === undefined) return { low: 0, high: before };
    const [lowest] = await db.rows<{ low: EventId }>(lowestSince('tidings.events', '$1::bigint'), [since]);
    return { low: lowest?.low ?? 0, high: before };
  }

  return async (filter) => {
    const { ids, state, limit } = filter;
    const tokens = askedTokens(filter, FIRST_PAIR);
    if (tokens === null) return [];
    const span = await spanOf(filter);
    const few = isFate(state) ? await read.fewIn(state) : null;
    let conditions = conditionsOf(filter);
    if (few !== null) conditions = conditions.and('e.id = ANY(?::bigint[])', few);
    else if (isFate(state)) conditions = conditions.and(isIn(state));
    else if (state === 'pending') conditions = conditions.and(`NOT (${IS_DECIDED})`);
    else if (state !== undefined) conditions = conditions.and(IS_DECIDED);
    if (asksForWords(filter)) return read.withTokens(tokens, conditions, span, limit);
    if (state === 'pending') return read.pending(conditions, span, limit);
    if (tokens.length === 0 || few !== null || ids !== undefined) return read.every(conditions, span, limit);
    return byTokens(tokens, conditions, span, filter);
  };
}
