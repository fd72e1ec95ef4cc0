import type { EventId } from '../../../model/event.ts';
import type { EventFilter } from '../../../model/inbox/records.ts';
import { fateIn } from '../../fates.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { type Span, spanOf, timesOf } from '../../search/span.ts';
import { askedTokens, asksForWords, FIRST_PAIR, isNarrowed } from '../../search/tokens.ts';
import type { Database } from '../server/database.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { andThere } from './fates.ts';
import { type Found, IS_DECIDED, waysToRead } from './read.ts';

/**
 * Whoever the tokens find is asked itself, so they may find too many; what has none yet (it is pending, or was not brought over) is read
 * one by one.
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
    const mayBePending = state === undefined || fateIn(state) !== null;
    const pending = mayBePending ? await read.pending(conditions, span, limit) : [];
    const [row] = await db.rows<{ below: EventId }>('SELECT below FROM tidings.search_rest');
    const below = Math.min(row?.below ?? 0, span.high);
    const decided = conditions.and(`${IS_DECIDED} AND d.event_id IS NOT NULL`);
    const older = async () => (below > span.low ? read.every(decided, { ...span, high: below }, limit) : []);
    const newer = () => read.withTokens(tokens, decided, { ...span, low: Math.max(span.low, below) }, limit);
    const [first, second] = span.isUp ? [older, newer] : [newer, older];
    const found = await first();
    const rest = found.length < limit ? await second() : [];
    const byId = new Map([...pending, ...found, ...rest].map((event) => [event.id, event]));
    return [...byId.values()].toSorted((a, b) => (span.isUp ? a.id - b.id : b.id - a.id)).slice(0, limit);
  }

  async function lowest(time: number | null): Promise<EventId | null> {
    if (time === null) return null;
    const [row] = await db.rows<{ low: EventId | null }>(lowestSince('tidings.events', '$1::bigint'), [time]);
    return row?.low ?? null;
  }

  return async (filter) => {
    const { ids, state, to, limit } = filter;
    const tokens = askedTokens(filter, FIRST_PAIR);
    if (tokens === null) return [];
    const [since, until] = timesOf(filter);
    let span = spanOf(filter, await lowest(since), await lowest(until));
    const fate = fateIn(state);
    // Words are rarer than what a destination got.
    const few = to !== undefined && asksForWords(filter) ? null : await read.few(fate, to, span);
    if (few === null && fate === 'waiting') span = await read.waiting(to, span);
    let conditions = conditionsOf(filter);
    if (few === null || to !== undefined) conditions = andThere(conditions, fate, to);
    else conditions = conditions.and('e.id = ANY(?::bigint[])', few);
    const listed = few ?? ids;
    if (state === 'pending') conditions = conditions.and(`NOT (${IS_DECIDED})`);
    else if (state !== undefined && fate === null) conditions = conditions.and(IS_DECIDED);
    if (asksForWords(filter)) return read.withTokens(tokens, conditions, span, limit);
    if (state === 'pending') return read.pending(conditions, span, limit);
    if (listed !== undefined) return read.these(listed, conditions, span, limit);
    if (tokens.length === 0) return read.every(conditions, span, limit);
    if (to !== undefined && !isNarrowed(filter)) return read.putTo(to, conditions, span, limit);
    return byTokens(tokens, conditions, span, filter);
  };
}
