import type { Subject, Tone } from '../../../model/activity.ts';
import type { Payload } from '../payload.ts';

/** What a family says of one event: everything that is particular to it. The rest is the same for all. */
export interface Told {
  readonly kind: 'told';
  /** GitHub's action, except that a merged pull request's is `merged`. Null for events without actions. */
  readonly action: string | null;
  readonly headline: string;
  readonly tone: Tone;
  readonly subject: Subject | null;
  readonly excerpt?: string | null;
  readonly facts?: readonly (string | null)[];
  readonly labels?: readonly string[];
  readonly branch?: string | null;
  readonly head?: string | null;
  readonly isDraft?: boolean;
  readonly occurredAt?: number | null;
  /** With kind and repository it names this happening, however it came: `#12`. What can recur says when. */
  readonly echo?: string | null;
}

export type Verdict = Told | { readonly kind: 'skip'; readonly reason: string };

/** One file per family of events; throws PayloadError when a field it cannot do without is not there. */
export type Family = (payload: Payload) => Verdict;

export function skip(reason: string): Verdict {
  return { kind: 'skip', reason };
}

export function notToldYet(type: string, action: string | null): Verdict {
  return skip(`${type}${action === null ? '' : `.${action.slice(0, 100)}`} is not told yet`);
}
