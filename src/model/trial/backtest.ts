import type { EventId } from '../event.ts';

export interface BacktestRequest {
  /** ms since 1970, inclusive. */
  readonly since: number;
  /** At most so many events, the newest. Null: all of them. */
  readonly limit: number | null;
}

/** A destination that one set of rules tells of an event, and the other does not. */
export interface Difference {
  readonly destination: string;
  /** The rule that tells it. Null: it takes all of the event's source. */
  readonly rule: string | null;
  /** Why the other rules do not, in words: `rule reviews: on.labels.none saw wip`. */
  readonly because: string;
  /** The line that its template makes. Absent: it has none, or it fails. */
  readonly words?: string;
}

/** A stored event of which other destinations would hear. */
export interface BacktestChange {
  readonly eventId: EventId;
  /** ms since 1970. */
  readonly receivedAt: number;
  readonly kind: string;
  /** `acme/api`, or the organisation. Null: neither is known. */
  readonly place: string | null;
  readonly handle: string | null;
  readonly title: string | null;
  /** No longer told, in the order of the rules that tell now. */
  readonly fewer: readonly Difference[];
  /** Told in addition. */
  readonly more: readonly Difference[];
}

/** Messages are counted: one event told to two destinations is two. */
export interface BacktestSummary {
  readonly events: number;
  readonly fewer: number;
  readonly more: number;
  readonly same: number;
  /** Events of which some destination hears or not, depending on changed files that are not stored. */
  readonly unjudged: number;
  /** Events that no source can read. */
  readonly unread: number;
  /** Events of that time whose bodies are gone. */
  readonly gone: number;
}
