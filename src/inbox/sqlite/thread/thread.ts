import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../../shared/clock.ts';
import { giveHeapBack, restAfterWork } from '../../../shared/memory/rest.ts';
import { refuseOther } from '../../migrations.ts';
import { appendOps } from '../append.ts';
import { archiveOps } from '../archive/archive.ts';
import { historyOps } from '../archive/history.ts';
import { listOps } from '../archive/list.ts';
import { bodilessOps, replayOps } from '../archive/replay.ts';
import { vitalsOps } from '../archive/vitals.ts';
import { backlogOps } from '../backlog/backlog.ts';
import { bringBackOps } from '../backlog/bring-back.ts';
import { bringOverOps } from '../bring-over.ts';
import { cursorOps } from '../cursors.ts';
import type { Database } from '../database.ts';
import { fileGuard } from '../file/file-guard.ts';
import { openDatabase } from '../file/open-database.ts';
import { UnusableError } from '../file/opening-problem.ts';
import { schemaVersion } from '../file/schema-version.ts';
import { openWakeFile } from '../file/wake-file.ts';
import { aboutOps } from '../forget/about.ts';
import { forgetOps } from '../forget/forget.ts';
import { DELIVERIES, DIGESTS } from '../keys/event-keys.ts';
import { keyRuns } from '../keys/key-tables.ts';
import { knownOps } from '../keys/known.ts';
import { dropUnusedIndexes, olderKeys } from '../keys/older-keys.ts';
import { laneFence, laneOps } from '../lanes.ts';
import { migrate, newestSchemaVersion } from '../migrate.ts';
import { outboxOps } from '../outbox.ts';
import { probeOps } from '../probe.ts';
import { bringOverSearch } from '../search/bring-over.ts';
import { bringInOps } from '../transfer/bring-in.ts';
import { wholeOps } from '../transfer/whole.ts';
import { agedOps } from '../upkeep/aged.ts';
import { keptOps } from '../upkeep/kept.ts';
import { sweepOps } from '../upkeep/sweep.ts';
import { upkeepOps } from '../upkeep/upkeep.ts';
import { checkpointerOps } from './checkpointer.ts';
import type { Answer, Call, Ready, ThreadOptions } from './thread-protocol.ts';

/** What the writing thread can do. Its one connection writes; the rare reads that belong to a write run here too. */
export function writerOps(
  db: Database,
  waitedMs: () => number,
  { path, access }: Pick<ThreadOptions, 'path' | 'access'>,
) {
  const fence = laneFence(db);
  const keys = { deliveries: keyRuns(db, DELIVERIES), digests: keyRuns(db, DIGESTS) };
  const appending = appendOps(db, keys.deliveries);
  return {
    ...appending,
    ...bringInOps(db, appending, keys.digests),
    ...forgetOps(db),
    ...backlogOps(db, fence, keys.digests),
    ...bringBackOps(db),
    ...bringOverOps(db, fence, [...olderKeys(db, keys), bringOverSearch(db)]),
    ...knownOps(db, keys.deliveries),
    ...laneOps(db, waitedMs),
    ...outboxOps(db, fence),
    ...replayOps(db),
    ...cursorOps(db),
    ...upkeepOps(db, fence),
    ...sweepOps(db, fence),
    ...vitalsOps(db),
    ...probeOps(db, access === 'read' ? path : null),
  };
}

/** What people ask, on a connection that cannot write. */
export function readerOps(db: Database) {
  return {
    ...listOps(db),
    ...archiveOps(db),
    ...bodilessOps(db),
    ...historyOps(db),
    ...keptOps(db),
    ...agedOps(db),
    ...wholeOps(db),
    ...aboutOps(db),
  };
}

const OPS = { writer: writerOps, reader: readerOps, checkpointer: checkpointerOps };

/** Operations after which a worker may have something to do. */
const WAKING: ReadonlySet<string> = new Set(['append', 'bringBack', 'expand', 'release', 'replay']);

type Op = (...values: unknown[]) => unknown;

function serve(options: ThreadOptions): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread');
  const db = openDatabase(options);
  try {
    answerCalls(port, db, options);
  } catch (error) {
    // Before the answer: whoever hears it finds the files as they were.
    db.close();
    throw error;
  }
}

