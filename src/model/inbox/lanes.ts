/** The lane in which it is decided about events. */
export const EXPAND_LANE = 'expand';
/** The lane in which what is old goes. */
export const PRUNE_LANE = 'prune';
/** The lane in which reminders are said. */
export const REMIND_LANE = 'remind';
/** The lane of whoever is connected to providers that do not call. */
export const LISTEN_LANE = 'listen';
/** Lanes that are no destination's. */
export const OWN_LANES: readonly string[] = [EXPAND_LANE, PRUNE_LANE, REMIND_LANE, LISTEN_LANE];

/** How long a worker asks for a lane; it renews what it owns long before. */
export const LEASE_TTL_MS = 10_000;

/** The right to work on one lane until `expiresAt`. A later owner has a larger epoch, which fences this one off. */
export interface Lease {
  readonly lane: string;
  readonly owner: string;
  readonly epoch: number;
  /** Nothing is sent before this time, ms since 1970: pace or pause, kept across owners. */
  readonly notBefore: number;
  /** Consecutive transient failures, for the backoff; kept across owners. */
  readonly failures: number;
  /** Nothing can arrive at its destination. Null: something can, as far as is known. */
  readonly broken: Broken | null;
  /** A person paused it. Null: nobody did, or that time is over. */
  readonly held: Hold | null;
}

/** A lane that a person paused: nothing is sent from it, and all of it waits. */
export interface Hold {
  /** `mona, dashboard`, at most 200 characters. */
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
  /** Until then, ms since 1970. Null: until somebody resumes it. */
  readonly until: number | null;
}

/** What was in the way until somebody resumed a lane. */
export interface Resumed {
  readonly wasBroken: boolean;
  /** Null: nobody had paused it, or that time was over. */
  readonly held: Hold | null;
}

/** A destination at which nothing can arrive until somebody changes something. */
export interface Broken {
  /** Since when, ms since 1970. */
  readonly at: number;
  /** What happened and what to do. */
  readonly reason: string;
}

/** What a lane keeps between attempts. */
export interface LanePause extends Pick<Lease, 'notBefore' | 'failures'> {
  /** Why nothing can arrive at its destination; since when stays as it was. Null: something can. Left out: what is stored holds. */
  readonly breakdown?: string | null | undefined;
}

/** A lane that somebody owns now. */
export interface LaneOwner {
  readonly lane: string;
  readonly owner: string;
  /** ms since 1970; later while the owner lives and renews it. */
  readonly expiresAt: number;
}

/** The lease was lost: nothing was written, stop working on this lane. */
export type Fenced = 'fenced';

export interface Lanes {
  /**
   * Renews those of `lanes` that are `owner`'s and takes what is free or expired, for `ttlMs`. Others' are left alone. A lease that
   * begins more than `ttlMs` from now is expired too: a clock that ran ahead gave it, and its pause with it.
   */
  acquire(owner: string, lanes: readonly string[], ttlMs: number): Promise<readonly Lease[]>;
  /** Whether nobody took the lane over and the lease lasts `leastMs` more, by the clock that decides about leases. Reads only. */
  owns(lease: Lease, leastMs: number): Promise<boolean>;
  /** Every lane with a lease that has not run out, by name. */
  owners(): Promise<readonly LaneOwner[]>;
  /** The destinations' lanes in which something waits, served by anybody or not. */
  queued(): Promise<readonly string[]>;
  /**
   * Pauses a destination's lane, in place of an earlier pause. When it resolves no attempt begins any more, whoever owns the lane; one
   * that had begun ends as it does. False: it is a lane of Tidings' own, which nobody may pause.
   */
  hold(lane: string, hold: Hold): Promise<boolean>;
  /** Whether a person paused it, now. Reads only. */
  isHeld(lane: string): Promise<boolean>;
  /**
   * Whoever owns the lane sends again: its destination is no longer held to be broken, nor is it paused by a person. Says what it was.
   * Wakes the workers.
   */
  resume(lane: string): Promise<Resumed>;
  /** Gives back all lanes of `owner` and wakes the others. */
  release(owner: string): Promise<void>;
}
