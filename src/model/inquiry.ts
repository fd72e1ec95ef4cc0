import type { Activity } from './activity.ts';
import type { StoredEvent } from './event.ts';
import type { Known } from './known/card.ts';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  /** `mayPass`: asking again later may help. */
  | { readonly ok: false; readonly reason: string; readonly mayPass: boolean };

/** What a provider can be asked beyond what its payloads say. Every question is answered within seconds, and none rejects. */
export interface Inquiry {
  /** Which files a pull request changes: rules may depend on it. */
  changedFiles(
    question: { readonly repo: string; readonly pullRequest: number },
    signal: AbortSignal,
  ): Promise<Answer<readonly string[]>>;
  /** What else to tell of an activity that will be told, as facts: which job of a workflow failed. None: there is nothing. */
  details(event: StoredEvent, activity: Activity, signal: AbortSignal): Promise<Answer<readonly string[]>>;
  /** What was open before the first event came. Absent: it cannot be asked. */
  readonly open?: OpenSubjects;
}

export interface OpenSubjects {
  /** The repository that a subject is of, in lower case. Null: it is none of this provider's. */
  repoOf(thread: string): string | null;
  /**
   * What is open in a repository now, as its events would say it, with the provider's own times; and of each branch that something is
   * to land on (`noun` is `branch`, with `place` and `base`) how many approvals it needs, where that may be read. Takes minutes where there
   * is much; never rejects.
   */
  ask(repo: string, signal: AbortSignal): Promise<Answer<readonly Known[]>>;
}
