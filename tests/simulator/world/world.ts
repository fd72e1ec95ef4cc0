import { InboxUnavailableError } from '../../../src/model/inbox.ts';
import { type Condition, NOBODY } from '../../../src/model/rule.ts';
import type { Source } from '../../../src/model/source.ts';
import type { WorkerSettings } from '../../../src/run/changing-worker.ts';
import type { Logger } from '../../../src/shared/log.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { githubSource } from '../../../src/sources/github/github-source.ts';
import { aRule } from '../../fixtures/rules.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { Simulated } from '../types.ts';
import { Chance } from './chance.ts';
import { type Change, Disk } from './disk.ts';
import { Faults } from './faults.ts';
import { Host } from './host.ts';
import { Machine, type MachineWorld } from './machine.ts';
import { Place } from './place.ts';
import { type Plan, planOf } from './plan.ts';
import { type Home, Scheduler } from './scheduler.ts';
import { Senders } from './senders.ts';
import type { Asked } from './sim-thread.ts';

export const SECRET = new Secret('it is a secret of the simulator');
const GITHUB = githubSource({ name: 'github', secrets: [SECRET] });

/** GitHub, and as a source of one's own may be: what is strange it passes on as it is. */
export const SOURCE: Source = {
  ...GITHUB,
  async normalise(event) {
    const normalised = await GITHUB.normalise(event);
    if (event.type !== 'strange' || normalised.kind !== 'activity') return normalised;
    const { action } = JSON.parse(event.body.toString());
    return { ...normalised, activity: { ...normalised.activity, action } };
  },
};

/** What takes more steps than there are. */
const DEAR: Condition = {
  text: 'dear',
  fields: [],
  ask(_, steps) {
    steps.take(Number.MAX_SAFE_INTEGER);
    return { ok: true, value: true };
  },
};

/** After the last of the plan everything is well; so long it may take until all is told. */
const QUIET_MS = 300_000;

/** One seed's machines, disk, network and people, and what was promised to them. */
export class World implements MachineWorld {
  readonly seed: number;
  readonly path: string;
  readonly plan: Plan;
  readonly scheduler = new Scheduler();
  readonly host: Host;
  readonly disk: Disk;
  readonly oracle: Oracle;
  readonly sources: ReadonlyMap<string, Source> = new Map([[SOURCE.name, SOURCE]]);
  readonly machines: readonly Machine[];
  readonly places: readonly Place[];
  readonly story: string[] = [];
  readonly #senders: Senders;
  readonly #faults: Faults;
  readonly #without: ReadonlySet<number>;
  #isWell = false;

