import type { Heard, SubjectState } from '../known/card.ts';

/** What is known of issues, pull requests, incidents and commits, each by its thread. What events say is learned in `Backlog.expand`. */
export interface Subjects {
  /** For each thread what is known of its subject. Null: nothing. Reads only. */
  subjects(threads: readonly string[]): Promise<readonly (SubjectState | null)[]>;
  /** Subjects whose thread comes after `after` (first: ''), in the order of their threads' bytes. Empty: there are no more. Reads only. */
  subjectsAfter(after: string, limit: number): Promise<readonly SubjectState[]>;
  /**
   * What was learned otherwise than by events: asked of a provider, and made of its answer by `heardOf`, as of event 0. Cards that show it
   * fall behind. Resolves after the commit.
   */
  learn(heard: readonly Heard[]): Promise<void>;
}
