import type { RunResult } from '../activity.ts';
import type { EventId, EventState, Settled, StoredEvent } from '../event.ts';
import type { Heard } from '../known/card.ts';
import type { Content } from '../notification.ts';
import type { Trace } from '../rule.ts';
import type { Fenced, Lease } from './lanes.ts';

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
  /** Null: it says nothing. */
  readonly searched: Searched | null;
  readonly notifications: readonly NewNotification[];
  /** With `pending`: it is read again later. */
  readonly settle: Settle | null;
  /** What it says of its thread: earlier events that settle learn of it. */
  readonly news: { readonly thread: string; readonly settled: Settled } | null;
  /** Kept, so that later results are compared with it. */
  readonly result: Pick<RunResult, 'key' | 'run' | 'passed'> | null;
  /** What it says of subjects: it is merged with what is known of them, and cards that show them fall behind. Default: nothing. */
  readonly known?: readonly Heard[];
  /** Where what it is about has a card from now on, unless nothing is known of that. Default: nowhere. */
  readonly cards?: readonly WantedCard[];
  /** Sources that share no key with this one: what they received is no copy. */
  readonly unrelatedSources: readonly string[];
  /** Its source rightly sends equal bodies: one that came before makes it no copy. */
  readonly bodyMayRepeat: boolean;
}

/** A destination, and a thread (`Keys.thread`) that has a card there. */
export interface WantedCard {
  readonly destination: string;
  readonly thread: string;
}

/** With `pendingFrom`: that event and all behind it are still pending. */
export type Expanded = 'done' | { readonly pendingFrom: EventId };

/** By what an event is found again, beside what is stored of it. */
export interface Searched {
  /** Who did it, as the provider names them. */
  readonly actor: string | null;
  /** The words of what it is about, raw, at most 300 characters. */
  readonly text: string;
}

/** Times are ms since 1970. */
export interface Settle {
  /** Until then it is out of sight. What is learned of its thread meanwhile is kept. */
  readonly until: number;
  readonly thread: string | null;
  /** Where something of its thread settles already for longer than this, it comes back with that. Null: by itself. */
  readonly joinsAfter: number | null;
}

/** Which result came before this one, of another run. */
export interface ResultQuestion extends Pick<RunResult, 'key' | 'run' | 'passed'> {
  readonly eventId: EventId;
}

export interface ResultBefore {
  readonly eventId: EventId;
  readonly passed: boolean;
  /**
   * Where a pass asks and a failure came before: when the first of the failures in a row was received, ms since 1970. Null: it was
   * polled or recovered, some time after it happened.
   */
  readonly failingSince: number | null;
}

export interface NewNotification extends Content {
  readonly destination: string;
  readonly rule: string;
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
   * alone. A `routed` event whose body came before under another guid or type, here or at a related source, looks
   * like a replay: it becomes `quarantined`, without notifications (unless released, replayed on purpose, or of a source whose
   * bodies may repeat). One that is given as `quarantined` contradicts itself and counts as nobody's original. A `routed` event
   * all of whose notifications exist already (by dedup key, or by echo key from the other family of origins) becomes `skipped`
   * ("already told as event N"). One that is to settle stays `pending`, out of sight. Where one becomes `quarantined` and a later one
   * has a result of the same key, that was compared with what is not believed: from there on nothing is stored, and is to be read and
   * decided again. `inSight`: called before, by a store that answers in order, as soon as who asks from then on is answered behind it.
   */
  expand(lease: Lease, expansions: readonly Expansion[], inSight?: () => void): Promise<Expanded | Fenced>;
  /** For each question the last result of an earlier event. Null: there is none. Reads only. */
  resultsBefore(questions: readonly ResultQuestion[]): Promise<readonly (ResultBefore | null)[]>;
  /**
   * What is due by `upTo` (ms since 1970) comes back: events that settled become visible to `pending`, notifications held by
   * quiet hours enter their lanes. Returns the destinations that have something new.
   */
  bringBack(upTo: number): Promise<readonly string[]>;
}
