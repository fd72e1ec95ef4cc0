import type { Terms } from '../retention.ts';

export const DAY_MS = 24 * 3_600_000;

/** What goes by which terms, and how long still. Kept across restarts. */
export interface Mark {
  /** When it was last looked, ms since 1970. */
  readonly at: number;
  /** What went by these has gone. Null: nothing went yet, or who knows what did. */
  readonly inForce: Terms | null;
  /** What is set. In force when the wait is over. */
  readonly wanted: Terms;
  /** What only `wanted` makes go waits so long, in ms of a worker that runs. 0: the two are the same. */
  readonly waitMs: number;
}

export interface Next {
  readonly mark: Mark;
  /** Why a wait begins with it. Null: none does. */
  readonly why: 'new' | 'time' | 'shorter' | null;
}
