import type { Activity, RunResult } from './activity.ts';
import type { EventId, EventState, NewEvent, Origin, Settled, StoredEvent } from './event.ts';
import type { EventFate, Fate, Untold, UntoldFate } from './fate.ts';
import type { Headers } from './headers.ts';
import type { AttemptId, Notification, NotificationId, NotificationState } from './notification.ts';
import type { Trace } from './rule.ts';

/** The inbox cannot commit now (disk full, locked, gone). Nothing was stored; the sender should try again. */
export class InboxUnavailableError extends Error {
  override readonly name = 'InboxUnavailableError';
}

/** How long a worker asks for a lane; it renews what it holds long before. */
export const LEASE_TTL_MS = 10_000;

/** The right to work on one lane until `expiresAt`. A later holder has a larger epoch, which fences this one off. */
export interface Lease {
  readonly lane: string;
  readonly owner: string;
  readonly epoch: number;
  /** Nothing is sent before this time, ms since 1970: pace or pause, kept across owners. */
  readonly notBefore: number;
  /** Consecutive transient failures, for the backoff; kept across owners. */
  readonly failures: number;
}

/** A lane that somebody holds now. */
export interface Holder {
  readonly lane: string;
  readonly owner: string;
  /** ms since 1970; later while the owner lives and renews it. */
  readonly expiresAt: number;
}

/** The lease was lost: nothing was written, stop working on this lane. */
export type Fenced = 'fenced';

export type Appended = { readonly status: 'accepted' | 'duplicate'; readonly id: EventId };

export interface Intake {
  /**
   * Resolves only after the commit that holds the event (fsync included). Calls that arrive while a commit runs share
   * the next one. A (source, deliveryId) seen before is `duplicate` with the first event's id and stores nothing. The
   * body is read until then, and not afterwards.
   * @throws InboxUnavailableError when it could not be committed; then it is not stored. Only where a connection to a
   * server broke during the commit nobody knows; the sender tries again, and finds it a duplicate or not.
   */
  append(event: NewEvent): Promise<Appended>;
}

/** What the expander decided about one event. */
export interface Expansion {
  readonly eventId: EventId;
  /** SHA-256 of the body. */
  readonly bodyDigest: Uint8Array;
  /** `pending`: not yet, see `settle`. */
  readonly state: EventState;
  readonly reason: string | null;
  readonly action: string | null;
  readonly repo: string | null;
  readonly trace: Trace | null;
  readonly notifications: readonly NewNotification[];
  /** With `pending`: it is read again after `until` (ms since 1970), with what was learned of its thread meanwhile. */
  readonly settle: { readonly until: number; readonly thread: string | null } | null;
  /** What it says of its thread: earlier events that settle learn of it. */
  readonly news: { readonly thread: string; readonly settled: Settled } | null;
  /** Kept, so that later results are compared with it. */
  readonly result: Pick<RunResult, 'key' | 'run' | 'passed'> | null;
  /** Sources that share no key with this one: what they received is no copy. */
  readonly strangers: readonly string[];
}

/** Which result came before this one, of another run. */
export interface ResultQuestion {
  readonly key: string;
  readonly run: string;
  readonly eventId: EventId;
}

export interface NewNotification {
  readonly destination: string;
  readonly rule: string;
  readonly activity: Activity;
  /** Unique per destination; one that exists already is not written again. */
  readonly dedupKey: string;
  /** Not written either when the same was told here by the other way: poll, or webhook and recovered. Null: not asked. */
  readonly echoKey: string | null;
  readonly isReplay: boolean;
  /** Quiet hours: it enters its lane then, ms since 1970. Null: at once. */
  readonly notBefore: number | null;
}

export interface Backlog {
  /**
   * Pending events with an id above `afterId`, in id order, at most `limit` and about 4 MiB of bodies. Those that settle are
   * left out until `bringBack`. Reads only.
   */
  pending(limit: number, afterId?: EventId): Promise<readonly StoredEvent[]>;
  /**
   * One transaction: each event's new state with its notifications, in the order given. An event no longer pending is left
   * alone. A `routed` event whose body came before under another guid or type, here or at a source that is no stranger, looks
   * like a replay: it becomes `quarantined` (unless released or replayed on purpose), without notifications. One that is given
   * as `quarantined` contradicts itself and counts as nobody's original. A `routed` event all of whose notifications exist
   * already (by dedup key, or by echo key from the other family of origins) becomes `skipped` ("already told as event N").
   * One that is to settle stays `pending`, out of sight.
   */
  expand(lease: Lease, expansions: readonly Expansion[]): Promise<'done' | Fenced>;
  /** For each question the last result of an earlier event: did it pass? Null: there is none. Reads only. */
  resultsBefore(questions: readonly ResultQuestion[]): Promise<readonly (boolean | null)[]>;
  /**
   * What is due by `upTo` (ms since 1970) comes back: events that settled become visible to `pending`, notifications held by
   * quiet hours enter their lanes. Returns the destinations that have something new.
   */
  bringBack(upTo: number): Promise<readonly string[]>;
}

