import { EventEmitter } from 'node:events';
import { mock } from 'node:test';
import type { Transferable } from 'node:worker_threads';
import { watchWakeFile } from '../../src/inbox/sqlite/file/wake-file.ts';
import type { Surroundings } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { CallPort } from '../../src/inbox/sqlite/thread/answer-calls.ts';
import { serve } from '../../src/inbox/sqlite/thread/serve.ts';
import { realThreads, type ThreadEnd } from '../../src/inbox/sqlite/thread/thread-client.ts';
import type { Call, ThreadOptions } from '../../src/inbox/sqlite/thread/thread-protocol.ts';

// A thread takes a fifth of a second of CPU before its first answer. Whatever is not about threads, locks, deaths or speed is answered the
// same in this one.

/** A database's thread that is none: messages are copied as between threads, and answered in order, between two turns of this one. */
class NoThread extends EventEmitter implements ThreadEnd {
  readonly #calls = new EventEmitter();

  constructor(options: ThreadOptions) {
    super();
    const port: CallPort = {
      on: (event, listener) => this.#calls.on(event, listener),
      postMessage: (answer, transfer) => this.emit('message', structuredClone(answer, { transfer: [...transfer] })),
      close: () => setImmediate(() => this.emit('exit')),
    };
    setImmediate(() => void serve(port, options));
  }

  postMessage(call: Call, transfer: readonly Transferable[]): void {
    const copy = structuredClone(call, { transfer: [...transfer] });
    setImmediate(() => this.#calls.emit('message', copy));
  }

  ref(): void {}
  unref(): void {}
}

const start = (options: ThreadOptions): ThreadEnd => new NoThread(options);

/** Also where others start none. */
export const onThreads: Surroundings = { threading: { ...realThreads }, onWake: watchWakeFile };
export const withoutThreads: Surroundings = { threading: { ...realThreads, start }, onWake: watchWakeFile };

/** From now on every inbox of this process, also those that the program opens by itself. */
export function startNoThreads(): void {
  mock.method(realThreads, 'start', start);
}
