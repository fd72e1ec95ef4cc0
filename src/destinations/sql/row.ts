import { flatContent } from '../../model/flat-activity.ts';
import type { Notification } from '../../model/notification.ts';
import type { RowValues } from '../../route/column/column.ts';
import type { Dialect } from './statements.ts';

/** What a driver takes. */
export type Value = string | number | bigint | boolean | null;

/** What the expressions of the columns see. */
export function seenOf(notification: Notification, key: string, dialect: Dialect): RowValues {
  const { activity, eventId, rule, receivedAt, isReplay } = notification;
  const received = timeText(new Date(receivedAt), dialect);
  return {
    asked: notification,
    notification: {
      key,
      eventId: BigInt(eventId),
      rule,
      isReplay,
      timestamp: timestamp(activity.occurredAt, dialect) ?? received,
      receivedAt: received,
      // Longer than all else together, and not every table wants it.
      get json() {
        return json({ ...flatContent(notification), eventId, rule, isReplay });
      },
    },
  };
}

/** Of the years that databases count alike. */
function timestamp(ms: number | null, dialect: Dialect): string | null {
  const time = ms === null ? null : new Date(ms);
  const year = time?.getUTCFullYear() ?? 0;
  return time !== null && year >= 1 && year <= 9999 ? timeText(time, dialect) : null;
}

/** MySQL reads no `Z`; the session's times are in UTC. */
function timeText(time: Date, dialect: Dialect): string {
  const text = time.toISOString();
  return dialect === 'mysql' ? text.replace('T', ' ').replace('Z', '') : text;
}

/** Lists and records as JSON, and no number that is none. */
export function valueOf(value: unknown): Value {
  switch (typeof value) {
    case 'string':
      return clean(value);
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return value === null ? null : json(value);
    default:
      return null;
  }
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'string') return clean(each);
    return typeof each === 'bigint' ? Number(each) : each;
  });
}

/** Postgres keeps no NUL, in a text or in JSON, and no half of a pair. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
