import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../../shared/clock.ts';
import { giveHeapBack, restAfterWork } from '../../../shared/memory/rest.ts';
import type { Upgrade } from '../../migrations.ts';
import { countLeftAlone, isCorrupt } from '../damage/corrupt.ts';
import type { Database } from '../database.ts';
import { fileGuard } from '../file/file-guard.ts';
import { openDatabase } from '../file/open-database.ts';
import { UnusableError } from '../file/opening-problem.ts';
import { openWakeFile } from '../file/wake-file.ts';
import type { Answer, Call, Ready, ThreadOptions } from './thread-protocol.ts';

interface Role {
  /** Before anything else is asked of the database. */
  fitSchema(db: Database, options: ThreadOptions): Upgrade | null;
  ops(db: Database, waitedMs: () => number, options: ThreadOptions): object;
}

/**
 * Each thread loads what it can do, and nothing else. Readers and checkpointers come and go while their writer runs, also when a newer
 * Tidings has upgraded the database meanwhile.
 */
const ROLES: Readonly<Record<ThreadOptions['role'], () => Promise<Role>>> = {
  writer: async () => {
    const { fitSchema, writerOps } = await import('./writer.ts');
    return { fitSchema, ops: writerOps };
  },
  reader: async () => ({ fitSchema: () => null, ops: (await import('./reader.ts')).readerOps }),
  checkpointer: async () => ({ fitSchema: () => null, ops: (await import('./checkpointer.ts')).checkpointerOps }),
};

/** Operations after which a worker may have something to do. */
const WAKING: ReadonlySet<string> = new Set(['append', 'bringBack', 'expand', 'release', 'replay']);

type Op = (...values: unknown[]) => unknown;

async function serve(options: ThreadOptions): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread');
  const role = await ROLES[options.role]();
  const db = openDatabase(options);
  try {
    answerCalls(port, db, role, options);
  } catch (error) {
    // Before the answer: whoever hears it finds the files as they were.
    db.close();
    throw error;
  }
}

function answerCalls(port: MessagePort, db: Database, role: Role, options: ThreadOptions): void {
  const upgrade = role.fitSchema(db, options);
  let askedAt = 0;
  const waitedMs = () => systemClock.now() - askedAt;
  const ops = role.ops(db, waitedMs, options) as unknown as Record<string, Op>;
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
  for (;;) {
    const leftAlone = countLeftAlone();
    try {
      mustBeThere(guard);
      const value = ops[op]?.(...values);
      mustBeThere(guard);
      return { id, ok: true, value };
    } catch (error) {
      // What it met is left alone now.
      if (isCorrupt(error) && countLeftAlone() > leftAlone) continue;
      return { id, ok: false, error: isCorrupt(error) ? describeDamage(error) : describe(error) };
    }
  }
}

function describeDamage(error: Error) {
  const message = `the database is damaged (${error.message}): \`tidings check\` says what is hurt, and what to do`;
  return { ...describe(error), message };
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
  await serve(workerData as ThreadOptions);
} catch (error) {
  parentPort?.postMessage({ id: 0, ok: false, error: describe(error) } satisfies Answer);
}
