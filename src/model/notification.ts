import type { Activity } from './activity.ts';
import type { EventId } from './event.ts';

export type NotificationId = number;
export type AttemptId = number;

/**
 * queued   waiting for its lane
 * sent     told
 * merged   told inside another notification's digest (`mergedInto`)
 * dead     rejected, or out of tries; `reason` says why and what to do
 * unknown  the process died between sending and settling, and the destination says `hold`
 */
export const NOTIFICATION_STATES = ['queued', 'sent', 'merged', 'dead', 'unknown'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** One Activity addressed to one Destination: the unit of outbound work. */
export interface Notification {
  readonly id: NotificationId;
  readonly eventId: EventId;
  readonly destination: string;
  readonly rule: string;
  readonly activity: Activity;
  /** Attempts made before this one. */
  readonly tries: number;
  readonly isReplay: boolean;
  readonly receivedAt: number;
  readonly storedAt: number;
}
