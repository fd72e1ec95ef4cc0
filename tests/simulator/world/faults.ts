import type { ReplaySelection } from '../../../src/model/inbox/archive.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Chance } from './chance.ts';
import type { Disk } from './disk.ts';
import type { Host } from './host.ts';
import type { Machine } from './machine.ts';
import type { Place } from './place.ts';
import { type Fault, faultWords, type Plan } from './plan.ts';
import type { Home, Scheduler } from './scheduler.ts';
import type { Asked } from './sim-thread.ts';

export interface FaultsWorld {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly host: Host;
  readonly disk: Disk;
  readonly machines: readonly Machine[];
  readonly places: readonly Place[];
  readonly oracle: Oracle;
  readonly chance: Chance;
  tell(line: string): void;
}

const DAY_MS = 86_400_000;

const LOOK_AGAIN_MS = 3_000;
const LOOKS = 30;

/** Thrown inside a process at the moment of its death. */
export class Killed extends Error {}

interface Armed {
  readonly machine: Machine;
  readonly fault: Fault;
  left: number;
}

/** Makes what the plan says go wrong, at once or as soon as its moment has come. */
export class Faults {
  readonly #world: FaultsWorld;
  #armed: Armed[] = [];
  #isErasureAwaited = false;
  #awaitArrival: (() => void)[] = [];

  constructor(world: FaultsWorld) {
    this.#world = world;
  }

  happen(fault: Fault): void {
    const { plan, host, disk, places, scheduler, tell } = this.#world;
    tell(faultWords(fault, plan));
    switch (fault.kind) {
      case 'clock':
        return host.step(fault.ms);
      case 'clock ahead':
        return this.#clockAhead(fault);
      case 'disk errs':
        disk.errsUntil = scheduler.now + fault.forMs;
        return;
      case 'disk full':
        disk.fullUntil = scheduler.now + fault.forMs;
        return;
      case 'disk slow':
        disk.slowUntil = scheduler.now + fault.forMs;
        return;
      case 'locked':
        disk.lockedUntil = scheduler.now + fault.forMs;
        return;
      case 'trouble': {
        const place = places[fault.place];
        if (place !== undefined) place.trouble = { kind: fault.how, until: scheduler.now + fault.forMs };
        return;
      }
      case 'broken':
        return this.#break(fault);
      case 'replay at erasure':
        this.#isErasureAwaited = true;
        return;
      case 'replay at arrival':
        this.#awaitArrival.push(() => this.#replay(fault.what, fault.nth));
        return;
      case 'given up':
        return this.#giveUp(fault);
      case 'replay':
        return this.#replay(fault.what, fault.nth);
      default:
        return this.#toMachine(fault);
    }
  }

  /** Nothing that waits for its moment happens any more. */
  disarm(): void {
    this.#armed = [];
    this.#isErasureAwaited = false;
    this.#awaitArrival = [];
  }

  /** A process asks its thread. */
  asks(home: Home, op: string): void {
    if (op === 'acquire') this.#strike(home, 'freeze at question');
  }

