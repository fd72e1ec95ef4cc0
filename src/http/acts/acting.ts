import { createReplayJobs, type JobDeps, type ReplayJobs } from '../replays/replay-jobs.ts';
import { createLaneWatch } from '../waiting-lanes.ts';

/** What this process keeps between requests. */
export interface Acting {
  readonly replays: ReplayJobs;
  /** Which lanes stand still, from one look at the problems to the next. */
  readonly laneWatch: ReturnType<typeof createLaneWatch>;
  /** Destination → when it was last sent a test message, by the clock that nobody sets. */
  readonly testedAt: Map<string, number>;
}

export function createActing(deps: JobDeps): Acting {
  return { replays: createReplayJobs(deps), laneWatch: createLaneWatch(deps.clock), testedAt: new Map() };
}