export interface Lanes {
  /**
   * Renews what `owner` holds of `lanes` and takes what is free or expired, for `ttlMs`. Others' are left alone. A lease that
   * begins more than `ttlMs` from now is expired too: a clock that ran ahead gave it, and its pause with it.
   */
  hold(owner: string, lanes: readonly string[], ttlMs: number): Promise<readonly Lease[]>;
  /** Whether nobody took the lane over and the lease lasts `leastMs` more, by the clock that decides about leases. Reads only. */
  holds(lease: Lease, leastMs: number): Promise<boolean>;
  /** Every lane with a lease that has not run out, by name. */
  holders(): Promise<readonly Holder[]>;
  /** The destinations' lanes in which something waits, served by anybody or not. */
  queued(): Promise<readonly string[]>;
  /** Gives back everything `owner` holds and wakes the others. */
  release(owner: string): Promise<void>;
}

export interface Waiting {
  /** Oldest first. */
  readonly notifications: readonly Notification[];
  /** How many wait in all. */
  readonly total: number;
}

/** How one attempt ended, for the record and for the notifications it carried. */
export interface Settlement {
  readonly attemptId: AttemptId;
  readonly outcome: 'sent' | 'retry' | 'rejected' | 'unknown';
  /** The answer or the reason, at most 500 characters. */
  readonly detail: string;
  /** The new state of what it carried; `queued` leaves it waiting. For `sent`, all but the first become `merged`. */
  readonly state: Exclude<NotificationState, 'merged'>;
  /** With `queued`: those out of tries, which become `dead` all the same. */
  readonly exhausted: readonly NotificationId[];
  /** Written to the notifications when `state` is `dead` or `unknown`. */
  readonly reason: string | null;
}

export interface Outbox {
  /** The lane's queue in event order. Reads only. */
  waiting(lane: string, limit: number): Promise<Waiting>;
  /** Records, before anything is sent, that these messages are about to be: one attempt each, tries + 1. */
  begin(
    lease: Lease,
    messages: readonly { readonly request: string; readonly notifications: readonly NotificationId[] }[],
  ): Promise<readonly AttemptId[] | Fenced>;
  /** One transaction: how the attempts ended, the notifications' states, and the lane's pause. */
  settle(
    lease: Lease,
    settlements: readonly Settlement[],
    lane: { readonly notBefore: number; readonly failures: number },
  ): Promise<'done' | Fenced>;
  /**
   * Closes attempts that were begun on this lane and never settled, as `unknown`: by an earlier owner, or by this one when it
   * was too late to settle them and begins anew. What they carried stays `queued` (`resend`) or becomes `unknown` (`hold`).
   * Returns how many notifications are concerned.
   */
  adopt(lease: Lease, policy: 'resend' | 'hold'): Promise<number | Fenced>;
}

export interface EventFilter {
  readonly ids?: readonly EventId[] | undefined;
  /** Its own, or what became of it at any one destination. */
  readonly state?: EventState | Fate | undefined;
  /** `pull_request` or `pull_request.merged`: its type, or its type and its action as decided. Either may be meant where a type has dots. */
  readonly kind?: string | undefined;
  readonly type?: string | undefined;
  /** As decided: `merged` for a merged pull request. What is still pending, or failed, has none. */
  readonly action?: string | undefined;
  readonly repo?: string | undefined;
  /** ms since 1970, inclusive */
  readonly since?: number | undefined;
  /** Only ids below: the next page after one that ended with this id. */
  readonly before?: EventId | undefined;
  readonly limit: number;
}

export interface EventSummary {
  readonly id: EventId;
  readonly source: string;
  readonly type: string;
  readonly action: string | null;
  readonly deliveryId: string;
  readonly origin: Origin;
  readonly repo: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  /** Each destination once, in the order of their notifications. Empty: nobody was to be told. */
  readonly fates: readonly EventFate[];
  readonly receivedAt: number;
}

export interface AttemptRecord {
  readonly id: AttemptId;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: Settlement['outcome'] | null;
  readonly request: string;
  readonly detail: string | null;
  /** How many notifications it carried. */
  readonly size: number;
}