function answerCalls(port: MessagePort, db: Database, options: ThreadOptions): void {
  const upgrade = fitSchema(db, options);
  let askedAt = 0;
  const waitedMs = () => systemClock.now() - askedAt;
  const ops = OPS[options.role](db, waitedMs, options) as unknown as Record<string, Op>;
  const isWriting = options.role === 'writer' && options.access !== 'read';
  const wake = isWriting ? openWakeFile(options.path) : undefined;
  const guard = isWriting ? fileGuard(options.path) : () => null;
  const patience = patienceOf(db, options.busyTimeoutMs);
  const endRests = restAfterWork(systemClock, () => {
    db.exec('PRAGMA shrink_memory');
    giveHeapBack();
  });
  port.on('message', (call: Call) => {
    askedAt = call.askedAt;
    patience(call);
    const answer = run(ops, call, guard);
    if (answer.ok && WAKING.has(call.op) && !didNothing(answer.value)) wake?.touch();
    port.postMessage(answer, transferOf(answer));
    if (call.op !== 'close') return;
    endRests();
    wake?.close();
    db.close();
    port.close();
  });
  port.postMessage({ id: 0, ok: true, value: { upgrade } satisfies Ready } satisfies Answer);
}

/**
 * Upgraded by whoever may; else it must fit already. Readers and checkpointers come and go while their writer runs, also when a newer
 * Tidings has upgraded the database meanwhile. @throws DatabaseTooNewError; DatabaseTooOldError
 */
function fitSchema(db: Database, { path, access, role }: ThreadOptions): Ready['upgrade'] {
  if (role !== 'writer') return null;
  if (access === 'create') {
    const upgrade = migrate(db, path, { copies: true });
    dropUnusedIndexes(db);
    return upgrade;
  }
  const found = schemaVersion(db);
  if (found === 0) throw new UnusableError('there are no tables in it yet. Start Tidings here first: it makes them');
  refuseOther(found, newestSchemaVersion());
  return null;
}

/** Waking everybody each time somebody asks whether something is due would make them ask again. */
function didNothing(value: unknown): boolean {
  return value instanceof Object && 'count' in value && value.count === 0;
}

/** A wait this short is the usual queue, not a lock. */
const USUAL_WAIT_MS = 200;

/**
 * Calls that queued up while another program kept the database locked have waited already: each waits for the lock only
 * what is left of its own time, else the fifth would be answered after five times `busyTimeoutMs`.
 */
function patienceOf(db: Database, busyTimeoutMs: number): (call: Call) => void {
  let current = busyTimeoutMs;
  return ({ askedAt }) => {
    const waitedMs = systemClock.now() - askedAt;
    const left = waitedMs < USUAL_WAIT_MS ? busyTimeoutMs : Math.max(0, busyTimeoutMs - waitedMs);
    if (left === current) return;
    db.exec(`PRAGMA busy_timeout = ${Math.round(left)}`);
    current = left;
  };
}

/** Large results carry their bytes in one piece of memory that changes hands instead of being copied. */
function transferOf(answer: Answer): ArrayBuffer[] {
  const bytes = answer.ok && answer.value instanceof Object && 'bytes' in answer.value ? answer.value.bytes : undefined;
  return bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
}

/**
 * The guard is asked before, so that nothing is written into a file that is gone, and after, so that nothing is acknowledged
 * of which that is not known.
 */
function run(ops: Record<string, Op>, call: Call, guard: () => string | null): Answer {
  const { id, op, values } = call;
  if (op === 'close') return { id, ok: true, value: null };
  try {
    mustBeThere(guard);
    const value = ops[op]?.(...values);
    mustBeThere(guard);
    return { id, ok: true, value };
  } catch (error) {
    return { id, ok: false, error: describe(error) };
  }
}

function mustBeThere(guard: () => string | null): void {
  const trouble = guard();
  if (trouble !== null) throw new UnusableError(trouble);
}

function describe(error: unknown): { name: string; message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, message: error.message, code };
}

try {
  serve(workerData as ThreadOptions);
} catch (error) {
  parentPort?.postMessage({ id: 0, ok: false, error: describe(error) } satisfies Answer);
}
