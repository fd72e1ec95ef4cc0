import type { Clock } from '../../../shared/clock.ts';
import { countLeftAlone, isCorrupt } from '../damage/corrupt.ts';
import type { Database } from '../database.ts';
import { UnusableError } from '../file/opening-problem.ts';
import type { Answer, Call } from './thread-protocol.ts';

/** Where calls come from, in order: the other end of a ThreadEnd. */
export interface CallPort {
  on(event: 'message', listener: (call: Call) => void): unknown;
  postMessage(answer: Answer, transfer: readonly ArrayBuffer[]): void;
  close(): void;
}

/** What a connection has around it. */
export interface Beside {
  readonly clock: Clock;
  /** What is wrong with the database's files; null: nothing. */
  readonly guard: () => string | null;
  /** Tells all workers that there may be something to do. Undefined: this connection does not write. */
  readonly wake: { touch(): void } | undefined;
  /** After the last answer. */
  close(): void;
}

/** What can be asked of a connection. `waitedMs`: how long ago the call in hand was asked. */
export type OpsOf = (waitedMs: () => number) => object;

type Op = (...values: unknown[]) => unknown;

/** Operations after which a worker may have something to do. */
const WAKING: ReadonlySet<string> = new Set([
  'append',
  'bringBack',
  'expand',
  'forgetSubjects',
  'hold',
  'learn',
  'release',
  'replay',
  'requeue',
  'resume',
]);

/** One after the other, until it is told to close. */
export function answerCalls(port: CallPort, db: Database, opsOf: OpsOf, busyTimeoutMs: number, beside: Beside): void {
  const { clock, guard, wake } = beside;
  let askedAt = 0;
  const ops = opsOf(() => clock.now() - askedAt) as Record<string, Op>;
  const patience = patienceOf(db, busyTimeoutMs, clock);
  port.on('message', (call) => {
    askedAt = call.askedAt;
    patience(call);
    const answer = run(ops, call, guard);
    if (answer.ok && WAKING.has(call.op) && !didNothing(answer.value)) wake?.touch();
    port.postMessage(answer, transferOf(answer));
    if (call.op !== 'close') return;
    beside.close();
    db.close();
    port.close();
  });
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
function patienceOf(db: Database, busyTimeoutMs: number, clock: Clock): (call: Call) => void {
  let current = busyTimeoutMs;
  return ({ askedAt }) => {
    const waitedMs = clock.now() - askedAt;
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

export function describe(error: unknown): { name: string; message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, message: error.message, code };
}
