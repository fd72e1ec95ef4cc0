import type { EventId, EventState, Origin } from '../event.ts';
import type { EventFate, Fate } from '../fate.ts';
import type { Headers } from '../headers.ts';
import type { AttemptId, NotificationId, NotificationState } from '../notification.ts';
import type { Trace } from '../rule.ts';
import type { AttemptEnd } from './outbox.ts';

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
  /** The name it is configured under. */
  readonly source?: string | undefined;
  /** Who did it, as the provider names them; upper and lower case are alike. */
  readonly actor?: string | undefined;
  /**
   * Whole words, all of which are in what it is about or in its actor's name; case and accents do not count. Like the actor it
   * finds what was decided since the store keeps such words.
   */
  readonly text?: string | undefined;
  /** A destination that it was put to, whatever became of it there. With a `state` that is a fate: that fate there. */
  readonly to?: string | undefined;
  /** Of its receipt, ms since 1970, inclusive. */
  readonly since?: number | undefined;
  /** The same, exclusive. */
  readonly until?: number | undefined;
  /** Only ids below: the next page after one that ended with this id. */
  readonly before?: EventId | undefined;
  /** Only ids above, and oldest first: the next page after one that ended with this id. */
  readonly after?: EventId | undefined;
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
  /** Who did it, as the provider names them. Null: nobody, not decided yet, or decided before this was kept. */
  readonly actor: string | null;
  /** `#12 Uploads fail on Safari`, raw, at most 300 characters. Null as well where it is about nothing. */
  readonly about: string | null;
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
  readonly outcome: AttemptEnd['outcome'] | null;
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
  /** `dead` or `unknown`, and a person wants it sent no more: since when. Null: nobody said so. */
  readonly dismissedAt: number | null;
  readonly attempts: readonly AttemptRecord[];
}

export interface EventRecord extends EventSummary {
  readonly guid: string;
  /** Null: gone, with the body, as retention says; or damaged. */
  readonly headers: Headers | null;
  readonly body: Buffer | null;
  /** Why headers and body are there and cannot be read. Undefined: they can be, or are gone. */
  readonly damage?: string | undefined;
  /** Of the body as received, also when it is gone. */
  readonly bodySize: number;
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
