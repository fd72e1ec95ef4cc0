import type { Destination } from '../model/destination.ts';
import { EXPAND_LANE, LISTEN_LANE, PRUNE_LANE, REMIND_LANE } from '../model/inbox/lanes.ts';
import type { Inbox } from '../model/inbox.ts';
import type { Inquiry, OpenSubjects } from '../model/inquiry.ts';
import type { Reminder } from '../model/reminder.ts';
import type { KeepAside, Retention } from '../model/retention.ts';
import { type Directory, NOBODY, type Route } from '../model/rule.ts';
import { isListener, type Source } from '../model/source.ts';
import type { Telemetry } from '../model/telemetry.ts';
import { withoutDeclined } from '../route/declined.ts';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/ids.ts';
import type { Logger } from '../shared/log.ts';
import { closeDestinations } from './close.ts';
import type { JobContext } from './context.ts';
import { runExpander } from './expand/expander.ts';
import { runLane } from './lane.ts';
import { type LaneLoop, Leases } from './leases.ts';
import type { ListenDeps } from './listen/listen.ts';
import { type ByEmail, createFindPeople } from './people/find-people.ts';
import { pause } from './persist.ts';
import type { Pruner } from './prune/looker.ts';
import { runPrune } from './prune/prune.ts';
import type { Reminding } from './remind/remind.ts';
import { DEFAULT_TIMING, type Timing } from './timing.ts';

export interface WorkerDeps {
  readonly inbox: Inbox;
  readonly sources: ReadonlyMap<string, Source>;
  readonly route: Route;
  /** Whom to ask about events, by the name of their source. Nobody: what payloads say is all that is known. */
  readonly inquiries?: ReadonlyMap<string, Inquiry>;
  /** Names are unique, and none is one of `OWN_LANES`. The worker closes them when it stops. */
  readonly destinations: readonly Destination[];
  /** Of those that can show cards, the ones that some rule wants them of. Default: none. */
  readonly cards?: ReadonlySet<string>;
  /** Whether what events say of subjects is kept also where no card shows it. Default: it is not. */
  readonly knows?: boolean;
  /** What it says by itself at its times; what is known is kept then. `route` and `sources` know of it. Default: nothing. */
  readonly reminders?: readonly Reminder[];
  /** Whom reminders' filters mean. Default: nobody. */
  readonly directory?: Directory;
  /** How whoever is not known is found, so that `directory` and `route` know them. Default: nobody is. */
  readonly byEmail?: ByEmail | null;
  /** How long what is kept. Left out: nothing goes. */
  readonly retention?: Retention;
  /** Writes bodies down before they go. Left out: they go without. */
  readonly keepAside?: KeepAside | null;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Unique among all workers on this database: see `newOwner`. */
  readonly owner: string;
  readonly timing?: Partial<Timing>;
}

export interface Worker {
  /**
   * Begins nothing new, waits for the sends in hand (gives them up after `abortAfterMs`, default 8 s), records how they ended, closes
   * the destinations and gives the lanes back: within 10 s. Calling it again returns the same promise. Never rejects.
   */
  stop(options?: { readonly abortAfterMs?: number }): Promise<void>;
  /** `lastBeatAt`: ms since 1970 when the database last confirmed the leases of `owner`; every 3 s while all is well. */
  heartbeat(): { readonly running: boolean; readonly lastBeatAt: number | null; readonly owner: string };
}

/** Drains the inbox: expands events and sends notifications, for all lanes it can get. Any number may run. */
export function startWorker(deps: WorkerDeps): Worker {
  const signals = { stopping: new AbortController(), aborting: new AbortController(), quitting: new AbortController() };
  const context: JobContext = {
    ...deps,
    timing: { ...DEFAULT_TIMING, ...deps.timing },
    shutdown: {
      stopping: signals.stopping.signal,
      aborting: signals.aborting.signal,
      quitting: signals.quitting.signal,
    },
  };
  const leases = new Leases(
    context,
    deps.owner,
    loopsOf(deps, context, (names) => leases.wakeLanes(names)),
  );
  const unsubscribe = deps.inbox.onWake(() => leases.committed());
  const loops = Promise.all([leases.run(), warnOfUnserved(context, deps.destinations)]);
  let stopped: Promise<void> | undefined;

  async function stop(abortAfterMs: number): Promise<void> {
    const { clock, timing } = context;
    const limitMs = Math.max(timing.stopLimitMs - timing.stopAbortMs, 0) + abortAfterMs;
    signals.stopping.abort();
    leases.wakeAll();
    const timers = [
      clock.after(abortAfterMs, () => signals.aborting.abort()),
      clock.after(limitMs, () => {
        signals.quitting.abort();
        leases.wakeAll();
      }),
    ];
    // Also at the limit: a database that does not answer must not keep the process.
    await Promise.race([loops, onceAborted(signals.quitting.signal)]);
    for (const cancel of timers) cancel();
    signals.quitting.abort();
    unsubscribe();
    // Before the lanes are free: whoever takes one finds nothing of ours still open.
    await closeDestinations(deps.destinations, context, timing.closeLimitMs);
    await giveBack(context, deps.owner, timing.closeLimitMs);
  }

  return {
    stop: (options) => (stopped ??= stop(options?.abortAfterMs ?? context.timing.stopAbortMs)),
    heartbeat: () => ({ running: stopped === undefined, lastBeatAt: leases.lastOwnedAt, owner: deps.owner }),
  };
}

