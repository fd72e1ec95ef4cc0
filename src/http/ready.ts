import type { Archive, LaneHead } from '../model/inbox/archive.ts';
import type { Cursors } from '../model/inbox.ts';
import { standingWords } from '../model/pruning/prune-words.ts';
import { CURSOR, parseState } from '../model/pruning/state.ts';
import type { Clock } from '../shared/clock.ts';
import { span } from '../shared/time-words.ts';
import { brokenNews } from './broken-words.ts';
import { heldNews } from './held-words.ts';
import { untoldNews } from './untold-words.ts';
import { type createLaneWatch, unheldLanes, type WaitingLane } from './waiting-lanes.ts';

/** How the worker of this process does. */
export interface WorkerBeat {
  readonly running: boolean;
  /** ms since 1970; null before the first. */
  readonly lastBeatAt: number | null;
  /** As whom it holds its lanes; null while one worker follows another. */
  readonly owner: string | null;
}

export interface ReadyDeps {
  readonly archive: Pick<Archive, 'check' | 'heads' | 'untold'>;
  /** Undefined: nobody asks. */
  readonly upkeep?: Pick<Cursors, 'recall'> | undefined;
  readonly laneWatch: ReturnType<typeof createLaneWatch>;
  /** Null where this process runs no worker (`tidings receive`). */
  readonly worker: () => WorkerBeat | null;
  /** What the program's migrations lead to; null when nobody knows. */
  readonly schemaVersion: number | null;
  /** Which rules are in force, in words. */
  readonly configuration: () => string;
  /** How a person calls the command line here. */
  readonly invocation: string;
  /** Who may read what is here, in words. */
  readonly access: () => string;
  readonly clock: Clock;
}

export interface ReadyCheck {
  readonly ok: boolean;
  readonly detail: string;
}

export interface Readiness {
  readonly status: 'ready' | 'not_ready';
  readonly checks: Readonly<
    Record<
      'database' | 'migrations' | 'worker' | 'lanes' | 'messages' | 'retention' | 'configuration' | 'access',
      ReadyCheck
    >
  >;
}

type InboxChecks = Pick<Readiness['checks'], 'database' | 'migrations' | 'lanes' | 'messages' | 'retention'>;

/** A lane is taken over after 15 s without its owner: a worker silent for longer has lost its work. */
const BEAT_LIMIT_MS = 15_000;
const DATABASE_LIMIT_MS = 2_000;

/** Can this process do its work now? Never throws, and answers within two seconds. */
export async function readiness(deps: ReadyDeps): Promise<Readiness> {
  const { database, migrations, lanes, messages, retention } = await checkInbox(deps);
  // A changed file that cannot be used takes nothing away: the rules before it work on.
  const configuration = { ok: true, detail: deps.configuration() };
  const access = { ok: true, detail: deps.access() };
  const checks = { database, migrations, worker: checkWorker(deps), lanes, messages, retention, configuration, access };
  const isReady = Object.values(checks).every(({ ok }) => ok);
  return { status: isReady ? 'ready' : 'not_ready', checks };
}

async function checkInbox(deps: ReadyDeps): Promise<InboxChecks> {
  const { archive, upkeep, clock } = deps;
  try {
    const asked = Promise.all([archive.check(), archive.heads(), archive.untold(), upkeep?.recall(CURSOR) ?? null]);
    const [found, heads, untold, pruning] = await withinLimit(asked, clock);
    const detail = `${found.engine}, ${found.lastEventId === 0 ? 'no event yet' : `last event ${found.lastEventId}`}`;
    return {
      database: { ok: true, detail },
      migrations: checkSchema(found.schemaVersion, deps.schemaVersion),
      lanes: checkLanes(deps, heads),
      messages: checkMessages(deps, untold),
      // Neither a full disk nor a slow one is mended by a restart.
      retention: { ok: true, detail: standingWords(parseState(pruning), clock.now()) },
    };
  } catch (error) {
    const unknown = { ok: false, detail: 'unknown without the database' };
    const detail = error instanceof Error ? error.message : String(error);
    return {
      database: { ok: false, detail },
      migrations: unknown,
      lanes: unknown,
      messages: unknown,
      retention: unknown,
    };
  }
}

/**
 * Not ready is who holds a lane and does not move it: a restart helps. What nobody holds, or another process, is said, and
 * keeps no receiver from taking webhooks.
 */
function checkLanes({ clock, worker, laneWatch, invocation }: ReadyDeps, heads: readonly LaneHead[]): ReadyCheck {
  const now = clock.now();
  const waited = (lane: WaitingLane) =>
    `${lane.lane}: event ${lane.eventId} has waited ${span(Math.max(0, now - lane.receivedAt))}`;
  const still = laneWatch(heads);
  const problems = [
    ...unheldLanes(heads, now).map((lane) => `${waited(lane)}, and no worker holds the lane`),
    ...brokenNews(heads, invocation).map(({ lane, news, command }) => `${lane}: ${news} (once mended: ${command})`),
    ...heldNews(heads, invocation).map(({ lane, news, command }) => `${lane}: ${news} (to send again: ${command})`),
    ...still.map((lane) => `${waited(lane)}, and nothing moves, though ${lane.owner} holds the lane`),
  ];
  const owner = worker()?.owner ?? null;
  const isOurs = owner !== null && still.some((lane) => lane.owner === owner);
  return { ok: !isOurs, detail: problems.length === 0 ? 'none is stuck' : problems.join('; ') };
}

/** Whatever the process, a restart would not send them. */
function checkMessages({ invocation }: ReadyDeps, untold: Awaited<ReturnType<Archive['untold']>>): ReadyCheck {
  const news = untoldNews(untold, invocation).map((each) => `${each.news} (to send again: ${each.command})`);
  return { ok: true, detail: news.length === 0 ? 'none was given up' : news.join('; ') };
}

function checkSchema(found: number, wanted: number | null): ReadyCheck {
  const ok = wanted === null || found === wanted;
  return { ok, detail: ok ? `schema version ${found}` : `schema version ${found}, this program needs ${wanted}` };
}

function checkWorker({ worker, clock }: ReadyDeps): ReadyCheck {
  const beat = worker();
  if (beat === null) return { ok: true, detail: 'not run by this process' };
  if (!beat.running) return { ok: false, detail: 'stopped' };
  if (beat.lastBeatAt === null) return { ok: false, detail: 'starting' };
  const ageMs = clock.now() - beat.lastBeatAt;
  return { ok: ageMs <= BEAT_LIMIT_MS, detail: `last heartbeat ${(ageMs / 1000).toFixed(1)} s ago` };
}

/** A database that hangs is not ready either. */
function withinLimit<T>(promise: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(DATABASE_LIMIT_MS, () => {
      reject(new Error(`no answer within ${DATABASE_LIMIT_MS / 1000} s`));
    });
    promise.then(resolve, reject).finally(cancel);
  });
}
