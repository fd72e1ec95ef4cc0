import type { Receipt } from '../destination.ts';
import type { EventId } from '../event.ts';
import type { AttemptId, Notification, NotificationId, NotificationState } from '../notification.ts';
import type { Fenced, LanePause, Lease } from './lanes.ts';

export interface Waiting {
  /** Oldest first. */
  readonly notifications: readonly Notification[];
  /** How many wait in all, as far as they were counted. */
  readonly total: number;
}

/** One attempt that is about to be made. */
export interface AttemptStart {
  /** What is sent, for the record. */
  readonly request: string;
  readonly notifications: readonly NotificationId[];
  /** The event of each, as it was read. Given, nothing begins unless they are still these. */
  readonly events?: readonly EventId[];
}

export interface BeginOptions {
  /**
   * By a power cut, never by the end of the process: the commit does not wait for the disk. Without effect where `mayLoseAttempts`
   * is false.
   */
  readonly mayBeLost: boolean;
  /** The lease must last so much longer, by the clock that decides about leases; else it counts as lost. */
  readonly leastMs?: number;
  /** Also in a lane that a person paused: nothing is sent by it. Default: there nothing begins. */
  readonly evenPaused?: boolean;
}

/** How one attempt ended, for the record and for the notifications it carried. */
export interface AttemptEnd {
  readonly attemptId: AttemptId;
  readonly outcome: 'sent' | 'retry' | 'rejected' | 'unknown';
  /** The answer or the reason, at most 500 characters. */
  readonly detail: string;
  /** The new state of what it carried; `queued` leaves it waiting. For `sent`, all but the first become `merged`. */
  readonly state: Exclude<NotificationState, 'merged'>;
  /** With `queued`: those out of tries, which become `dead` all the same. */
  readonly exhausted: readonly NotificationId[];
  /** With `queued`: the try says nothing of what it carried, whose tries are as before it. */
  readonly isUncounted?: boolean;
  /** Written to the notifications when `state` is `dead` or `unknown`. */
  readonly reason: string | null;
  /** Kept in place of this lane's last one for the thread. */
  readonly receipt?: { readonly thread: string; readonly value: Receipt } | undefined;
}

export interface Outbox {
  /** Whether nothing but a power cut takes what does not wait for the disk. False where a server can end alone, and take it along. */
  readonly mayLoseAttempts: boolean;
  /** The lane's queue in event order. Beyond `limit` they are counted, up to `countUpTo` (default: 100,000) in all. Reads only. */
  waiting(lane: string, limit: number, countUpTo?: number): Promise<Waiting>;
  /** For each thread its last receipt in this lane. Null: none was kept, or no thread. Reads only. */
  receipts(lane: string, threads: readonly (string | null)[]): Promise<readonly (Receipt | null)[]>;
  /**
   * Records, before anything is sent, that these messages are about to be: one attempt each, tries + 1. On disk, by default. None
   * at all where one of them waits no more (it was drained, or forgotten), or where the store went back by a moment since they were read,
   * as a server of Postgres may: then they are read again. `held`: a person paused the lane, and nothing begins.
   */
  begin(
    lease: Lease,
    starts: readonly AttemptStart[],
    options?: BeginOptions,
  ): Promise<readonly AttemptId[] | 'held' | Fenced>;
  /** One transaction: how the attempts ended, the notifications' states, receipts, and the lane's pause. */
  end(lease: Lease, ends: readonly AttemptEnd[], lane: LanePause): Promise<'done' | Fenced>;
  /**
   * Closes attempts that were begun on this lane and never ended, as `unknown`: by an earlier owner, or by this one when it
   * was too late to end them and begins anew. What they carried stays `queued` (`resend`) or becomes `unknown` (`hold`).
   * Returns how many notifications are concerned.
   */
  adopt(lease: Lease, policy: 'resend' | 'hold'): Promise<number | Fenced>;
  /**
   * Leaves `count` ids of notifications out: in a restored copy, those that the lost database gave out since. Whoever was told by
   * id takes a second message of one id for the first.
   */
  skipIds(count: number): Promise<void>;
}
