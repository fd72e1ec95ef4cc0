import type { AcceptDeps } from '../../../src/accept/accept-deps.ts';
import type { Answer } from '../../../src/accept/answers.ts';
import { createReception } from '../../../src/accept/reception.ts';
import { handleWhole, type WholeRequest } from '../../../src/accept/whole-edge.ts';
import { openSqliteInbox, type Surroundings } from '../../../src/inbox/sqlite/sqlite-inbox.ts';
import type { ThreadOptions } from '../../../src/inbox/sqlite/thread/thread-protocol.ts';
import type { Inbox } from '../../../src/model/inbox.ts';
import type { Source } from '../../../src/model/source.ts';
import { UNCOUNTED } from '../../../src/model/telemetry.ts';
import { type ChangingWorker, changingWorker, type WorkerSettings } from '../../../src/run/changing-worker.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import type { Logger } from '../../../src/shared/log.ts';
import { Chance } from './chance.ts';
import type { Host } from './host.ts';
import type { MachinePlan, Plan } from './plan.ts';
import { Home, type Scheduler } from './scheduler.ts';
import { SimThread, type ThreadWorld } from './sim-thread.ts';

export interface MachineWorld extends ThreadWorld {
  readonly seed: number;
  readonly path: string;
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly host: Host;
  readonly sources: ReadonlyMap<string, Source>;
  settings(home: Home, owner: () => string): WorkerSettings;
  log(home: Home): Logger;
  tell(line: string): void;
}

const LIMITS: AcceptDeps['limits'] = {
  maxBodyBytes: 1_000_000,
  maxInFlightBytes: 4_000_000,
};

/** Where anything may go it is looked for soon and often: nobody waits an hour here. */
const PRUNING = { pruneFirstMs: 0, pruneEveryMs: 3_000 };

/** One after the other, the processes of one name: started, stopped, killed, started again. */
export class Machine {
  readonly plan: MachinePlan;
  readonly #world: MachineWorld;
  #starts = 0;
  #process: Process | null = null;
  #restart: (() => void) | null = null;

  constructor(plan: MachinePlan, world: MachineWorld) {
    this.plan = plan;
    this.#world = world;
  }

  get home(): Home | null {
    return this.#process?.home ?? null;
  }

  /** A living process that is not on its way out. */
  get process(): Process | null {
    return this.#process;
  }

  start(): void {
    this.#restart = null;
    const process = new Process(this.plan, this.#world, ++this.#starts);
    this.#process = process;
    process.start();
  }

  kill(): void {
    const process = this.#process;
    if (process === null) return;
    this.#process = null;
    process.end();
  }

  /** Unless it was killed meanwhile: gracefully, then a new one. */
  restart(done: () => void): void {
    const process = this.#process;
    if (process === null) return;
    process.stop(() => {
      if (this.#process !== process) return;
      this.kill();
      done();
    });
  }

  /** A new process after `ms`. */
  startLater(ms: number): void {
    this.#restart?.();
    this.#restart = this.#world.scheduler.after(null, ms, `${this.plan.name} starts`, () => {
      this.#world.tell(`${this.plan.name} starts again`);
      this.start();
    });
  }
}

/** From a start to an end: what `tidings start`, `receive` or `work` puts together. */
export class Process {
  readonly home: Home;
  readonly #plan: MachinePlan;
  readonly #world: MachineWorld;
  readonly #chance: Chance;
  readonly #threads: SimThread[] = [];
  readonly #listeners = new Set<() => void>();
  #inbox: Inbox | null = null;
  #worker: ChangingWorker | null = null;
  #receive: ((request: WholeRequest) => Promise<Answer | null>) | null = null;
  #owners = 0;
  #owner = '';

  constructor(plan: MachinePlan, world: MachineWorld, no: number) {
    this.home = new Home(`${plan.name}, start ${no}`);
    this.#plan = plan;
    this.#world = world;
    this.#chance = new Chance(world.seed, this.home.name);
  }

  start(): void {
    this.#world.scheduler.after(this.home, this.#chance.between(1, 300), 'starts', () => void this.#begin());
  }

  async #begin(): Promise<void> {
    const { path, host, sources } = this.#world;
    const { home } = this;
    const clock = host.clockFor(home, this.#chance);
    const log = this.#world.log(home);
    const inbox = await openSqliteInbox({ path, clock, access: 'write' }, this.#surroundings(clock));
    this.#inbox = inbox;
    const telemetry = UNCOUNTED;
    if (this.#plan.receives) {
      const reception = createReception({ sources, intake: inbox, telemetry, clock, log, limits: LIMITS });
      this.#receive = (request) => handleWhole(reception, request);
    }
    if (!this.#plan.works) return;
    const newOwner = () => (this.#owner = `${home.name}.${++this.#owners}`);
    const random = () => this.#chance.next();
    const timing = this.#world.plan.keptMs === null ? {} : PRUNING;
    const deps = { inbox, sources, telemetry, clock, log, random, newOwner, timing };
    this.#worker = changingWorker(
      deps,
      this.#world.settings(home, () => this.#owner),
    );
    this.#worker.start();
  }

  #surroundings(clock: Clock): Surroundings {
    const start = (options: ThreadOptions) => {
      const chance = new Chance(this.#world.seed, `${this.home.name} ${options.role} ${this.#threads.length}`);
      const thread = new SimThread(this.#world, this.home, options, clock, chance);
      this.#threads.push(thread);
      return thread;
    };
    const onWake = (_path: string, listener: () => void) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    };
    return { threading: { clock, start }, onWake };
  }

  get inbox(): Inbox | null {
    return this.#inbox;
  }

  get isReady(): boolean {
    return this.#plan.receives ? this.#receive !== null : this.#inbox !== null;
  }

  /** Null: nobody listens yet, or any more. */
  get receive(): ((request: WholeRequest) => Promise<Answer | null>) | null {
    return this.#receive;
  }

  wake(): void {
    for (const listener of this.#listeners) {
      this.#world.scheduler.after(this.home, this.#chance.between(0, 5), 'woken', listener);
    }
  }

  /** It goes on by the same settings, made anew. */
  async reload(): Promise<void> {
    await this.#worker?.change(this.#world.settings(this.home, () => this.#owner));
  }

  stop(done: () => void): void {
    this.#world.scheduler.after(this.home, 0, 'SIGTERM', () => void this.#stop(done));
  }

  async #stop(done: () => void): Promise<void> {
    this.#receive = null;
    await this.#worker?.stop();
    await this.#inbox?.[Symbol.asyncDispose]();
    done();
  }

  /** Nothing of it goes on. */
  end(): void {
    this.home.isDead = true;
    this.home.held.length = 0;
    for (const thread of this.#threads) thread.cut();
  }
}
