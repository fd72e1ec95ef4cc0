import type { EventId, StoredEvent } from '../../../model/event.ts';
import type { Waiting } from '../../../model/inbox/outbox.ts';
import type { Content, Notification } from '../../../model/notification.ts';
import { storedBody } from '../../cut-out.ts';
import { type SettledRow, settledOf } from '../../settled.ts';
import { fromStored } from '../../stored-activity.ts';

// How large results cross from the database's thread to the main one.

export interface PendingRow
  extends Omit<StoredEvent, 'headers' | 'body' | 'damage' | 'settled' | 'released'>,
    SettledRow {
  readonly released: number;
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
  /** Asked where it may be gone; what is packed has one. */
  readonly hasBody?: number;
}

/** Of what is damaged there are no bytes. */
export interface PackedRow extends PendingRow {
  readonly damage: string | null;
}

/** Events on their way to another thread: headers and bodies end to end in one piece of memory, which changes hands. */
export interface PackedPending {
  readonly rows: readonly PackedRow[];
  readonly bytes: Uint8Array;
  /** Events that cannot be read at all, and were passed over. */
  readonly hurt: readonly EventId[];
}

export function unpackPending({ rows, bytes }: PackedPending): readonly StoredEvent[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return rows.map(
    ({ headersSize, bodySize, damage, hasBody: _hasBody, hasSettled, labels, isDraft, released, ...event }) => {
      const size = damage === null ? headersSize + bodySize : 0;
      const stored = storedBody(damage ?? buffer.subarray(at, at + size), headersSize);
      at += size;
      return { ...event, ...stored, released: released === 1, settled: settledOf({ hasSettled, labels, isDraft }) };
    },
  );
}

export interface WaitingRow extends Omit<Notification, keyof Content | 'isReplay'> {
  readonly activity: string;
  readonly isReplay: number;
}

/** The queue on its way to another thread: activities stay JSON, which is cheaper to hand over than objects. */
export interface PackedWaiting {
  readonly rows: readonly WaitingRow[];
  readonly total: number;
  /** Events whose notifications cannot be read, and were passed over. */
  readonly hurt: readonly EventId[];
}

/** Null: what one of them tells cannot be read. */
export function unpackWaiting({ rows, total }: PackedWaiting): Waiting | null {
  try {
    return { notifications: rows.map(notificationOf), total };
  } catch {
    return null;
  }
}

function notificationOf({ activity, isReplay, ...row }: WaitingRow): Notification {
  return { ...row, ...fromStored(activity), isReplay: isReplay === 1 };
}
