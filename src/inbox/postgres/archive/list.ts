import type { EventId } from '../../../model/event.ts';
import type { EventFate, Fate } from '../../../model/fate.ts';
import type { Archive } from '../../../model/inbox/archive.ts';
import type { EventFilter, EventSummary } from '../../../model/inbox/records.ts';
import { splitName } from '../../../model/kind.ts';
import { type FateRow, fatesByEvent, isFate, isNewest } from '../../fates.ts';
import { pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';

/** All of an event's summary but its fates. */
export const SUMMARY = `
  e.id, e.source, e.type, d.action, e.delivery_id AS "deliveryId", e.origin, d.repo, d.reason,
  CASE WHEN p.event_id IS NULL AND s.event_id IS NULL THEN d.state ELSE 'pending' END AS state, e.received_at AS "receivedAt"`;

export const FROM = `
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id
  LEFT JOIN tidings.pending p ON p.event_id = e.id LEFT JOIN tidings.settling s ON s.event_id = e.id`;

const FATES = `
  SELECT n.event_id AS "eventId", n.destination, n.state, h.notification_id IS NOT NULL AS "isHeld", n.reason, a.activity
  FROM tidings.notifications n LEFT JOIN tidings.held h ON h.notification_id = n.id
  LEFT JOIN tidings.activities a ON a.notification_id = n.id
  WHERE n.event_id = ANY($1::bigint[]) ORDER BY n.id`;

/** From the table or the partial index that holds only these; what was told is the rule, and looked up event by event. */
const IN_FATE: Readonly<Record<Fate, string>> = {
  told: `EXISTS (SELECT FROM tidings.notifications n
    WHERE n.event_id = e.id AND n.state IN ('sent', 'merged') AND ${isNewest('tidings.notifications')})`,
  waiting: inFate('JOIN tidings.outbox o ON o.notification_id = n.id', 'true'),
  held: inFate('JOIN tidings.held h ON h.notification_id = n.id', 'true'),
  unknown: inFate('', "n.state = 'unknown'"),
  dead: inFate('', "n.state = 'dead'"),
};

function inFate(join: string, condition: string): string {
  return `e.id IN (SELECT n.event_id FROM tidings.notifications n ${join}
    WHERE ${condition} AND ${isNewest('tidings.notifications')})`;
}

export type FatesReader = (ids: readonly EventId[]) => Promise<ReadonlyMap<EventId, readonly EventFate[]>>;

export function fatesReader(db: Database): FatesReader {
  return async (ids) => fatesByEvent(await db.rows<FateRow>(FATES, [ids]));
}

export function listOps(db: Database): Pick<Archive, 'list'> {
  const fatesOf = fatesReader(db);

  return {
    async list(filter) {
      const { where, values } = conditionsOf(filter);
      const sql = `SELECT ${SUMMARY} ${FROM} ${where} ORDER BY e.id DESC LIMIT $${values.length + 1}`;
      const rows = await db.rows<Omit<EventSummary, 'fates'>>(sql, [...values, filter.limit]);
      const fates = await fatesOf(rows.map(({ id }) => id));
      return rows.map((row) => ({ ...row, fates: fates.get(row.id) ?? [] }));
    },
  };
}

function conditionsOf(filter: EventFilter): { readonly where: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (sql: string, ...given: readonly unknown[]) => {
    let count = values.length;
    values.push(...given.map((value) => (typeof value === 'string' ? pgText(value) : value)));
    conditions.push(sql.replaceAll('?', () => `$${++count}`));
  };
  const { ids, state, kind, type, action, repo, since, before } = filter;
  if (ids !== undefined) add('e.id = ANY(?::bigint[])', ids);
  if (state === 'pending') {
    conditions.push('e.id IN (SELECT event_id FROM tidings.pending UNION ALL SELECT event_id FROM tidings.settling)');
  } else if (isFate(state)) {
    conditions.push(IN_FATE[state]);
  } else if (state !== undefined) {
    conditions.push('p.event_id IS NULL AND s.event_id IS NULL');
    add('d.state = ?', state);
  }
  if (kind !== undefined) {
    const { type: head, action: tail } = splitName(kind);
    if (tail === null) add('e.type = ?', kind);
    else add('(e.type = ? OR (e.type = ? AND d.action = ?))', kind, head, tail);
  }
  if (type !== undefined) add('e.type = ?', type);
  if (action !== undefined) add('d.action = ?', action);
  if (repo !== undefined) add('lower(d.repo) = lower(?)', repo);
  if (since !== undefined) add('e.received_at >= ?', since);
  if (before !== undefined) add('e.id < ?', before);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}
