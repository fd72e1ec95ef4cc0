import type { EventState } from '../../../model/event.ts';
import type { UntoldFate } from '../../../model/fate.ts';

/** What `replay --state` takes: states of events, or of notifications that were given up or held. */
export const REPLAY_STATES = [
  'skipped',
  'failed',
  'quarantined',
  'routed',
  'dead',
  'unknown',
] as const satisfies readonly (EventState | UntoldFate)[];
