import type { Activity } from './activity.ts';
import type { StoredEvent } from './event.ts';

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
}
