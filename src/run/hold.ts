import { setTimeout } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import { withOwnSource } from '../jobs/remind/own-source.ts';
import { startWorker } from '../jobs/worker.ts';
import { carried } from '../model/carried.ts';
import type { Destination } from '../model/destination.ts';
import { EXPAND_LANE, type LaneOwner } from '../model/inbox/lanes.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Source } from '../model/source.ts';
import { UNCOUNTED } from '../model/telemetry.ts';
import { withOwnRules } from '../route/remind/own-rules.ts';
import { createRoute } from '../route/route.ts';
import { systemClock } from '../shared/clock.ts';
import { newOwner, systemRandom } from '../shared/ids.ts';
import { createLog } from '../shared/log.ts';
import { workerSettings } from './build.ts';
import { sourcesByName } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

export type HoldOutcome =
  /** How many messages by destination; `left`: destinations that are not configured, for which something waits. */
  | { readonly result: 'held'; readonly held: ReadonlyMap<string, number>; readonly left: readonly string[] }
  /** A worker runs. Nothing was done. */
  | { readonly result: 'busy'; readonly owner: LaneOwner }
  /** By the signal: what was held until then is held. */
  | { readonly result: 'stopped' };

const LOOK_EVERY_MS = 100;

/** More than any lost database told after the copy: see Outbox.skipIds. */
const IDS_LOST_AT_MOST = 1_000_000;

const WHY = 'held back by `tidings hold`: in a restored copy, it may have been told since the copy was made';

/**
 * Everything that waits becomes `unknown`, as after a lost answer: a worker like any other decides what is pending, but each of
 * its destinations says at once that nobody knows. What settles, and what quiet hours hold, is brought back for it.
 * @throws an Error that says why the database cannot be opened
 */
export async function holdWaiting(
  config: Config,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<HoldOutcome> {
  const clock = systemClock;
  await using inbox = await openExisting(config.database, clock, 'write');
  const owner = await livingOwner(inbox, signal);
  if (owner !== null) return { result: 'busy', owner };
  const {
    destinations,
    inquiries,
    rules,
    directory,
    templates,
    reminders = [],
  } = await workerSettings(config, surroundings, inbox);
  const held = new Map(destinations.map(({ name }) => [name, 0]));
  const count = (name: string, more: number) => held.set(name, (held.get(name) ?? 0) + more);
  const worker = startWorker({
    inbox: { ...inbox, ...evenPaused(inbox), adopt: countingAdopt(inbox, count) },
    sources: withOwnSource(unlistening(await sourcesByName(config))),
    route: withOwnRules(createRoute(rules, directory, templates), { reminders, rules }, directory),
    inquiries,
    directory,
    destinations: destinations.map((each) => holding(each, count)),
    knows: true,
    telemetry: UNCOUNTED,
    clock,
    random: systemRandom,
    log: createLog('error', surroundings.logStream ?? undefined),
    owner: newOwner(),
  });
  try {
    await nothingWaits(inbox, [EXPAND_LANE, ...held.keys()], signal);
  } finally {
    await worker.stop();
  }
  if (signal.aborted) return { result: 'stopped' };
  await inbox.skipIds(IDS_LOST_AT_MOST);
  return { result: 'held', held, left: (await inbox.queued()).filter((lane) => !held.has(lane)) };
}

/** Who lives renews. The leases of those who worked when a copy was made, or were killed, run out within 10 s. */
async function livingOwner(inbox: Inbox, signal: AbortSignal): Promise<LaneOwner | null> {
  const first = new Map<string, number>();
  while (!signal.aborted) {
    const owners = await inbox.owners();
    const living = owners.find((each) => each.expiresAt > (first.get(leaseOf(each)) ?? each.expiresAt));
    if (living !== undefined || owners.length === 0) return living ?? null;
    for (const each of owners) if (!first.has(leaseOf(each))) first.set(leaseOf(each), each.expiresAt);
    await setTimeout(LOOK_EVERY_MS);
  }
  return null;
}

const leaseOf = ({ lane, owner }: LaneOwner) => `${lane} ${owner}`;

/** A lane that was paused when the copy was made has messages that may have been sent since, too. */
function evenPaused(inbox: Inbox): Pick<Inbox, 'acquire' | 'begin'> {
  return {
    acquire: async (...asked) => (await inbox.acquire(...asked)).map((lease) => ({ ...lease, held: null })),
    begin: (lease, starts, options) => inbox.begin(lease, starts, { mayBeLost: false, ...options, evenPaused: true }),
  };
}

/** What was being sent when the copy was made is in doubt by itself. */
function countingAdopt(inbox: Inbox, count: (name: string, more: number) => void): Inbox['adopt'] {
  return async (lease, policy) => {
    const adopted = await inbox.adopt(lease, policy);
    if (adopted !== 'fenced') count(lease.lane, adopted);
    return adopted;
  };
}

/** What comes while this works is for whoever tells it: nothing is heard, since what is heard comes to nobody else. */
function unlistening(sources: ReadonlyMap<string, Source>): ReadonlyMap<string, Source> {
  return new Map(Array.from(sources, ([name, { listen: _listen, ...source }]) => [name, source]));
}

function holding(
  { settle: _settle, cards: _cards, hasCards: _hasCards, ...destination }: Destination,
  count: (name: string, more: number) => void,
): Destination {
  return {
    ...destination,
    intervalMs: 0,
    account: undefined,
    retry: { ...destination.retry, baseMs: 0 },
    onUnknown: 'hold',
    mayForgetAttempts: false,
    async send(message) {
      count(destination.name, carried(message).length);
      return { kind: 'unknown', reason: WHY };
    },
  };
}

/** Twice in a row: what was just decided may be for later, by quiet hours. */
async function nothingWaits(inbox: Inbox, names: readonly string[], signal: AbortSignal): Promise<void> {
  for (let quiet = 0; quiet < 2 && !signal.aborted; ) {
    await inbox.bringBack(Number.MAX_SAFE_INTEGER);
    const waits = (await inbox.depths()).some(({ lane, depth }) => depth > 0 && names.includes(lane));
    quiet = waits ? 0 : quiet + 1;
    if (waits) await setTimeout(LOOK_EVERY_MS);
  }
}
