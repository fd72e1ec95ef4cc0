import type { Limits } from '../../keys/key-runs.ts';
import { refuseOther, type Upgrade } from '../../migrations.ts';
import { accountOps } from '../accounts.ts';
import { appendOps } from '../append.ts';
import { replayOps } from '../archive/replay.ts';
import { untoldWrites } from '../archive/untold.ts';
import { vitalsOps } from '../archive/vitals.ts';
import { backlogOps } from '../backlog/backlog.ts';
import { bringBackOps } from '../backlog/bring-back.ts';
import { bringOverOps } from '../bring-over.ts';
import { cursorOps } from '../cursors.ts';
import { brokenForWriting } from '../damage/writable.ts';
import type { Database } from '../database.ts';
import { UnusableError } from '../file/opening-problem.ts';
import { schemaVersion } from '../file/schema-version.ts';
import { forgetOps } from '../forget/forget.ts';
import { DELIVERIES, DIGESTS } from '../keys/event-keys.ts';
import { keyRuns } from '../keys/key-tables.ts';
import { knownOps } from '../keys/known.ts';
import { dropUnusedIndexes, olderKeys, unusedIndexes } from '../keys/older-keys.ts';
import { auditOps } from '../known/audits.ts';
import { cardOps } from '../known/cards.ts';
import { forgetKnownOps } from '../known/forget.ts';
import { forgetMutedOps } from '../known/forget-muted.ts';
import { muteOps } from '../known/mutes.ts';
import { reminderOps } from '../known/reminders.ts';
import { subjectOps } from '../known/subjects.ts';
import { oldKnownOps } from '../known/upkeep.ts';
import { holdOps, laneFence, laneOps } from '../lanes.ts';
import { migrate, newestSchemaVersion } from '../migrate.ts';
import { outboxOps } from '../outbox.ts';
import { probeOps } from '../probe.ts';
import { bringOverSearch } from '../search/bring-over.ts';
import { sessionOps } from '../sessions.ts';
import { bringInOps } from '../transfer/bring-in.ts';
import { sweepOps } from '../upkeep/sweep.ts';
import { upkeepOps } from '../upkeep/upkeep.ts';
import type { ThreadOptions } from './thread-protocol.ts';

/** Upgraded by whoever may; else it must fit already. @throws DatabaseTooNewError; DatabaseTooOldError */
export function fitSchema(db: Database, { path, access }: ThreadOptions): Upgrade | null {
  if (access === 'create') {
    const upgrade = migrate(db, path, { copies: true });
    dropUnusedIndexes(db);
    const broken = brokenForWriting(db);
    if (broken !== null) throw new UnusableError(`${broken} where new events are stored`);
    return upgrade;
  }
  const found = schemaVersion(db);
  if (found === 0) throw new UnusableError('there are no tables in it yet. Start Tidings here first: it makes them');
  refuseOther(found, newestSchemaVersion());
  return null;
}

/**
 * What the writing thread can do. Its one connection writes; the rare reads that belong to a write run here too. `keyLimits`: for a world in
 * which a day is short.
 */
export function writerOps(
  db: Database,
  waitedMs: () => number,
  { path, access }: Pick<ThreadOptions, 'path' | 'access'>,
  keyLimits?: Limits,
) {
  const fence = laneFence(db);
  const keys = { deliveries: keyRuns(db, DELIVERIES, keyLimits), digests: keyRuns(db, DIGESTS, keyLimits) };
  const unused = unusedIndexes(db);
  const appending = appendOps(db, keys.deliveries);
  return {
    ...appending,
    ...bringInOps(db, appending, keys.digests),
    ...forgetOps(db),
    ...backlogOps(db, fence, keys.digests),
    ...bringBackOps(db),
    ...bringOverOps(db, fence, [...olderKeys(db, keys), bringOverSearch(db)], () => unused().length > 0),
    ...knownOps(db, keys.deliveries),
    ...laneOps(db, waitedMs),
    ...holdOps(db),
    ...accountOps(db, waitedMs),
    ...outboxOps(db, fence),
    ...subjectOps(db),
    ...cardOps(db, fence),
    ...muteOps(db),
    ...auditOps(db),
    ...sessionOps(db),
    ...forgetKnownOps(db),
    ...forgetMutedOps(db),
    ...reminderOps(db, waitedMs),
    ...replayOps(db),
    ...untoldWrites(db),
    ...cursorOps(db),
    ...upkeepOps(db, fence),
    ...sweepOps(db, fence),
    ...oldKnownOps(db, fence),
    ...vitalsOps(db),
    ...probeOps(db, access === 'read' ? path : null),
  };
}
