import type { EventId } from '../../../model/event.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import type { Span } from '../../search/span.ts';
import { pageOrAround } from '../damage/around.ts';
import { idsDown, idsUp } from '../damage/event-ids.ts';
import { all, type Database, one } from '../database.ts';
import type { Conditions } from './conditions.ts';
import { PUT_TO } from './fates.ts';

/** All of an event's summary but its fates. */
export const SUMMARY =
  'id, source, type, action, delivery_id AS deliveryId, origin, repo, actor, about, state, reason, received_at AS receivedAt';

export type Found = Omit<EventSummary, 'fates'>;

/** Another index would give them in no order. */
const BY_ID = 'events NOT INDEXED';

const direction = ({ isUp }: Span) => (isUp ? 'ASC' : 'DESC');

/** How events can be read, in the span's order, at most `limit`. */
export function waysToRead(db: Database) {
  function oneByOne(from: string, { sql, values }: Conditions, span: Span, limit: number): readonly Found[] {
    const { low, high, isUp } = span;
    const select = (rest: string) => db.prepare(`SELECT ${SUMMARY} FROM ${from} WHERE ${sql} AND ${rest}`);
    const statement = select(`id >= ? AND id < ? ORDER BY id ${direction(span)} LIMIT ?`);
    const alone = once(() => select('id = ?'));
    return pageOrAround(() => all<Found>(statement, ...values, low, high, limit), {
      ids: () => (isUp ? idsUp : idsDown)(db, low, high),
      read: (id) => one<Found>(alone(), ...values, id),
      limit,
    }).rows;
  }

  const selectNext = db.prepare('SELECT event_id AS id, tokens FROM search_next WHERE event_id >= ? AND event_id < ?');

  return {
    every: (conditions: Conditions, span: Span, limit: number) => oneByOne(BY_ID, conditions, span, limit),

    pending: (conditions: Conditions, span: Span, limit: number) =>
      oneByOne('events INDEXED BY events_pending', conditions.and("state = 'pending'"), span, limit),

    /** What was put to a destination. The conditions say so, too: something may have been put there twice. */
    putTo(destination: string, conditions: Conditions, span: Span, limit: number): readonly Found[] {
      const { sql, values } = conditions;
      const statement = db.prepare(`
        SELECT ${SUMMARY} FROM (${PUT_TO}) CROSS JOIN ${BY_ID} ON events.id = put
        WHERE ${sql} ORDER BY put ${direction(span)} LIMIT ?`);
      const page = () => all<Found>(statement, destination, span.low, span.high, ...values, limit);
      return pageOrAround(page, {
        ids: () => (span.isUp ? idsUp : idsDown)(db, span.low, span.high),
        read: (id) => oneByOne(BY_ID, conditions, { ...span, low: id, high: id + 1 }, 1)[0],
        limit,
      }).rows;
    },

    withTokens(tokens: readonly string[], conditions: Conditions, span: Span, limit: number): readonly Found[] {
      const { sql, values } = conditions;
      const { low, high } = span;
      const next = all<{ id: EventId; tokens: string }>(selectNext, low, high).filter((row) =>
        hasAll(row.tokens, tokens),
      );
      const isNext = conditions.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(next.map(({ id }) => id)));
      // CROSS: whatever SQLite believes of the tables, it begins with the search.
      const statement = db.prepare(`
        SELECT ${SUMMARY} FROM search CROSS JOIN ${BY_ID} ON events.id = search.rowid
        WHERE search MATCH ? AND search.rowid >= ? AND search.rowid < ? AND NOT EXISTS (SELECT 1 FROM search_next WHERE event_id = id)
          AND ${sql} ORDER BY search.rowid ${direction(span)} LIMIT ?`);
      const match = tokens.map((token) => `"${token}"`).join(' AND ');
      return firstOf(
        limit,
        span,
        oneByOne(BY_ID, isNext, span, limit),
        all<Found>(statement, match, low, high, ...values, limit),
      );
    },
  };
}

/** Needed rarely, then often. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function hasAll(has: string, asked: readonly string[]): boolean {
  const tokens = new Set(has.split(' '));
  return asked.every((token) => tokens.has(token));
}

/** Of all of these. */
export function firstOf(limit: number, { isUp }: Span, ...found: readonly (readonly Found[])[]): readonly Found[] {
  return found
    .flat()
    .toSorted((a, b) => (isUp ? a.id - b.id : b.id - a.id))
    .slice(0, limit);
}
