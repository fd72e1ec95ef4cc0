import type { EventId } from '../model/event.ts';
import type { AttemptRecord } from '../model/inbox/records.ts';
import type { WholeEvent, WholeNotification } from '../model/inbox/transfer.ts';
import type { NotificationId } from '../model/notification.ts';
import { type CutOut, damaged, recordedBody } from './cut-out.ts';
import { parsedOrNull } from './stored-json.ts';

// How both engines put an event together from its rows.

export interface WholeRow
  extends Omit<WholeEvent, 'headers' | 'body' | 'damage' | 'bodyDigest' | 'trace' | 'released' | 'notifications'> {
  readonly bodyDigest: Uint8Array | null;
  /** JSON. */
  readonly trace: string | null;
  readonly released: number | boolean;
  readonly hasBody: number | boolean;
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
}

export interface WholeNotificationRow extends Omit<WholeNotification, 'isReplay' | 'attempts'> {
  readonly eventId: EventId;
  readonly isReplay: number | boolean;
}

export interface CarriedAttempt extends AttemptRecord {
  readonly notificationId: NotificationId;
}

/** What a page of events consists of. `stored`: of each row its headers and body end to end, or what is wrong with them; null where they are gone. */
export interface WholeRows {
  readonly rows: readonly WholeRow[];
  readonly stored: readonly (Buffer | string | null)[];
  readonly notifications: readonly WholeNotificationRow[];
  readonly attempts: readonly CarriedAttempt[];
}

export function wholeEvents({ rows, stored, notifications, attempts }: WholeRows): readonly WholeEvent[] {
  const attemptsOf = Map.groupBy(attempts, ({ notificationId }) => notificationId);
  const notificationsOf = Map.groupBy(notifications, ({ eventId }) => eventId);
  return rows.map((row, index) => {
    const { hasBody: _, segmentId: __, segmentOffset: ___, headersSize, bodySize: ____, ...rest } = row;
    const { bodyDigest, trace, released, ...event } = rest;
    return {
      ...event,
      released: Boolean(released),
      bodyDigest: bodyDigest && Buffer.from(bodyDigest).toString('hex'),
      trace: parsedOrNull(trace),
      ...recordedBody(cutOutOf(stored[index] ?? null), headersSize),
      notifications: (notificationsOf.get(row.id) ?? []).map((each) =>
        notificationOf(each, attemptsOf.get(each.id) ?? []),
      ),
    };
  });
}

function cutOutOf(stored: Buffer | string | null): CutOut | null {
  if (stored === null) return null;
  return typeof stored === 'string' ? damaged(stored) : { bytes: stored, damage: null };
}

function notificationOf(row: WholeNotificationRow, carried: readonly CarriedAttempt[]): WholeNotification {
  const { eventId: _, ...notification } = row;
  const attempts = carried.map((each) => {
    const { notificationId: _, ...attempt } = each;
    return attempt;
  });
  return { ...notification, isReplay: Boolean(notification.isReplay), attempts };
}
