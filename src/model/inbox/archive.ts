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

export type ReplaySelection =
  | { readonly ids: readonly EventId[] }
  /**
   * `dead` and `unknown` requeue those notifications themselves, but none that a later one took the place of; the others put
   * events back to `pending`.
   */
  | { readonly state: EventState | UntoldFate };

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
  /** Those that are `dead`, or `unknown`, by destination; of each at most `UNTOLD_LOOKED_AT`. As cheap. */
  untold(): Promise<readonly Untold[]>;
  /**
   * Proves that the database can be written, and says what it is; opened for reading, as far as that shows without writing.
   * @throws InboxUnavailableError
   */
  check(): Promise<{ readonly engine: string; readonly schemaVersion: number; readonly lastEventId: number }>;
}
