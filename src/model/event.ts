import type { Headers } from './headers.ts';

/** Event ids grow in the order of commit; lanes tell events in this order. */
export type EventId = number;

/**
 * pending      committed, not yet looked at
 * routed       at least one notification was written
 * skipped      nobody is told; `reason` says why
 * failed       the normaliser threw, or its body is damaged; `reason` holds the error
 * quarantined  would have been told, but looks forged: its body was seen before under another guid or type, or its type
 *              contradicts its body; kept back until released
 */
export const EVENT_STATES = ['pending', 'routed', 'skipped', 'failed', 'quarantined'] as const;
export type EventState = (typeof EVENT_STATES)[number];

/**
 * webhook    the provider called us, and the signature was right; or it said so over the connection that the source has opened
 *            with its token (secretNo 0)
 * poll       `tidings poll` asked for it; nothing is signed (secretNo 0)
 * recovered  a delivery we had missed, fetched from the provider's record of it (secretNo 0)
 */
export const ORIGINS = ['webhook', 'poll', 'recovered'] as const;
export type Origin = (typeof ORIGINS)[number];

/** What accept hands to the inbox: one verified inbound request, or one that was asked for. */
export interface NewEvent {
  readonly origin: Origin;
  readonly source: string;
  readonly deliveryId: string;
  readonly guid: string;
  readonly type: string;
  /** Only the source's `storedHeaders`. */
  readonly headers: Headers;
  /** The bytes as received. Not to be changed until `append` has answered. */
  readonly body: Buffer;
  /** Milliseconds since 1970, when the last byte of the request had been read. */
  readonly receivedAt: number;
  /** Which of the source's secrets verified it, from 1. 0: nothing was signed, see `origin`. */
  readonly secretNo: number;
}

/** What was learned about an event's thread while the event settled. Null: nothing new. */
export interface Settled {
  readonly labels: readonly string[] | null;
  readonly isDraft: boolean | null;
}

/** A pending event as the expander reads it. */
export interface StoredEvent {
  readonly id: EventId;
  readonly origin: Origin;
  readonly source: string;
  readonly deliveryId: string;
  readonly guid: string;
  readonly type: string;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Why its headers and body cannot be read: they are empty then. Undefined: they can. */
  readonly damage?: string | undefined;
  readonly receivedAt: number;
  /** When the commit that holds it began, milliseconds since 1970. */
  readonly storedAt: number;
  /** How often it was put back to `pending` by an explicit replay. */
  readonly replays: number;
  /** It was quarantined, and somebody said that it is genuine. Undefined: no. */
  readonly released?: boolean;
  /** Null: it did not settle. */
  readonly settled: Settled | null;
}
