import type { EventId } from '../../../model/event.ts';
import type { EventFate, Fate } from '../../../model/fate.ts';
import type { EventFilter, EventSummary } from '../../../model/inbox/records.ts';
import { splitName } from '../../../model/kind.ts';
import { type FateRow, fatesByEvent, IN_TROUBLE, isFate, isNewest } from '../../fates.ts';
import { all, type Database } from '../database.ts';

/** All of an event's summary but its fates. */
export const SUMMARY =
  'id, source, type, action, delivery_id AS deliveryId, origin, repo, state, reason, received_at AS receivedAt';

const FATES = `
  SELECT n.event_id AS eventId, n.destination, n.state, n.not_before IS NOT NULL AS isHeld, n.reason, n.activity
  FROM notifications n WHERE n.event_id IN (SELECT value FROM json_each(?)) ORDER BY n.id`;

/** By partial index, all but the first: what was told is in none, and is the rule rather than the exception. */
const IN_FATE: Readonly<Record<Fate, string>> = {
  told: inFate("n.event_id = events.id AND n.state IN ('sent', 'merged')"),
  waiting: inFate("n.state = 'queued' AND n.not_before IS NULL"),
  held: inFate("n.state = 'queued' AND n.not_before IS NOT NULL"),
  unknown: inFate(`n.state = 'unknown' AND ${IN_TROUBLE}`),
  dead: inFate(`n.state = 'dead' AND ${IN_TROUBLE}`),
};

function inFate(condition: string): string {
  return `id IN (SELECT n.event_id FROM notifications n WHERE ${condition} AND ${isNewest('notifications')})`;
}

export function fatesReader(db: Database) {
  const select = db.prepare(FATES);
  return (ids: readonly EventId[]): ReadonlyMap<EventId, readonly EventFate[]> =>
    fatesByEvent(all<FateRow>(select, JSON.stringify(ids)));
}

export function listOps(db: Database) {
  const fatesOf = fatesReader(db);

  return {
    list(filter: EventFilter): readonly EventSummary[] {
      const { where, values } = conditionsOf(filter);
      const statement = db.prepare(`SELECT ${SUMMARY} FROM events ${where} ORDER BY id DESC LIMIT ?`);
      const rows = all<Omit<EventSummary, 'fates'>>(statement, ...values, filter.limit);
      const fates = fatesOf(rows.map(({ id }) => id));
      return rows.map((row) => ({ ...row, fates: fates.get(row.id) ?? [] }));
    },
  };
}

function conditionsOf(filter: EventFilter): { readonly where: string; readonly values: readonly (string | number)[] } {
  const values: (string | number)[] = [];
  const conditions: string[] = [];
  const add = (sql: string, ...given: readonly (string | number)[]) => {
    values.push(...given);
    conditions.push(sql);
  };
  const { ids, state, kind, type, action, repo, since, before } = filter;
  if (ids !== undefined) add('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  if (isFate(state)) conditions.push(IN_FATE[state]);
  else if (state !== undefined) add('state = ?', state);
  if (kind !== undefined) {
    const { type: head, action: tail } = splitName(kind);
    if (tail === null) add('type = ?', kind);
    else add('(type = ? OR (type = ? AND action = ?))', kind, head, tail);
  }
  if (type !== undefined) add('type = ?', type);
  if (action !== undefined) add('action = ?', action);
  if (repo !== undefined) add('repo = ? COLLATE NOCASE', repo);
  if (since !== undefined) add('received_at >= ?', since);
  if (before !== undefined) add('id < ?', before);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}
