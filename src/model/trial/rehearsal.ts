import type { Activity } from '../activity.ts';
import type { Telling, Trace } from '../rule.ts';

/** What rules make of one payload, with nothing stored and nothing sent. */
export interface Rehearsal {
  /** `pull_request.merged`. Null: nothing that is ever told. */
  readonly kind: string | null;
  readonly tell: readonly Telling[];
  /** Destination → what is told there, in its words. */
  readonly activities: ReadonlyMap<string, Activity>;
  /** Destinations that take all of its source, whatever rules say. */
  readonly taken: readonly string[];
  readonly trace: Trace | null;
  /** In words, when nobody is told. */
  readonly reason: string | null;
  /** Some rule waits for the changed files, which no payload of a pull request names. */
  readonly wantsPaths: boolean;
}

/** `problem`: it cannot be made or read, in words. Then nobody knows. */
export type Rehearsed =
  | { readonly ok: true; readonly rehearsal: Rehearsal }
  | { readonly ok: false; readonly problem: string };
