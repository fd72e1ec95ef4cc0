import type { Archive } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';

/** How the worker of this process does. */
export interface WorkerBeat {
  readonly running: boolean;
  /** ms since 1970; null before the first. */
  readonly lastBeatAt: number | null;
}

export interface ReadyDeps {
  readonly archive: Pick<Archive, 'check'>;
  /** Null where this process runs no worker (`tidings receive`). */
  readonly worker: () => WorkerBeat | null;
  /** What the program's migrations lead to; null when nobody knows. */
  readonly schemaVersion: number | null;
  /** Which rules are in force, in words. */
  readonly configuration: () => string;
  readonly clock: Clock;
}

export interface ReadyCheck {
  readonly ok: boolean;
  readonly detail: string;
}

export interface Readiness {
  readonly status: 'ready' | 'not_ready';
  readonly checks: Readonly<Record<'database' | 'migrations' | 'worker' | 'configuration', ReadyCheck>>;
}

/** A lane is taken over after 15 s without its owner: a worker silent for longer has lost its work. */
const BEAT_LIMIT_MS = 15_000;
const DATABASE_LIMIT_MS = 2_000;

/** Can this process do its work now? Never throws, and answers within two seconds. */
export async function readiness(deps: ReadyDeps): Promise<Readiness> {
  const { database, migrations } = await checkDatabase(deps);
  // A changed file that cannot be used takes nothing away: the rules before it work on.
  const configuration = { ok: true, detail: deps.configuration() };
  const checks = { database, migrations, worker: checkWorker(deps), configuration };
  const isReady = Object.values(checks).every(({ ok }) => ok);
  return { status: isReady ? 'ready' : 'not_ready', checks };
}

async function checkDatabase(deps: ReadyDeps): Promise<{ database: ReadyCheck; migrations: ReadyCheck }> {
  try {
    const found = await withinLimit(deps.archive.check(), deps.clock);
    const detail = `${found.engine}, ${found.lastEventId === 0 ? 'no event yet' : `last event ${found.lastEventId}`}`;
    return { database: { ok: true, detail }, migrations: checkSchema(found.schemaVersion, deps.schemaVersion) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { database: { ok: false, detail }, migrations: { ok: false, detail: 'unknown without the database' } };
  }
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