  constructor({ seed, steps, without = new Set(), unchecked = new Set() }: Simulated, path: string) {
    this.seed = seed;
    this.path = path;
    this.#without = without;
    const { scheduler } = this;
    const plan = planOf(seed, steps);
    const tell = (line: string) => this.tell(line);
    this.plan = plan;
    this.host = new Host(scheduler);
    this.disk = new Disk(scheduler, new Chance(seed, 'disk'));
    this.oracle = new Oracle({ scheduler, host: this.host, unchecked, keptMs: plan.keptMs, tell });
    this.machines = plan.machines.map((each) => new Machine(each, this));
    this.places = plan.places.map(
      (terms) => new Place(terms, scheduler, new Chance(seed, terms.name), this.#placeListener()),
    );
    const { host, disk, oracle, machines, places } = this;
    this.#senders = new Senders({ seed, scheduler, oracle, machines, secret: SECRET, tell });
    this.#faults = new Faults({
      plan,
      scheduler,
      host,
      disk,
      machines,
      places,
      oracle,
      chance: new Chance(seed, 'faults at work'),
      tell,
    });
  }

  async run(): Promise<void> {
    for (const machine of this.machines) machine.start();
    for (const { index, at, what } of this.plan.happenings) {
      if (this.#without.has(index)) continue;
      this.scheduler.after(null, at, what.kind, () => {
        if (what.kind === 'delivery') this.#senders.deliver(what, index);
        else this.#faults.happen(what);
      });
    }
    this.scheduler.after(null, this.plan.endsAt + 1_000, 'all is well', () => this.#allIsWell());
    const back = Math.abs(
      this.plan.happenings.reduce((sum, { what }) => sum + (what.kind === 'clock' ? Math.min(0, what.ms) : 0), 0),
    );
    const limit = this.plan.endsAt + QUIET_MS + back;
    while (!this.#isOver() && this.scheduler.now < limit && (await this.scheduler.step())) continue;
  }

  #isOver(): boolean {
    return (
      this.#isWell &&
      this.#senders.waiting === 0 &&
      this.oracle.ledger.isDrained() &&
      this.scheduler.now > this.plan.endsAt + 6_000
    );
  }

  #allIsWell(): void {
    this.#isWell = true;
    this.#faults.disarm();
    this.tell('nothing goes wrong any more');
  }

  close(): void {
    for (const machine of this.machines) machine.kill();
  }

  tell(line: string): void {
    this.story.push(`${(this.scheduler.now / 1_000).toFixed(3).padStart(8)} s  ${line}`);
    this.scheduler.note(line);
  }

  settings(home: Home, owner: () => string): WorkerSettings {
    const { keptMs } = this.plan;
    return {
      rules: [
        aRule('issues', { issues: {}, issue_comment: {} }, { to: ['chat', 'hook'], settleMs: this.plan.settleMs }),
        aRule('dear', { dear: {} }, { to: ['chat'], condition: DEAR }),
        aRule('runs', { workflow_run: {}, push: {} }, { to: ['chat', 'hook'] }),
      ],
      directory: NOBODY,
      templates: new Map(),
      destinations: this.places.map((place) => place.destination(home, owner)),
      inquiries: new Map(),
      retention: { bodies: keptMs, events: keptMs, attempts: keptMs, exceptions: [], maxBytes: null, archiveTo: null },
    };
  }

  log(home: Home): Logger {
    const silent = () => undefined;
    const say = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
      if (home.isDead) return;
      const { err } = fields;
      const error = err instanceof Error ? `: ${err.message}` : '';
      this.tell(`${home.name} logs ${level}: ${message}${error}`);
      // A disk that is full is the world's doing.
      if (level === 'error' && !(err instanceof InboxUnavailableError))
        this.oracle.broken('bugs', `${home.name}: ${message}${error}`);
    };
    const log = {
      trace: silent,
      debug: silent,
      info: silent,
      warn: say('warn'),
      error: say('error'),
      fatal: say('error'),
    };
    return log as unknown as Logger;
  }

  asks(home: Home, op: string): void {
    this.#faults.asks(home, op);
  }

  beforeCommit({ home }: Asked): void {
    this.#faults.beforeCommit(home);
  }

  committed(asked: Asked, changes: readonly Change[]): void {
    this.oracle.committed(asked, changes);
    this.scheduler.note(JSON.stringify(changes));
    this.#faults.committed(asked.home);
  }

  answered(asked: Asked): void {
    this.#faults.asked(asked);
  }

  touch(): void {
    for (const { process } of this.machines) process?.wake();
  }

  #placeListener(): ConstructorParameters<typeof Place>[3] {
    return {
      connects: (home) => this.#faults.connects(home),
      departed: (place, message, home, owner) => {
        const events = ids(message);
        this.tell(`${home.name} sends events ${events} to ${place.name}`);
        this.oracle.departed(place, message, home, owner);
        this.#faults.departed(home);
      },
      arrived: (place, message) => {
        this.tell(`${place.name} is told events ${ids(message)}`);
        this.oracle.arrived(place, message);
      },
    };
  }
}

function ids(message: Parameters<Oracle['arrived']>[1]): string {
  const { notifications } =
    message.kind === 'digest' ? message : { notifications: [...(message.others ?? []), message.notification] };
  return notifications.map(({ eventId }) => eventId).join(', ');
}
