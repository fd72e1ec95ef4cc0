import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BacktestLine, RulesTested } from '../../../http/api/answers/rules.ts';
import type { Clock } from '../../../shared/clock.ts';
import { plainProblem } from './file-problem.ts';
import {
  type Checked,
  type SeenFile,
  TAKEN,
  type TrialAsk,
  type TrialReply,
  type TrialsGiven,
} from './trial-protocol.ts';

/**
 * What a text that is not the file would do, asked in threads beside the one that takes webhooks: a text is somebody's, and may
 * take all the time and memory it can get. One thread answers checks and tests, one after the other; each backtest
 * has its own, and there is one backtest at a time.
 */
export interface Trials {
  check(text: string, file: SeenFile): Promise<Checked>;
  test(text: string, file: SeenFile): Promise<RulesTested>;
  /** Null: one runs already. Ends with `end` or `refused`; or where `signal` aborts, without. */
  backtest(text: string, file: SeenFile, limit: number, signal: AbortSignal): AsyncIterable<BacktestLine> | null;
}

interface Limits {
  /** For a check or a test. */
  readonly answerMs: number;
  /** For a backtest, cancelled or not read to its end. */
  readonly backtestMs: number;
  /** After the last question, the thread ends: it holds some 60 MB. */
  readonly idleMs: number;
  readonly memoryMb: number;
  /** Questions that wait for the one in hand. */
  readonly waiting: number;
}

const LIMITS: Limits = { answerMs: 20_000, backtestMs: 600_000, idleMs: 20_000, memoryMb: 256, waiting: 8 };

export function createTrials(given: TrialsGiven, clock: Clock, some: Partial<Limits> = {}): Trials {
  const limits = { ...LIMITS, ...some };
  const { ask } = oneByOne(given, clock, limits);
  let isTesting = false;

  async function* lines(worker: Worker, question: TrialAsk, signal: AbortSignal): AsyncGenerator<BacktestLine> {
    for await (const reply of repliesOf(worker, question, signal)) {
      if (reply.kind === 'failed') yield refused(reply.message);
      if (reply.kind !== 'line') return;
      yield reply.value;
      if (reply.value.kind === 'end' || reply.value.kind === 'refused') return;
      worker.postMessage(TAKEN);
    }
  }

  return {
    async check(text, file) {
      const reply = await ask({ kind: 'check', text, file });
      if (reply.kind === 'checked') return reply.value;
      const problems = [plainProblem('text', messageOf(reply))];
      return { ok: false, problems, notes: [], rules: 0, tests: 0, hasSecrets: false };
    },
    async test(text, file) {
      const reply = await ask({ kind: 'test', text, file });
      return reply.kind === 'tested'
        ? reply.value
        : { ok: false, problems: [plainProblem('text', messageOf(reply))], results: [] };
    },
    backtest(text, file, limit, signal) {
      if (isTesting) return null;
      isTesting = true;
      const worker = startThread(given, limits);
      const limited = limitedSignal(signal, limits.backtestMs, clock);
      // Whoever goes before the first line is read has no generator that could end.
      const over = async () => {
        limited.end();
        await worker.terminate();
        isTesting = false;
      };
      const ended = once(over);
      limited.signal.addEventListener('abort', () => void ended());
      if (limited.signal.aborted) void ended();
      return closing(lines(worker, { kind: 'backtest', text, file, limit }, limited.signal), ended);
    },
  };
}

/** The lines, and what is to be done after the last. */
async function* closing(lines: AsyncGenerator<BacktestLine>, end: () => Promise<void>): AsyncGenerator<BacktestLine> {
  try {
    yield* lines;
  } finally {
    await end();
  }
}

/** One thread for all, that ends when nobody asks. */
function oneByOne(given: TrialsGiven, clock: Clock, limits: Limits) {
  let worker: Worker | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let endLater = () => undefined as void;

  async function answered(question: TrialAsk): Promise<TrialReply> {
    endLater();
    const thread = (worker ??= startThread(given, limits));
    const limited = limitedSignal(undefined, limits.answerMs, clock);
    try {
      for await (const reply of repliesOf(thread, question, limited.signal)) {
        if (reply.kind !== 'failed') endLater = clock.after(limits.idleMs, () => void endThread(thread));
        else await endThread(thread);
        return reply;
      }
      await endThread(thread);
      return failed(`it took more than ${limits.answerMs / 1_000} s, and was given up`);
    } finally {
      limited.end();
    }
  }

  async function endThread(thread: Worker): Promise<void> {
    if (worker === thread) worker = null;
    await thread.terminate();
  }

  return {
    ask(question: TrialAsk): Promise<TrialReply> {
      if (waiting > limits.waiting) return Promise.resolve(failed('too many ask at once: try again in some seconds'));
      waiting++;
      const reply = turn.then(() => answered(question)).finally(() => waiting--);
      turn = reply.catch(() => undefined);
      return reply;
    },
  };
}

/** What it says until `signal` aborts, then nothing more. A thread that dies says why. */
async function* repliesOf(worker: Worker, question: TrialAsk, signal: AbortSignal): AsyncGenerator<TrialReply> {
  if (signal.aborted) return;
  worker.ref();
  const replies = on(worker, 'message', { signal, close: ['exit'] });
  worker.postMessage(question);
  try {
    for await (const [reply] of replies as AsyncIterable<[TrialReply]>) yield reply;
    if (!signal.aborted) yield failed('it ended before it could answer');
  } catch (error) {
    if (signal.aborted) return;
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    yield failed(isFull ? 'it needs more memory than a text of settings should' : String(error));
  } finally {
    worker.unref();
  }
}

function startThread(given: TrialsGiven, { memoryMb }: Limits): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./trial-thread.${extension}`, import.meta.url), {
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  // Heard by whoever waits for an answer; nobody else minds.
  worker.on('error', () => undefined);
  return worker;
}

/** Aborts with `signal`, or when the time is up. */
function limitedSignal(signal: AbortSignal | undefined, ms: number, clock: Clock) {
  const controller = new AbortController();
  const cancel = clock.after(ms, () => controller.abort());
  return {
    signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
    end: cancel,
  };
}

function once(act: () => Promise<void>): () => Promise<void> {
  let acted: Promise<void> | undefined;
  return () => (acted ??= act());
}

function failed(message: string): TrialReply {
  return { kind: 'failed', message };
}

function messageOf(reply: TrialReply): string {
  return reply.kind === 'failed' ? `This text cannot be judged: ${reply.message}.` : 'This text cannot be judged.';
}

function refused(message: string): BacktestLine {
  return { kind: 'refused', problems: [], says: `The backtest ended: ${message}.` };
}
