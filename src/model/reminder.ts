import type { Rule } from './rule.ts';

/** The source of what Tidings says by itself. Nothing is received for it. */
export const OWN_SOURCE = 'tidings';

/** The type that the rule of a reminder is about. */
export const PULL_REQUEST = 'pull_request';

/** When something is due, by the clock of a zone. */
export interface Schedule {
  /** 0 is Sunday. */
  readonly days: readonly number[];
  /** Since midnight. */
  readonly minute: number;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
  /** Days that are left out: `2026-12-25`, or `12-25` of every year. */
  readonly except: readonly string[];
}

/** Who is reminded of what, and when. */
export interface Reminder {
  readonly name: string;
  readonly schedule: Schedule;
  /** Which pull requests, by what a rule asks of them; whom it tells and calls; whether the list goes into a thread. */
  readonly rule: Rule;
  /** Less long nobody is reminded, ms. */
  readonly olderThanMs: number;
}

/**
 * draft    its author is to finish it
 * changes  somebody wants its author to change it
 * merge    it has the approvals that it needs
 * review   those that were asked for a review
 * nobody   nobody was asked
 */
export type Turn = 'draft' | 'changes' | 'merge' | 'review' | 'nobody';

/** A pull request that waits. All texts are raw. */
export interface WaitingPull {
  readonly place: string;
  /** `pull request`, `merge request` */
  readonly noun: string;
  readonly handle: string;
  readonly title: string;
  readonly url: string | null;
  readonly turn: Turn;
  /** Logins, and `organisation/team`: whose turn it is. */
  readonly on: readonly string[];
  /** ms since 1970 */
  readonly since: number;
  readonly approvals: number;
  /** Null: that is not known, and one is enough. */
  readonly needed: number | null;
}

/** What a reminder says. */
export interface Reminded {
  readonly reminder: string;
  /** Login of whom it is said to alone: of what waits for them. Absent: to whoever reads it there. */
  readonly to?: string;
  /** ms since 1970 */
  readonly dueAt: number;
  /** How many wait. */
  readonly total: number;
  /** Whose turn it is how often, the most often first. */
  readonly people: readonly (readonly [name: string, count: number])[];
  /** Those that wait longest, longest first. */
  readonly pulls: readonly WaitingPull[];
}
