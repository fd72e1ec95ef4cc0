import { EventEmitter } from 'node:events';
import { answerCalls, type CallPort } from '../../../src/inbox/sqlite/thread/answer-calls.ts';
import { readerOps } from '../../../src/inbox/sqlite/thread/reader.ts';
import type { ThreadEnd } from '../../../src/inbox/sqlite/thread/thread-client.ts';
import type { Answer, Call, ThreadOptions } from '../../../src/inbox/sqlite/thread/thread-protocol.ts';
import { writerOps } from '../../../src/inbox/sqlite/thread/writer.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import type { Chance } from './chance.ts';
import { type Change, type Disk, SimDatabase } from './disk.ts';
import type { Home, Scheduler } from './scheduler.ts';

/** A call as it is answered: who asked what. */
export interface Asked {
  readonly home: Home;
  readonly op: string;
  readonly values: readonly unknown[];
}

export interface ThreadWorld {
  readonly scheduler: Scheduler;
  readonly disk: Disk;
  /** On its way to a thread. */
  asks(home: Home, op: string): void;
  /** Throws: the process ends here, and what it was about to commit is rolled back. */
  beforeCommit(asked: Asked): void;
  committed(asked: Asked, changes: readonly Change[]): void;
  answered(asked: Asked): void;
  /** Some process left work for workers. */
  touch(): void;
}

/** Of 16,000 keys no seed would write the first. */
const SHORT_RUNS = { run: 4, step: 3 };

/** Messages from one side to the other, in order, each some time on its way. */
class Way<T> {
  readonly #deliver: (message: T) => void;
  readonly #send: (run: () => void) => void;
  readonly #queue: T[] = [];

  constructor(send: (run: () => void) => void, deliver: (message: T) => void) {
    this.#send = send;
    this.#deliver = deliver;
  }

  post(message: T): void {
    this.#queue.push(message);
    this.#send(() => this.#deliver(this.#queue.shift() as T));
  }
}

/** A database's thread that is none: its messages are the scheduler's, what it does is done in between. */
export class SimThread extends EventEmitter implements ThreadEnd {
  readonly #world: ThreadWorld;
  readonly #home: Home;
  readonly #calls: Way<Call>;
  /** Null: the thread ended. */
  readonly #answers: Way<Answer | null>;
  readonly #ports = new EventEmitter();
  #db: SimDatabase | undefined;
  #asked: Asked;

  constructor(world: ThreadWorld, home: Home, options: ThreadOptions, clock: Clock, chance: Chance) {
    super();
    this.#world = world;
    this.#home = home;
    const { scheduler, disk } = world;
    this.#asked = { home, op: 'open', values: [] };
    const later = (label: string, ms: () => number) => (run: () => void) =>
      void scheduler.after(home, ms(), `${options.role} ${label}`, run);
    const usual = () => (chance.odds(0.9) ? chance.next() : chance.between(1, 40));
    this.#answers = new Way(later('answers', usual), (answer) => {
      scheduler.note(`${answer?.id} ${answer?.ok}`);
      if (answer === null) this.emit('exit');
      else this.emit('message', answer);
    });
    this.#calls = new Way(
      later('is asked', () => usual() + disk.latencyMs()),
      (call) => this.#answer(call),
    );
    later('opens', () => chance.between(2, 20))(() => this.#open(options, clock));
  }

  postMessage(call: Call): void {
    if (this.#home.isDead) return;
    this.#calls.post(call);
    this.#world.asks(this.#home, call.op);
  }

  ref(): void {}
  unref(): void {}

  /** Its process is gone: what was not committed is not there. */
  cut(): void {
    if (this.#db?.isOpen) this.#db.close();
    this.#db = undefined;
  }

  #open(options: ThreadOptions, clock: Clock): void {
    const db = new SimDatabase(options.path, this.#world.disk, {
      beforeCommit: () => this.#world.beforeCommit(this.#asked),
      committed: (changes) => this.#world.committed(this.#asked, changes),
    });
    this.#db = db;
    const port: CallPort = {
      on: (event, listener) => this.#ports.on(event, listener),
      postMessage: (answer) => this.#answers.post(answer),
      close: () => this.#answers.post(null),
    };
    const isWriting = options.role === 'writer';
    const opsOf = (waitedMs: () => number) =>
      isWriting ? writerOps(db, waitedMs, options, SHORT_RUNS) : readerOps(db);
    answerCalls(port, db, opsOf, options.busyTimeoutMs, {
      clock,
      guard: () => null,
      wake: isWriting ? { touch: () => this.#world.touch() } : undefined,
      close: () => undefined,
    });
    this.#answers.post({ id: 0, ok: true, value: { upgrade: null } });
  }

  #answer(call: Call): void {
    const trouble = call.op === 'close' ? null : this.#world.disk.trouble();
    if (trouble !== null) {
      const error = { name: 'Error', message: trouble, code: 'ERR_SQLITE_ERROR' };
      return this.#answers.post({ id: call.id, ok: false, error });
    }
    this.#asked = { home: this.#home, op: call.op, values: call.values };
    this.#world.scheduler.note(call.op);
    this.#ports.emit('message', call);
    this.#settle();
    this.#world.answered(this.#asked);
  }

  /** What was no transaction is committed, too, and a process may end by it. */
  #settle(): void {
    try {
      if (this.#db?.isOpen) this.#db.settle();
    } catch (error) {
      if (!this.#home.isDead) throw error;
    }
  }
}
