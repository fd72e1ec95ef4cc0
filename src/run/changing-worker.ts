import { closeDestinations } from '../jobs/close.ts';
import type { ByEmail } from '../jobs/people/find-people.ts';
import { withOwnSource } from '../jobs/remind/own-source.ts';
import { DEFAULT_TIMING } from '../jobs/timing.ts';
import { startWorker, type Worker, type WorkerDeps } from '../jobs/worker.ts';
import type { Destination } from '../model/destination.ts';
import type { Inquiry } from '../model/inquiry.ts';
import type { Reminder } from '../model/reminder.ts';
import type { Retention } from '../model/retention.ts';
import type { Directory, Rule, Template } from '../model/rule.ts';
import { wordsOfRules } from '../route/people.ts';
import { withOwnRules } from '../route/remind/own-rules.ts';
import { createRoute } from '../route/route.ts';
import { newOwner, type Random, systemRandom } from '../shared/ids.ts';
import { archiveOf } from './transfer/archive-of.ts';

/** What a worker goes by: whom it tells what. */
export interface WorkerSettings {
  readonly rules: readonly Rule[];
  readonly directory: Directory;
  /** How sources word what they tell, by their names. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Closed when the worker ends, or when there is none. */
  readonly destinations: readonly Destination[];
  /** Whom to ask about events, by the name of their source. */
  readonly inquiries: ReadonlyMap<string, Inquiry>;
  readonly retention: Retention;
  /** Default: none. */
  readonly reminders?: readonly Reminder[];
}

export interface ChangingWorker {
  /** Once is enough. */
  start(): void;
  /** One worker follows the other, one change after the other. Nothing to do without a worker. */
  change(settings: WorkerSettings): Promise<void>;
  /** Null: there is none. While one follows the other, `lastBeatAt` is when that began. */
  heartbeat(): HeartbeatOrNull;
  /** For good. */
  stop(): Promise<void>;
}

type HeartbeatOrNull = {
  readonly running: boolean;
  readonly lastBeatAt: number | null;
  readonly owner: string | null;
} | null;

type CommonDeps = Pick<WorkerDeps, 'inbox' | 'sources' | 'telemetry' | 'clock' | 'log' | 'timing'> & {
  /** Default: the system's. */
  readonly random?: Random;
  /** A name for each worker that follows. Default: unique in the world. */
  readonly newOwner?: () => string;
};

/** A worker whose settings change while it runs: it finishes what it sends (10 s at most), and another one takes over. */
export function changingWorker(deps: CommonDeps, first: WorkerSettings): ChangingWorker {
  let worker: Worker | undefined;
  /** ms since 1970 */
  let changingSince: number | null = null;
  let changed: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function replace(settings: WorkerSettings): Promise<void> {
    if (worker === undefined || isStopped) return closeUnused(deps, settings);
    changingSince = deps.clock.now();
    await worker.stop();
    if (!isStopped) worker = started(deps, settings);
    else await closeUnused(deps, settings);
    changingSince = null;
  }

  return {
    start() {
      worker ??= started(deps, first);
    },
    change: (settings) => (changed = changed.then(() => replace(settings))),
    heartbeat() {
      if (changingSince !== null) return { running: true, lastBeatAt: changingSince, owner: null };
      return worker?.heartbeat() ?? null;
    },
    async stop() {
      isStopped = true;
      await changed;
      if (worker === undefined) await closeUnused(deps, first);
      else await worker.stop();
    },
  };
}

function closeUnused(deps: CommonDeps, { destinations }: WorkerSettings): Promise<void> {
  return closeDestinations(destinations, deps, DEFAULT_TIMING.closeLimitMs);
}

function started(deps: CommonDeps, settings: WorkerSettings): Worker {
  const { rules, directory, templates, destinations, inquiries, retention, reminders = [] } = settings;
  const keepAside = archiveOf(retention, deps.inbox);
  const { known, byEmail } = growing(directory, [...rules, ...reminders.map(({ rule }) => rule)]);
  const route = withOwnRules(createRoute(rules, known, templates), { reminders, rules }, known);
  const knows = rules.some(({ afterMs }) => afterMs !== undefined);
  const cards = new Set(rules.flatMap(({ card, to }) => (card === true ? to : [])));
  const told = {
    route,
    knows,
    destinations,
    cards,
    inquiries,
    reminders,
    directory: known,
    byEmail,
    sources: withOwnSource(deps.sources),
  };
  const { random = systemRandom, newOwner: name = newOwner } = deps;
  return startWorker({ ...deps, ...told, retention, keepAside, random, owner: name() });
}

/** Where people are looked up, a directory that comes to know them. */
function growing(
  directory: Directory,
  rules: readonly Rule[],
): { readonly known: Directory; readonly byEmail: ByEmail | null } {
  if (directory.byEmail !== true) return { known: directory, byEmail: null };
  const people = new Map(directory.people);
  // Whom Tidings' own events name, they ask for.
  const words = [...new Set(['@asked', ...wordsOfRules(rules)])];
  return { known: { ...directory, people }, byEmail: { written: directory.people, people, words } };
}
