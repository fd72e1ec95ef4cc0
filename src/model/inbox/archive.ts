import type { EventId, EventState } from '../event.ts';
import type { Untold, UntoldFate } from '../fate.ts';
import type { NotificationId } from '../notification.ts';
import type { Broken, Hold } from './lanes.ts';
import type { EventFilter, EventRecord, EventSummary } from './records.ts';

export interface LaneDepth {
  /** `expand`, or a destination's name. */
  readonly lane: string;
  readonly depth: number;
  /** ms since 1970 of the oldest waiting event's receipt; null when nothing waits. */
  readonly oldestReceivedAt: number | null;
  /** Who owns it now. Null: nobody, or the lease has run out. */
  readonly owner: string | null;
  readonly leaseExpiresAt: number | null;
  readonly notBefore: number;
  readonly failures: number;
  readonly broken: Broken | null;
  /** A person paused it. Null: nobody did, or that time is over. */
  readonly held: Hold | null;
  /** When something was last sent, ms since 1970. Null: nothing since the store keeps it. */
  readonly sentAt: number | null;
  /** How many of its cards show less than is known. */
  readonly cardsBehind: number;
}

/** A lane, and what it has to work on next. */
export interface LaneHead {
  /** `expand`, or a destination's name. */
  readonly lane: string;
  /** The first event that waits in it, settling and quiet hours left out. Null: nothing waits. */
  readonly eventId: EventId | null;
  /** Of that event, ms since 1970. */
  readonly receivedAt: number | null;
  /** Who owns it now. Null: nobody, or the lease has run out. */
  readonly owner: string | null;
  readonly notBefore: number;
  readonly broken: Broken | null;
  /** A person paused it. Null: nobody did, or that time is over. */
  readonly held: Hold | null;
}

/** Notifications that nobody got, but none that a later one took the place of, nor any that a person dismissed. */
export interface UntoldSelection {
  readonly state: UntoldFate;
  /** Default: of all. */
  readonly destination?: string | undefined;
  /** Those whose reason has this cause: see `causeOf`. */
  readonly cause?: string | undefined;
  /** Only of these events. */
  readonly events?: readonly EventId[] | undefined;
}

export type ReplaySelection =
  /** Decided again: events go back to `pending`. */
  | { readonly ids: readonly EventId[] }
  | { readonly state: EventState }
  /** Notifications go back to their lanes as they are. */
  | UntoldSelection;

/** What went wrong for one cause in one place. */
export interface Cause {
  /** Of messages, or of events. */
  readonly kind: UntoldFate | Extract<EventState, 'quarantined' | 'failed'>;
  /** A destination's name; of events that of their source. */
  readonly place: string;
  /** See `causeOf`. */
  readonly cause: string;
  /** The newest one's, as it was recorded. */
  readonly reason: string | null;
  readonly count: number;
  /** ms since 1970: when messages were given up, when events were received. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The newest, at most `CAUSE_EVENTS`. */
  readonly eventIds: readonly EventId[];
  /** Not all of its kind were looked at: there may be more. */
  readonly isMore: boolean;
}

export const CAUSE_EVENTS = 10;

export interface Dismissed {
  /** Messages. */
  readonly count: number;
  readonly ids: readonly EventId[];
}

export interface Archive {
  /** Newest first; with `after`, oldest first. */
  list(filter: EventFilter): Promise<readonly EventSummary[]>;
  show(id: EventId): Promise<EventRecord | null>;
  /** Whose notification it is. Null: there is none, or no longer. */
  eventOf(notification: NotificationId): Promise<EventId | null>;
  /** Which of these guids were accepted here, whatever their deliveries are called. */
  known(source: string, guids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Puts events back to `pending` (a quarantined one is released and not counted as a replay) or dead notifications
   * back to `queued`; returns the ids of the events concerned. With `dryRun` nothing is written. Events whose bodies are gone
   * cannot be decided again, and are left out.
   */
  replay(selection: ReplaySelection, options: { readonly dryRun: boolean }): Promise<readonly EventId[]>;
  /** Which of a selection `replay` leaves out because their bodies are gone. Of notifications: none. */
  bodiless(selection: ReplaySelection): Promise<readonly EventId[]>;
  depths(): Promise<readonly LaneDepth[]>;
  /** Every lane that ever had an owner, by name. By index: cheap enough to be asked every few seconds. */
  heads(): Promise<readonly LaneHead[]>;
  /** Those that are `dead`, or `unknown`, by destination; of each at most `UNTOLD_LOOKED_AT`. As cheap. None that was dismissed. */
  untold(): Promise<readonly Untold[]>;
  /**
   * The same, and events that are `quarantined` or `failed`, by place and cause, what happened last first; of each kind the newest
   * `UNTOLD_LOOKED_AT`. Reads only, on the side.
   */
  causes(): Promise<readonly Cause[]>;
  /**
   * A person has seen these, and does not want them sent: they stay `dead` or `unknown`, with their reason, and are counted as no trouble.
   * `replay` of their events, by id, sends again all the same. What went on meanwhile is left alone. With `dryRun` nothing is written.
   */
  dismiss(selection: UntoldSelection, options: { readonly dryRun: boolean }): Promise<Dismissed>;
  /**
   * Gives up what waits in a destination's lane at this moment, quiet hours left out: it is `dead`, for it was `drained by` somebody, and
   * dismissed. What is being sent is not drained, nor what a worker that died may have sent. Returns how many messages; with `dryRun`
   * how many it would be, and nothing is written. A thousand at a time: where it ends in between, some of them are drained.
   */
  drain(lane: string, who: { readonly by: string }, options: { readonly dryRun: boolean }): Promise<number>;
  /**
   * Proves that the database can be written, and says what it is; opened for reading, as far as that shows without writing.
   * @throws InboxUnavailableError
   */
  check(): Promise<{ readonly engine: string; readonly schemaVersion: number; readonly lastEventId: number }>;
}
