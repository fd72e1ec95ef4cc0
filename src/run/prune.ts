import type { Config } from '../config/config.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import type { JobContext } from '../jobs/context.ts';
import { instant, OwnedLane } from '../jobs/owned-lane.ts';
import { estimate } from '../jobs/prune/estimate.ts';
import { plain } from '../jobs/prune/pass.ts';
import { pruneNow } from '../jobs/prune/prune.ts';
import { termsOf } from '../jobs/prune/terms.ts';
import { Stopped } from '../jobs/prune/tools.ts';
import { DEFAULT_TIMING } from '../jobs/timing.ts';
import { type LaneOwner, PRUNE_LANE } from '../model/inbox/lanes.ts';
import type { StoredSize } from '../model/inbox/upkeep.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Estimate } from '../model/pruning/estimate.ts';
import { CURSOR, type Pruned, type PruneState, parseState } from '../model/pruning/state.ts';
import { UNCOUNTED } from '../model/telemetry.ts';
import { systemClock } from '../shared/clock.ts';
import { newOwner, systemRandom } from '../shared/ids.ts';
import { createLog } from '../shared/log.ts';
import type { Surroundings } from './surroundings.ts';
import { archiveOf } from './transfer/archive-of.ts';

export interface Foreseen {
  readonly going: Estimate;
  /** How many would go. */
  readonly attempts: number;
  readonly size: StoredSize;
  /** Null: no worker has pruned here yet. */
  readonly state: PruneState | null;
  /** Who prunes. Null: nobody at the moment. */
  readonly owner: LaneOwner | null;
}

/** What a pass would take away, by today's settings. Changes nothing. @throws an Error that says why the database cannot be opened */
export async function foreseePrune({ database, retention }: Config): Promise<Foreseen> {
  await using inbox = await openExisting(database, systemClock, 'read');
  const going = await estimate(inbox, plain(termsOf(retention)), systemClock.now(), systemClock);
  const attempts = going.attemptsBefore === null ? 0 : await inbox.countAttempts(going.attemptsBefore);
  const size = await inbox.storedSize();
  return { going, attempts, size, state: parseState(await inbox.recall(CURSOR)), owner: await ownerOf(inbox) };
}

export type PruneOutcome =
  | { readonly result: 'pruned'; readonly pruned: Pruned; readonly state: PruneState; readonly size: StoredSize }
  /** Somebody prunes already. Nothing was done. */
  | { readonly result: 'held'; readonly owner: LaneOwner }
  /** The lane was taken over, or the signal ended it: what went until then has gone. */
  | { readonly result: 'stopped' };

/** One pass at once, as the owner of the lane. @throws an Error that says why the database cannot be opened */
export async function runPruneNow(
  config: Config,
  { logStream }: Surroundings,
  signal: AbortSignal,
): Promise<PruneOutcome> {
  const clock = systemClock;
  await using inbox = await openExisting(config.database, clock, 'write');
  const name = newOwner();
  const ttlMs = DEFAULT_TIMING.leaseTtlMs;
  const asked = instant(clock);
  const [lease] = await inbox.acquire(name, [PRUNE_LANE], ttlMs);
  if (lease === undefined) {
    const owner = await ownerOf(inbox);
    return owner === null ? { result: 'stopped' } : { result: 'held', owner };
  }
  const owned = new OwnedLane(lease, clock, signal);
  owned.renew(asked, ttlMs, lease);
  const renewing = setInterval(() => void renew(inbox, owned, ttlMs), DEFAULT_TIMING.renewMs);
  try {
    const log = createLog('warn', logStream ?? undefined);
    const context: JobContext = { ...WITHOUT_WORKER, inbox, clock, log, shutdown: shutdownOf(signal) };
    const { retention } = config;
    const keepAside = archiveOf(retention, inbox);
    const { state, pruned } = await pruneNow({ context, retention, keepAside }, owned);
    return { result: 'pruned', pruned, state, size: await inbox.storedSize() };
  } catch (error) {
    if (error instanceof Stopped) return { result: 'stopped' };
    throw error;
  } finally {
    clearInterval(renewing);
    await inbox.release(name);
  }
}

const WITHOUT_WORKER = { telemetry: UNCOUNTED, random: systemRandom, timing: DEFAULT_TIMING } as const;

function shutdownOf(signal: AbortSignal): JobContext['shutdown'] {
  return { stopping: signal, aborting: signal, quitting: signal };
}

async function renew(inbox: Inbox, owned: OwnedLane, ttlMs: number): Promise<void> {
  const asked = instant(systemClock);
  try {
    const [lease] = await inbox.acquire(owned.lease.owner, [PRUNE_LANE], ttlMs);
    if (lease?.epoch === owned.lease.epoch) owned.renew(asked, ttlMs, lease);
    else owned.lose();
  } catch {
    // Safe to go on: what is written with a lease that ran out is refused.
  }
}

async function ownerOf(inbox: Pick<Inbox, 'owners'>): Promise<LaneOwner | null> {
  return (await inbox.owners()).find(({ lane }) => lane === PRUNE_LANE) ?? null;
}