export interface NotificationRecord {
  readonly id: NotificationId;
  readonly destination: string;
  readonly rule: string;
  readonly state: NotificationState;
  readonly reason: string | null;
  readonly tries: number;
  readonly mergedInto: NotificationId | null;
  readonly isReplay: boolean;
  /** Held by quiet hours until then, ms since 1970. Null: it is, or was, in its lane. */
  readonly notBefore: number | null;
  readonly settledAt: number | null;
  readonly attempts: readonly AttemptRecord[];
}

export interface EventRecord extends EventSummary {
  readonly guid: string;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Lower-case hex SHA-256 of the body. Null while it is pending. */
  readonly bodyDigest: string | null;
  readonly storedAt: number;
  readonly expandedAt: number | null;
  readonly secretNo: number;
  readonly replays: number;
  readonly suspectOf: EventId | null;
  /** Pending, and read again then, ms since 1970. Null: it does not settle. */
  readonly settlesAt: number | null;
  readonly trace: Trace | null;
  readonly notifications: readonly NotificationRecord[];
}

export interface LaneDepth {
  /** `expand`, or a destination's name. */
  readonly lane: string;
  readonly depth: number;
  /** ms since 1970 of the oldest waiting event's receipt; null when nothing waits. */
  readonly oldestReceivedAt: number | null;
  /** Who holds it now. Null: nobody, or the lease has run out. */
  readonly owner: string | null;
  readonly leaseExpiresAt: number | null;
  readonly notBefore: number;
  readonly failures: number;
}

/** A lane, and what it has to work on next. */
export interface LaneHead {
  /** `expand`, or a destination's name. */
  readonly lane: string;
  /** The first event that waits in it, settling and quiet hours left out. Null: nothing waits. */
  readonly eventId: EventId | null;
  /** Of that event, ms since 1970. */
  readonly receivedAt: number | null;
  /** Who holds it now. Null: nobody, or the lease has run out. */
  readonly owner: string | null;
  readonly notBefore: number;
}

export type ReplaySelection =
  | { readonly ids: readonly EventId[] }
  /**
   * `dead` and `unknown` requeue those notifications themselves, but none that a later one took the place of; the others put
   * events back to `pending`.
   */
  | { readonly state: EventState | UntoldFate };

export interface Archive {
  /** Newest first. */
  list(filter: EventFilter): Promise<readonly EventSummary[]>;
  show(id: EventId): Promise<EventRecord | null>;
  /** Which of these guids were accepted here. Reads all of the source's events: for questions that are rare. */
  known(source: string, guids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Puts events back to `pending` (a quarantined one is released and not counted as a replay) or dead notifications
   * back to `queued`; returns the ids of the events concerned. With `dryRun` nothing is written.
   */
  replay(selection: ReplaySelection, options: { readonly dryRun: boolean }): Promise<readonly EventId[]>;
  depths(): Promise<readonly LaneDepth[]>;
  /** Every lane that was ever held, by name. By index: cheap enough to be asked every few seconds. */
  heads(): Promise<readonly LaneHead[]>;
  /** Those that are `dead`, or `unknown`, by destination; of each at most `UNTOLD_LOOKED_AT`. As cheap. */
  untold(): Promise<readonly Untold[]>;
  /**
   * Proves that the database can be written, and says what it is; opened for reading, as far as that shows without writing.
   * @throws InboxUnavailableError
   */
  check(): Promise<{ readonly engine: string; readonly schemaVersion: number; readonly lastEventId: number }>;
}

/** Everything stored, from the oldest on: for questions about all of it. */
export interface History {
  /** The newest event received before `time` (ms since 1970); 0: there is none. */
  lastBefore(time: number): Promise<EventId>;
  /**
   * Events with an id above `afterId` in id order, at most `limit` and about 4 MiB of bodies, in whatever state; but none that
   * is quarantined, which no rule tells. As they came: `settled` is null. Empty: there are no more.
   */
  read(afterId: EventId, limit: number): Promise<readonly StoredEvent[]>;
}

/** How far something has read elsewhere, kept across restarts. */
export interface Cursors {
  recall(name: string): Promise<string | null>;
  /** Resolves after the commit. */
  remember(name: string, value: string): Promise<void>;
}

/** Durable state. Every method may throw InboxUnavailableError. */
export interface Inbox extends Intake, Backlog, Lanes, Outbox, Archive, History, Cursors, AsyncDisposable {
  /**
   * Calls `listener` soon (≤ 50 ms) after any process committed something a worker may want: an event, a
   * notification, a released lease. May call it without need. Returns the function that stops it.
   */
  onWake(listener: () => void): () => void;
  /** The schema version that this program's migrations lead to. */
  readonly schemaVersion: number;
  /** Resolves when the inbox is gone for good (its thread died, not: the disk is full); never otherwise. */
  readonly failed: Promise<Error>;
}
