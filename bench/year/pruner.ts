import { OwnedLane } from '../../src/jobs/owned-lane.ts';
import { pruneNow } from '../../src/jobs/prune/prune.ts';
import { DEFAULT_TIMING } from '../../src/jobs/timing.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { UNCOUNTED } from '../../src/model/telemetry.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';

const DAY_MS = 86_400_000;

/** As short as they may be: then a year has eleven times what is kept. */
export const KEPT_DAYS = { bodies: 30, events: 35, attempts: 30 } as const;

/** The worker's own passes, one at each call, by the clock as it stands then. */
export function prunerOf(inbox: Inbox, lease: Lease, clock: Clock): () => Promise<void> {
  const { signal } = new AbortController();
  const context = {
    inbox,
    clock,
    random: Math.random,
    telemetry: UNCOUNTED,
    log: createLog('error', process.stderr),
    timing: DEFAULT_TIMING,
    shutdown: { stopping: signal, aborting: signal, quitting: signal },
  };
  const retention = {
    bodies: KEPT_DAYS.bodies * DAY_MS,
    exceptions: [],
    events: KEPT_DAYS.events * DAY_MS,
    attempts: KEPT_DAYS.attempts * DAY_MS,
    maxBytes: null,
    archiveTo: null,
  };
  const owned = new OwnedLane(lease, clock, signal);
  return async () => void (await pruneNow({ context, retention, keepAside: null }, owned));
}
