import { OwnedLane } from '../../src/jobs/owned-lane.ts';
import { runReminders } from '../../src/jobs/remind/remind.ts';
import { DEFAULT_TIMING } from '../../src/jobs/timing.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Reminder } from '../../src/model/reminder.ts';
import type { Directory } from '../../src/model/rule.ts';
import { UNCOUNTED } from '../../src/model/telemetry.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';

/** Processes that all believe the lane to be theirs, on one store, in a time that goes on once each of them waits for it. */
export class Lives {
  readonly #world: World;
  /** What was stored, by its id, in the order in which it was committed. */
  readonly said: string[] = [];
  now = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Together from `from` on, each until its end or its death. Returns until when each has worked. */
  async shift(from: number, given: readonly Given[], reminder: Reminder): Promise<readonly number[]> {
    await this.#pass(from);
    const processes = given.map((each) => this.#begin(each, reminder));
    for (;;) {
      await Promise.all(processes.map((each) => each.settled()));
      for (const each of processes) if (each.isLiving && this.now >= each.to) await each.stop();
      const living = processes.filter(({ isLiving }) => isLiving);
      const next = Math.min(...living.map(({ nextAt, to }) => Math.min(nextAt, to)));
      if (living.length === 0) break;
      await this.#pass(next);
      for (const each of living) each.ring(this.now);
    }
    return processes.map(({ diedAt, to }) => diedAt ?? to);
  }

  async #pass(to: number): Promise<void> {
    const ms = to - this.now;
    this.now = to;
    this.#world.passed(ms);
  }

  #begin(given: Given, reminder: Reminder): Process {
    return new Process({ ...given, reminder, world: this.#world, now: () => this.now, said: this.said });
  }
}

export interface World {
  readonly inbox: Inbox;
  readonly directory: Directory;
  /** The store's own clock has nothing to do with ours: so much has gone by. */
  passed(ms: number): void;
  /** Awaited before anything is asked of it. */
  ready(): Promise<void>;
}

export interface Given {
  readonly owner: string;
  readonly to: number;
  /** It dies at this call of the store, from 1 on: before it, or once it is committed. Null: it lives. */
  readonly dies: { readonly call: number; readonly when: 'before' | 'after' } | null;
}

interface Setting extends Given {
  readonly reminder: Reminder;
  readonly world: World;
  readonly said: string[];
  now(): number;
}

class Process {
  readonly to: number;
  diedAt: number | null = null;
  isLiving = true;
  #timer: { readonly at: number; readonly fire: () => void } | null = null;
  #changed: () => void = () => undefined;
  #calls = 0;
  readonly #given: Setting;
  readonly #owned: OwnedLane;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;

  constructor(given: Setting) {
    this.#given = given;
    this.to = given.to;
    const clock: Clock = { now: given.now, monotonic: given.now, after: (ms, fire) => this.#after(ms, fire) };
    const lease = { lane: 'remind', owner: given.owner, epoch: 1, notBefore: 0, failures: 0, broken: null, held: null };
    const { signal } = this.#stopping;
    this.#owned = new OwnedLane(lease, clock, signal);
    const shutdown = { stopping: signal, aborting: signal, quitting: new AbortController().signal };
    const log = createLog('fatal', { write: () => undefined });
    const inbox = this.#mortal();
    const context = { inbox, telemetry: UNCOUNTED, clock, random: () => 0, log, timing: DEFAULT_TIMING, shutdown };
    const { reminder, world } = given;
    const reminding = { context, reminders: [reminder], directory: world.directory };
    this.#ended = runReminders(reminding, this.#owned).then(() => {
      this.isLiving = false;
      this.#changed();
    });
  }

  get nextAt(): number {
    return this.#timer?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Resolves when it waits for the time, or is no more. */
  async settled(): Promise<void> {
    while (this.isLiving && this.#timer === null) await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  ring(now: number): void {
    const timer = this.#timer;
    if (timer === null || timer.at > now) return;
    this.#timer = null;
    timer.fire();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#owned.wake.raise();
    this.ring(Number.POSITIVE_INFINITY);
    await this.#ended;
  }

  #after(ms: number, fire: () => void): () => void {
    const timer = { at: this.#given.now() + Math.max(0, ms), fire };
    this.#timer = timer;
    this.#changed();
    return () => void (this.#timer === timer && (this.#timer = null));
  }

  /** The store as it asks it. What it asks after its death is never answered with anything. */
  #mortal(): Inbox {
    const { world, said } = this.#given;
    return new Proxy(world.inbox, {
      get: (inbox, name) => {
        const method = Reflect.get(inbox, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          await world.ready();
          this.#calls++;
          this.#perhapsDie('before');
          const answer: unknown = await Reflect.apply(method, inbox, args);
          if (name === 'append' && isAccepted(answer)) said.push((args[0] as { deliveryId: string }).deliveryId);
          this.#perhapsDie('after');
          return answer;
        };
      },
    });
  }

  #perhapsDie(when: 'before' | 'after'): void {
    const { dies } = this.#given;
    if (this.diedAt === null && (dies?.call !== this.#calls || dies.when !== when)) return;
    this.diedAt ??= this.#given.now();
    this.#owned.lose();
    throw new Error('it died');
  }
}

function isAccepted(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'accepted';
}
