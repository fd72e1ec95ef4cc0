import type { ActivityFields } from '../../../model/new-activity.ts';
import type { Payload } from '../../../shared/payload.ts';

/** What is the same for all events: `activityOf` (../normalise.ts) says it. */
type Common = 'kind' | 'type' | 'source' | 'actor' | 'place' | 'dedupKey' | 'echoKey' | 'facts';

/** What a family says of one event: everything that is particular to it. */
export interface ActivityParts extends Omit<ActivityFields, Common> {
  readonly kind: 'activity';
  /** Null where a payload lacks one. */
  readonly facts?: readonly (string | null)[];
  /** With kind and repository it names this happening, however it came: `#12`. What can recur says when. */
  readonly echo?: string | null;
  /**
   * Names what happened where several events of GitHub's tell it, each to hooks of its own, in any order: a destination that
   * would hear both hears the first. With a time where it can happen again.
   */
  readonly happening?: string | null;
  /** The payloads of a happening hold no time that they share: it is told at most once a day. */
  readonly isOnceADay?: boolean;
}

export interface Skipped {
  readonly kind: 'skip';
  readonly reason: string;
}

export type FamilyOutput = ActivityParts | Skipped;

/** One file per family of events; throws PayloadError when a field it cannot do without is not there. */
export type Family = (payload: Payload) => FamilyOutput;

/** Never told, whatever the rules say: another event tells it, or there is nothing to tell. */
export function skip(reason: string): Skipped {
  return { kind: 'skip', reason };
}
