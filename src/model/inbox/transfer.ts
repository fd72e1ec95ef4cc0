import type { EventId } from '../event.ts';
import type { Headers } from '../headers.ts';
import type { Appended } from './intake.ts';
import type { EventRecord, NotificationRecord } from './records.ts';

/** All that is kept of an event, for a file. */
export interface WholeEvent extends Omit<EventRecord, 'fates' | 'notifications' | 'headers' | 'body' | 'bodySize'> {
  /** Null: gone, with the body, or damaged. */
  readonly headers: Headers | null;
  /** The bytes as received. Null: gone, or damaged. */
  readonly body: Buffer | null;
  /** It was quarantined, and somebody said that it is genuine. */
  readonly released: boolean;
  readonly notifications: readonly WholeNotification[];
}

export interface WholeNotification extends NotificationRecord {
  readonly dedupKey: string;
  readonly echoKey: string | null;
}

/** Null: any. Times are of receipt, ms since 1970. */
export interface Selection {
  /** Inclusive. */
  readonly since: number | null;
  /** Exclusive. */
  readonly until: number | null;
  /** As decided, in any case. */
  readonly repo: string | null;
  readonly source: string | null;
}

export interface WholePage {
  /** In id order. */
  readonly events: readonly WholeEvent[];
  /** The last event that was looked at. Null: there are no more. */
  readonly lastId: EventId | null;
}

/** Events on their way to files and back. */
export interface Transfer {
  /**
   * Looks at `limit` events with an id above `afterId`, in id order, and reads those selected: about 4 MiB of bodies at most.
   * On the side: nobody who writes waits for it.
   */
  readWhole(selection: Selection, afterId: EventId, limit: number): Promise<WholePage>;
  /** Those of these that exist, in id order: the first ones, about 4 MiB of bodies. */
  wholeOf(ids: readonly EventId[]): Promise<readonly WholeEvent[]>;
  /**
   * Stores events of another inbox, or of this one's past, under new ids and decided as they were, so that nobody is told of
   * them: state, reason (behind `imported`), trace, times but `storedAt`, and the keys of what was told, which is not told again.
   * What was not decided is `skipped`; what had still to be told is left out, and so are attempts. A delivery that is known here
   * is a duplicate and changes nothing. Resolves after the commit.
   * @throws InboxUnavailableError when not all of them could be committed
   */
  bringIn(events: readonly WholeEvent[]): Promise<readonly Appended[]>;
}
