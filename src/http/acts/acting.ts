import type { V1Deps } from '../api/v1-deps.ts';
import { createReplayJobs, type ReplayJobs } from '../replays/replay-jobs.ts';
import { createLaneWatch } from '../waiting-lanes.ts';

/** What this process keeps between requests, as long as its store is open. */
export interface Acting {
  readonly replays: ReplayJobs;
  /** Which lanes stand still, from one look at the problems to the next. */
  readonly laneWatch: ReturnType<typeof createLaneWatch>;
  /** Destination → when it was last sent a test message, by the clock that nobody sets. */
  readonly testedAt: Map<string, number>;
}

const BY_STORE = new WeakMap<object, Acting>();

export function actingOn(deps: V1Deps): Acting {
  const known = BY_STORE.get(deps.archive);
  if (known !== undefined) return known;
  const acting = {
    replays: createReplayJobs(deps),
    laneWatch: createLaneWatch(deps.clock),
    testedAt: new Map<string, number>(),
  };
  BY_STORE.set(deps.archive, acting);
  return acting;
}
