import type { StoredEvent } from '../../../model/event.ts';
import type { Waiting } from '../../../model/inbox/outbox.ts';
import type { Content, Notification } from '../../../model/notification.ts';
import { type SettledRow, settledOf } from '../../settled.ts';
import { fromStored } from '../../stored-activity.ts';

// How large results cross from the database's thread to the main one.

export interface PendingRow extends Omit<StoredEvent, 'headers' | 'body' | 'settled' | 'released'>, SettledRow {
  readonly released: number;
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
  /** Asked where it may be gone; what is packed has one. */
  readonly hasBody?: number;
}

/** Events on their way to another thread: headers and bodies end to end in one piece of memory, which changes hands. */
export interface PackedPending {
  readonly rows: readonly PendingRow[];
  readonly bytes: Uint8Array;
}

export function unpackPending({ rows, bytes }: PackedPending): readonly StoredEvent[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return rows.map(({ headersSize, bodySize, hasBody: _hasBody, hasSettled, labels, isDraft, released, ...event }) => {
    const bodyAt = at + headersSize;
    const headers = JSON.parse(buffer.toString('utf8', at, bodyAt));
    at = bodyAt + bodySize;
    const body = buffer.subarray(bodyAt, at);
    return { ...event, released: released === 1, headers, body, settled: settledOf({ hasSettled, labels, isDraft }) };
  });
}

export interface WaitingRow extends Omit<Notification, keyof Content | 'isReplay'> {
  readonly activity: string;
  readonly isReplay: number;
}

/** The queue on its way to another thread: activities stay JSON, which is cheaper to hand over than objects. */
export interface PackedWaiting {
  readonly rows: readonly WaitingRow[];
  readonly total: number;
}

export function unpackWaiting({ rows, total }: PackedWaiting): Waiting {
  return {
    notifications: rows.map(({ activity, isReplay, ...row }) => ({
      ...row,
      ...fromStored(activity),
      isReplay: isReplay === 1,
    })),
    total,
  };
}
