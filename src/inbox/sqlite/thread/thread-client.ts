import { type Transferable, Worker } from 'node:worker_threads';
import { InboxUnavailableError } from '../../../model/inbox.ts';
import { type Clock, systemClock } from '../../../shared/clock.ts';
import type { Access } from '../../access.ts';
import { DatabaseTooNewError, DatabaseTooOldError, type Upgrade } from '../../migrations.ts';
import { openingProblem } from '../file/opening-problem.ts';
import type { checkpointerOps } from './checkpointer.ts';
import type { readerOps } from './reader.ts';
import type { Answer, Call, Ready, ThreadOptions } from './thread-protocol.ts';
import type { writerOps } from './writer.ts';

interface Waiter {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type Ops = Record<string, (...values: never[]) => unknown>;

/** A database connection on its own thread: calls go out as messages and are answered in order. */
export interface ThreadClient<T extends Ops> {
  call<K extends keyof T & string>(op: K, ...values: Parameters<T[K]>): Promise<ReturnType<T[K]>>;
  callTransferring<K extends keyof T & string>(
    op: K,
    values: Parameters<T[K]>,
    transfer: readonly Transferable[],
  ): Promise<ReturnType<T[K]>>;
  close(): Promise<void>;
  /** What opening it did to the database. */
  readonly upgrade: Upgrade | null;
  /** Resolves when the thread died without being closed. */
  readonly failed: Promise<Error>;
}

/** A thread as its client sees it. */
export interface ThreadEnd {
  on(event: 'message', listener: (answer: Answer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  postMessage(call: Call, transfer: readonly Transferable[]): void;
  ref(): void;
  unref(): void;
}

/** Where threads come from, and the clock that they share with their clients. */
export interface Threading {
  start(options: ThreadOptions): ThreadEnd;
  readonly clock: Clock;
}

export const realThreads: Threading = {
  start(options) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    return new Worker(new URL(`./thread.${extension}`, import.meta.url), { workerData: options });
  },
  clock: systemClock,
};

type Opening = Pick<ThreadOptions, 'path' | 'busyTimeoutMs'>;
export const startWriter = (threading: Threading, opening: Opening, access: Access) =>
  startThread<ReturnType<typeof writerOps>>(threading, { ...opening, access, role: 'writer' });
export const startReader = (threading: Threading, opening: Opening) =>
  startThread<ReturnType<typeof readerOps>>(threading, { ...opening, access: 'read', role: 'reader' });

export const startCheckpointer = (threading: Threading, opening: Opening) =>
  startThread<ReturnType<typeof checkpointerOps>>(threading, { ...opening, access: 'write', role: 'checkpointer' });

/** Resolves when the connection is open, and the schema is this program's. */
async function startThread<T extends Ops>(threading: Threading, options: ThreadOptions): Promise<ThreadClient<T>> {
  const worker = threading.start(options);
  const waiting = new Map<number, Waiter>();
  let lastId = 0;
  let gone: Error | undefined;
  let closed: Promise<void> | undefined;
  const died = Promise.withResolvers<Error>();

  function deliver(answer: Answer): void {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if (answer.ok) waiter?.resolve(answer.value);
    else waiter?.reject(toError(answer.error));
  }

  function failAll(error: Error): void {
    if (gone === undefined) died.resolve(error);
    gone ??= error;
    for (const waiter of waiting.values()) waiter.reject(gone);
    waiting.clear();
  }

  function send(op: string, values: readonly unknown[], transfer: readonly Transferable[]): Promise<unknown> {
    if (gone !== undefined) return Promise.reject(gone);
    const id = ++lastId;
    // The thread keeps the process alive only while somebody waits for an answer.
    worker.ref();
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, op, askedAt: threading.clock.now(), values }, transfer);
    });
  }

  async function close(): Promise<void> {
    if (gone !== undefined) return;
    const exited = new Promise<void>((resolve) => worker.on('exit', resolve));
    await send('close', [], []);
    gone = unavailable('the database is closed');
    worker.ref();
    await exited;
  }

  worker.on('message', deliver);
  worker.on('error', (error) => failAll(unavailable(`the database thread failed: ${error.message}`, error)));
  worker.on('exit', () => failAll(unavailable('the database thread ended')));
  const ready = new Promise<unknown>((resolve, reject) => waiting.set(0, { resolve, reject }));
  const { upgrade } = await opened(options.path, ready as Promise<Ready>);
  return {
    upgrade,
    call: (op, ...values) => send(op, values, []) as Promise<ReturnType<T[typeof op]>>,
    callTransferring: (op, values, transfer) => send(op, values, transfer) as Promise<ReturnType<T[typeof op]>>,
    failed: died.promise,
    close: () => (closed ??= close()),
  };
}

async function opened(path: string, opening: Promise<Ready>): Promise<Ready> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof InboxUnavailableError)) throw error;
    throw unavailable(openingProblem(path, error.message), error);
  }
}

/** Errors that keep their class. */
const NAMED = [DatabaseTooNewError, DatabaseTooOldError];

/** SQLite's own refusals (full, locked, read-only, damaged, gone) mean "not now"; anything else is a bug and stays one. */
function toError(error: { name: string; message: string; code: string | undefined }): Error {
  const known = NAMED.find(({ name }) => name === error.name);
  if (known !== undefined) return new known(error.message);
  if (error.code !== undefined) return unavailable(error.message);
  return new Error(error.message);
}

function unavailable(message: string, cause?: unknown): InboxUnavailableError {
  return new InboxUnavailableError(message, { cause });
}
