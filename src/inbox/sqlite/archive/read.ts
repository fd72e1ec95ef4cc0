import type { EventId } from '../../../model/event.ts';
import type { Fate } from '../../../model/fate.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import { IN_TROUBLE, isNewest } from '../../fates.ts';
import { pageOrAround } from '../damage/around.ts';
import { idsDown } from '../damage/event-ids.ts';
import { all, type Database, one } from '../database.ts';
import type { Conditions } from './conditions.ts';

/** All of an event's summary but its fates. */
export const SUMMARY =
  'id, source, type, action, delivery_id AS deliveryId, origin, repo, state, reason, received_at AS receivedAt';

export type Found = Omit<EventSummary, 'fates'>;

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

export const inFate = (fate: Fate) => `EXISTS (
  SELECT 1 FROM notifications n INDEXED BY notifications_by_event
  WHERE n.event_id = events.id AND ${FATE[fate]} AND ${isNewest('notifications')})`;

/** Another index would give them in no order. */
const BY_ID = 'events NOT INDEXED';

/** Ids from `low`, and below `high`. */
export interface Span {
  readonly low: EventId;
  readonly high: EventId;
}

/** How events can be read, newest first, at most `limit`. */
export function waysToRead(db: Database) {
  function oneByOne(from: string, { sql, values }: Conditions, { low, high }: Span, limit: number): readonly Found[] {
    const select = (rest: string) => db.prepare(`SELECT ${SUMMARY} FROM ${from} WHERE ${sql} AND ${rest}`);
    const statement = select('id >= ? AND id < ? ORDER BY id DESC LIMIT ?');
    const alone = once(() => select('id = ?'));
    return pageOrAround(() => all<Found>(statement, ...values, low, high, limit), {
      ids: () => idsDown(db, low, high),
      read: (id) => one<Found>(alone(), ...values, id),
      limit,
    }).rows;
  }

  const selectNext = db.prepare('SELECT event_id AS id, tokens FROM search_next WHERE event_id >= ? AND event_id < ?');

  return {
    every: (conditions: Conditions, span: Span, limit: number) => oneByOne(BY_ID, conditions, span, limit),

    pending: (conditions: Conditions, span: Span, limit: number) =>
      oneByOne('events INDEXED BY events_pending', conditions.and("state = 'pending'"), span, limit),

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
          AND ${sql} ORDER BY search.rowid DESC LIMIT ?`);
      const match = tokens.map((token) => `"${token}"`).join(' AND ');
      return newest(
        limit,
        oneByOne(BY_ID, isNext, span, limit),
        all<Found>(statement, match, low, high, ...values, limit),
      );
    },

    /** Null: they are not few. */
    fewIn(fate: Fate): readonly EventId[] | null {
      if (fate === 'told') return null;
      const ids = all<{ id: EventId }>(db.prepare(fewSql(fate))).map(({ id }) => id);
      return ids.length > FEW ? null : ids;
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
export function newest(limit: number, ...found: readonly (readonly Found[])[]): readonly Found[] {
  return found
    .flat()
    .toSorted((a, b) => b.id - a.id)
    .slice(0, limit);
}
