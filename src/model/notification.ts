import type { Compared } from './activity.ts';
import type { EventId } from './event.ts';

export type NotificationId = number;
export type AttemptId = number;

/**
 * queued   waiting for its lane
 * sent     told
 * merged   told in another notification's message (`mergedInto`): a digest, or a burst
 * dead     rejected, or out of tries; `reason` says why and what to do
 * unknown  the process died before the outcome was recorded, and the destination says `hold`
 */
export const NOTIFICATION_STATES = ['queued', 'sent', 'merged', 'dead', 'unknown'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** Everybody where a message is told: `here` who is there now, `channel` whoever belongs there. */
export const AUDIENCES = ['here', 'channel'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Somebody to be called by name where a message is told. */
export interface Mention {
  /** A login, `organisation/team`, or what a rule calls everybody. */
  readonly name: string;
  /** Whose name it is not: everybody is meant. A rule's own word says so, and no text of others. Absent: somebody is meant. */
  readonly audience?: Audience;
  /** Type of destination → who that is there: `{ slack: 'U012AB3CD' }`. */
  readonly ids: Readonly<Record<string, string>>;
}

/** What a notification tells, and whom the rules that asked for it want called. */
export interface Content extends Compared {
  readonly mentions: readonly Mention[];
  /** Whether a rule wants it in one conversation with what else is about its thread. Absent: as its destination does. */
  readonly isThreaded?: boolean | undefined;
  /** A rule wants it shown in the channel too, where it is told in a thread. Absent: it is shown in the thread alone. */
  readonly isBroadcast?: true | undefined;
}

/** One Activity addressed to one Destination: the unit of outbound work. */
export interface Notification extends Content {
  readonly id: NotificationId;
  readonly eventId: EventId;
  readonly destination: string;
  readonly rule: string;
  /** Attempts made before this one. */
  readonly tries: number;
  readonly isReplay: boolean;
  readonly receivedAt: number;
  readonly storedAt: number;
  /** The newest attempt that carried it and whose answer nobody knows: it may have arrived. Null: there is none. */
  readonly maybeToldBy: AttemptId | null;
}