  connects(home: Home): void {
    if (this.#world.chance.odds(0.3)) this.#strike(home, 'freeze at departure');
  }

  asked({ home, op, values }: Asked): void {
    if (op === 'owns') this.#strike(home, 'freeze at departure');
    if (op === 'append') this.#awaitArrival.shift()?.();
    if (op === 'planErasure' && this.#isErasureAwaited) {
      this.#isErasureAwaited = false;
      this.#replaySelected({ ids: values[1] as readonly number[] });
    }
  }

  departed(home: Home): void {
    this.#strike(home, 'kill at departure');
  }

  /** @throws Killed */
  beforeCommit(home: Home): void {
    if (this.#counted(home, true)) throw new Killed();
  }

  /** @throws Killed */
  committed(home: Home): void {
    if (this.#counted(home, false)) throw new Killed();
  }

  #toMachine(fault: Extract<Fault, { readonly machine: number }>): void {
    const machine = this.#world.machines[fault.machine];
    if (machine === undefined) return;
    switch (fault.kind) {
      case 'kill':
        return this.#kill(machine);
      case 'restart':
        return machine.restart(() => machine.startLater(this.#world.chance.between(10, 3_000)));
      case 'reload':
        void machine.process?.reload().then(() => this.#world.tell(`${machine.plan.name} goes on by other settings`));
        return;
      case 'freeze':
        return this.#freeze(machine, fault.forMs);
      case 'kill at commit':
        this.#armed.push({ machine, fault, left: fault.after });
        return;
      default:
        this.#armed.push({ machine, fault, left: 0 });
    }
  }

  #giveUp({ place: index, forMs, nth }: Extract<Fault, { readonly kind: 'given up' }>): void {
    const { places, scheduler } = this.#world;
    const place = places[index];
    if (place !== undefined) place.trouble = { kind: 'rejects', until: scheduler.now + forMs };
    scheduler.after(null, forMs, 'one is replayed', () => this.#replay('one given up', nth));
    scheduler.after(null, forMs + 4_000, 'all are replayed', () => this.#replay('dead', nth));
  }

  /** Whoever mends it looks again: what was under way may have been answered before, and recorded after. */
  #break({ place: index, forMs }: Extract<Fault, { readonly kind: 'broken' }>): void {
    const { machines, places, scheduler, tell } = this.#world;
    const place = places[index];
    if (place === undefined) return;
    place.trouble = { kind: 'is gone', until: scheduler.now + forMs };
    const resume = (looksLeft: number) => {
      const inbox = machines.map(({ process }) => process?.inbox).find((each) => each);
      inbox?.resume(place.terms.name).then(
        ({ wasBroken }) => wasBroken && tell(`${place.terms.name} is resumed`),
        (error: Error) => tell(`it was not resumed: ${error.message}`),
      );
      if (looksLeft > 0) scheduler.after(null, LOOK_AGAIN_MS, 'somebody looks again', () => resume(looksLeft - 1));
    };
    scheduler.after(null, forMs, 'somebody resumes', () => resume(LOOKS));
  }

  #clockAhead({ machine: index, forMs, isKilled }: Extract<Fault, { readonly kind: 'clock ahead' }>): void {
    const { host, machines, scheduler, tell } = this.#world;
    const machine = machines[index];
    host.step(DAY_MS);
    if (isKilled && machine !== undefined) scheduler.after(null, forMs - 100, 'is killed', () => this.#kill(machine));
    scheduler.after(null, forMs, 'the clock is set right', () => {
      tell('the clock is set right');
      host.step(-DAY_MS);
    });
  }

  #kill(machine: Machine): void {
    if (machine.home === null) return;
    this.#world.tell(`${machine.plan.name} is killed`);
    machine.kill();
    machine.startLater(this.#world.chance.odds(0.7) ? this.#world.chance.between(100, 4_000) : 15_000);
  }

  #freeze(machine: Machine, forMs: number): void {
    const { home } = machine;
    if (home === null || home.isFrozen) return;
    const { scheduler, tell } = this.#world;
    tell(`${machine.plan.name} stands still`);
    scheduler.freeze(home);
    scheduler.after(null, forMs, 'thaws', () => {
      if (home.isDead) return;
      tell(`${machine.plan.name} goes on`);
      scheduler.thaw(home);
    });
  }

  #strike(home: Home, kind: 'freeze at departure' | 'freeze at question' | 'kill at departure'): void {
    const armed = this.#armed.find(({ machine, fault }) => machine.home === home && fault.kind === kind);
    if (armed === undefined) return;
    this.#armed = this.#armed.filter((each) => each !== armed);
    if ('forMs' in armed.fault) this.#freeze(armed.machine, armed.fault.forMs);
    else this.#kill(armed.machine);
  }

  /** Whether its end has come. */
  #counted(home: Home, isBefore: boolean): boolean {
    const armed = this.#armed.find(
      ({ machine, fault }) => machine.home === home && fault.kind === 'kill at commit' && fault.isBefore === isBefore,
    );
    if (armed === undefined || armed.left-- > 0) return false;
    this.#armed = this.#armed.filter((each) => each !== armed);
    this.#world.tell(`${isBefore ? 'before' : 'after'} a commit:`);
    // The connection is in the middle of it: it is cut when it has thrown.
    home.isDead = true;
    this.#world.scheduler.after(null, 0, 'is dead', () => this.#kill(armed.machine));
    return true;
  }

  #replay(what: string, nth: number): void {
    const selection = this.#selected(what, nth, this.#world.oracle);
    if (selection !== null) this.#replaySelected(selection);
  }

  #replaySelected(selection: ReplaySelection): void {
    const { machines, tell } = this.#world;
    const inbox = machines.map(({ process }) => process?.inbox).find((each) => each);
    inbox?.replay(selection, { dryRun: false }).then(
      (ids) => tell(`replayed: events ${ids.join(', ') || 'none'}`),
      (error: Error) => tell(`the replay failed: ${error.message}`),
    );
  }

  #selected(what: string, nth: number, oracle: Oracle): ReplaySelection | null {
    if (what !== 'an event' && what !== 'one given up') return { state: what as 'dead' | 'unknown' | 'quarantined' };
    const decided = [...oracle.ledger.events.values()].filter(
      ({ id, state }) => state === 'routed' && (what === 'an event' || oracle.ledger.isGivenUp(id)),
    );
    const event = decided[nth % Math.max(1, decided.length)];
    return event === undefined ? null : { ids: [event.id] };
  }
}