function loopsOf(
  deps: WorkerDeps,
  context: JobContext,
  wakeLanes: (names: Iterable<string>) => void,
): ReadonlyMap<string, LaneLoop> {
  const { sources, route, destinations, retention, keepAside = null, inquiries = new Map() } = deps;
  const { reminders = [], directory = NOBODY, byEmail = null } = deps;
  const find = byEmail && createFindPeople({ context, byEmail, destinations });
  const finding = byEmail && find && { find, words: byEmail.words, directory };
  const digesting = new Set(destinations.flatMap(({ name, digestOver }) => (digestOver === null ? [] : [name])));
  const takers = destinations.filter(({ takesAll }) => takesAll !== undefined);
  const heard = withoutDeclined(route, destinations);
  const cards = cardsOf(deps);
  const knows = deps.knows === true || cards.size > 0 || reminders.length > 0;
  const listeners = [...sources.values()].filter(isListener);
  const { owners } = directory;
  const told = { digesting, owners, takers, cards, finding };
  const keepsAddresses = finding !== null;
  const expander = { context, sources, route: heard, inquiries, ...told, knows, keepsAddresses, wakeLanes };
  return new Map<string, LaneLoop>([
    [EXPAND_LANE, (owned) => runExpander(expander, owned)],
    ...(retention === undefined ? [] : [pruneLoop({ context, retention, keepAside })]),
    ...(reminders.length === 0 ? [] : [remindLoop({ context, reminders, directory, find, open: openOf(inquiries) })]),
    ...(listeners.length === 0 ? [] : [listenLoop({ context, listeners })]),
    ...destinations.map((each): [string, LaneLoop] => [
      each.name,
      (owned) => runLane(context, each, owned, cards.has(each.name)),
    ]),
  ]);
}

/** The destinations that show cards → whether they do where no rule says so. */
function cardsOf({ destinations, cards }: WorkerDeps): ReadonlyMap<string, boolean> {
  const showing = destinations.flatMap(({ name, hasCards }): readonly (readonly [string, boolean])[] => {
    return hasCards === true || (hasCards === false && cards?.has(name)) ? [[name, hasCards]] : [];
  });
  return new Map(showing);
}

function pruneLoop(pruner: Pruner): [string, LaneLoop] {
  return [PRUNE_LANE, (owned) => runPrune(pruner, owned)];
}

function openOf(inquiries: ReadonlyMap<string, Inquiry>): ReadonlyMap<string, OpenSubjects> {
  return new Map([...inquiries].flatMap(([name, { open }]) => (open === undefined ? [] : [[name, open] as const])));
}

/** Most have none, so it is loaded where there are some. */
function remindLoop(reminding: Reminding): [string, LaneLoop] {
  return [REMIND_LANE, async (owned) => (await import('./remind/remind.ts')).runReminders(reminding, owned)];
}

function listenLoop(deps: ListenDeps): [string, LaneLoop] {
  return [LISTEN_LANE, async (owned) => (await import('./listen/listen.ts')).runListening(deps, owned)];
}

/** A destination that left the configuration leaves its notifications waiting: nobody would notice without a word. */
async function warnOfUnserved({ inbox, log }: JobContext, destinations: readonly Destination[]): Promise<void> {
  const served = new Set(destinations.map(({ name }) => name));
  try {
    for (const lane of await inbox.queued()) {
      if (served.has(lane)) continue;
      log.warn({ lane }, `notifications wait for "${lane}", which is not configured here: add it again to tell them`);
    }
  } catch (error) {
    // Safe to go on: only the warning is lost, and the leases report an inbox that is away.
    log.debug({ err: error }, 'could not look for lanes nobody serves');
  }
}

async function giveBack({ inbox, clock, log }: JobContext, owner: string, limitMs: number): Promise<void> {
  const released = inbox.release(owner).catch((error: unknown) => {
    // Safe to go on: leases that are not given back run out by themselves.
    log.warn({ err: error }, 'could not give the lanes back; others take them when the leases run out');
  });
  await Promise.race([released, pause(clock, limitMs)]);
}

function onceAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
