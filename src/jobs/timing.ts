import { LEASE_TTL_MS } from '../model/inbox/lanes.ts';

/** How often and how long, in milliseconds. Tests shorten them; production uses the defaults. */
export interface Timing {
  /** A lease lasts this long: a killed worker's lanes are free after it, and taken within one `renewMs` more. */
  readonly leaseTtlMs: number;
  readonly renewMs: number;
  /** Least time between a wake-up and asking for lanes others hold: each ask is a write. */
  readonly regainMs: number;
  /** A send begins only when at least this much of the lease is left; above it the lease is renewed during the send. */
  readonly minLeaseMs: number;
  /** Behind every wake-up, for those that get lost. */
  readonly pollMs: number;
  /** A send that takes longer is told to give up; destinations have shorter limits of their own. */
  readonly sendLimitMs: number;
  /** After being told to give up, a send has this long to say how it ended. */
  readonly abortGraceMs: number;
  /** At stop: after this, the sends in hand are told to give up. */
  readonly stopAbortMs: number;
  /** At stop: after this, what still runs is left behind; its attempts are adopted as `unknown` by the next owner. */
  readonly stopLimitMs: number;
  /** Then the destinations are closed, and the lanes given back: each takes no longer than this. */
  readonly closeLimitMs: number;
  /** The expander hands the thread back after this much work, so that acknowledgements on it stay fast. */
  readonly yieldMs: number;
  /** After a start, which is busy with what waited: the first look what outlived its term. */
  readonly pruneFirstMs: number;
  readonly pruneEveryMs: number;
  /** How often the size is held against its limit. */
  readonly sizeEveryMs: number;
}

/**
 * 10 s + 3 s keeps the promise of 15 s for a takeover and lets two renewals fail before a lease is in danger;
 * 9 s for the sends and twice 0.5 s for what is left to close keep the promise of 10 s for a stop.
 */
export const DEFAULT_TIMING: Timing = {
  leaseTtlMs: LEASE_TTL_MS,
  renewMs: 3_000,
  regainMs: 250,
  minLeaseMs: 5_000,
  pollMs: 1_000,
  sendLimitMs: 60_000,
  abortGraceMs: 500,
  stopAbortMs: 8_000,
  stopLimitMs: 9_000,
  closeLimitMs: 500,
  yieldMs: 2,
  pruneFirstMs: 60_000,
  pruneEveryMs: 3_600_000,
  sizeEveryMs: 60_000,
};
