import { setTimeout } from 'node:timers/promises';
import { freePort, ready, runTidings, type TidingsProcess } from '../support/tidings-process.ts';

type Role = 'start' | 'receive' | 'work';

export interface FleetSize {
  /** `tidings start`: both in one. */
  readonly together?: number;
  readonly receivers: number;
  readonly workers: number;
}

export interface FleetOptions {
  /** What each gets beside its port, by its number. */
  env(place: number): Readonly<Record<string, string>>;
  /** A start that is refused in words (the database is away) is no fault, and is made again, as a supervisor does. */
  readonly supervised?: boolean;
}

/** A place for one process, which may die and come again. */
export interface Member {
  readonly role: Role;
  readonly url: string;
  /** The process that runs now, or ran last. */
  readonly process: TidingsProcess;
  /** Resolves when it does its work; rejects when it ended before. */
  readonly isUp: Promise<void>;
  /** It does its work now, or did when it was killed. */
  readonly works: boolean;
}

export interface Fleet extends AsyncDisposable {
  readonly receivers: readonly Member[];
  readonly workers: readonly Member[];
  /** kill -9, and started again. Resolves when the old one is gone. */
  kill(member: Member): Promise<void>;
  /** SIGTERM, waited for, and started again. */
  restart(member: Member): Promise<void>;
  /** SIGTERM to all at once, and nothing is started again. */
  stop(): Promise<void>;
  /** kill -9 to all, and nothing is started again. */
  end(): Promise<void>;
  /** One more worker, for what is left when the others have stopped. */
  addWorker(): Promise<void>;
  /** What no process may do: end by itself, or not end well when asked to; and what was logged as an error. */
  readonly faults: string[];
  readonly kills: number;
  readonly restarts: number;
  /** Starts that were made again. */
  readonly refusedStarts: number;
  /** In how many lines all of them, in all their lives, said so. */
  said(words: string): number;
}

interface Place extends Member {
  readonly number: number;
  readonly port: number;
  works: boolean;
  process: TidingsProcess;
  isUp: Promise<void>;
}

/** An inbox that is away is what a chaos is about, and is logged loudly; any other error is a fault. */
const ERROR_LINE = /^(?!.*"type":"InboxUnavailableError").*"level":(?:50|60),.*$/gm;

/** What a start says that cannot be made now: one error in words, with no stack. */
const REFUSED = /^Error: (?!.*\n\s+at )/ms;
const SUPERVISOR_WAITS_MS = 500;

/** So many real processes on one data folder. Each receiver keeps its port over all its lives. */
export async function startFleet(
  dataDir: string,
  { env, supervised = false }: FleetOptions,
  size: FleetSize,
): Promise<Fleet> {
  const faults: string[] = [];
  const all: TidingsProcess[] = [];
  const counted = { kills: 0, restarts: 0, refusedStarts: 0 };
  let places: Place[] = [];
  /** Those that were told to end: by our hand, not by a fault of theirs. */
  const ending = new WeakSet<TidingsProcess>();
  let isOver = false;

  /** The next life of a place. */
  async function begin(place: Place): Promise<void> {
    const { role, number, port } = place;
    const process = await runTidings([role], dataDir, { ...env(number), PORT: String(port), LOG_LEVEL: 'warn' });
    all.push(process);
    place.process = process;
    place.works = false;
    const up = isThere(place).then(() => {
      place.works = true;
    });
    const ended = process.ended.then((code) => {
      for (const [line] of process.output.stderr.matchAll(ERROR_LINE)) faults.push(`${role} logged: ${line}`);
      if (ending.has(process)) return;
      const refused = supervised && !place.works && code === 1 && REFUSED.test(process.output.stderr);
      if (refused) counted.refusedStarts++;
      else faults.push(`${role} ended by itself with ${code ?? process.child.signalCode}: ${process.output.stderr}`);
    });
    place.isUp = up.catch(async (error: unknown) => {
      if (!supervised || ending.has(process)) throw error;
      await ended;
      await setTimeout(SUPERVISOR_WAITS_MS);
      // Killed meanwhile, it has its next life already.
      if (place.process === process && !isOver) await begin(place);
      await place.isUp;
    });
    // Whoever waits for it hears of it; a process that was killed while it started is none's business.
    place.isUp.catch(() => undefined);
  }

  async function enlist(role: Role): Promise<Place> {
    const port = role === 'work' ? 1 : await freePort();
    const place = { role, port, number: places.length, url: `http://127.0.0.1:${port}` } as Place;
    await begin(place);
    places.push(place);
    return place;
  }

  async function again(member: Member): Promise<void> {
    const place = places.find((each) => each === member);
    if (place !== undefined) await begin(place);
  }

  async function endWell({ role, process }: Member): Promise<void> {
    ending.add(process);
    const code = await process.stop();
    if (code !== 0) faults.push(`${role} was asked to stop and ended with ${code}: ${process.output.stderr}`);
  }

  // A run that is broken off leaves no process behind.
  const orphaned = () => all.forEach(({ child }) => child.kill('SIGKILL'));
  process.once('exit', orphaned);

  async function end(): Promise<void> {
    isOver = true;
    process.off('exit', orphaned);
    for (const process of all) ending.add(process);
    await Promise.all(all.map((process) => process.kill()));
  }

  for (let n = 0; n < (size.together ?? 0); n++) await enlist('start');
  for (let n = 0; n < size.receivers; n++) await enlist('receive');
  for (let n = 0; n < size.workers; n++) await enlist('work');
  const fleet: Fleet = {
    get receivers() {
      return places.filter(({ role }) => role !== 'work');
    },
    get workers() {
      return places.filter(({ role }) => role !== 'receive');
    },
    get kills() {
      return counted.kills;
    },
    get restarts() {
      return counted.restarts;
    },
    get refusedStarts() {
      return counted.refusedStarts;
    },
    faults,
    said: (words) => all.reduce((sum, { output }) => sum + output.stderr.split(words).length - 1, 0),
    async kill(member) {
      counted.kills++;
      ending.add(member.process);
      await member.process.kill();
      await again(member);
    },
    async restart(member) {
      counted.restarts++;
      await member.isUp;
      await endWell(member);
      await again(member);
    },
    async stop() {
      const last = places;
      places = [];
      // One that is asked before it can listen for the signal ends by it.
      await Promise.all(last.map(async (member) => member.isUp.then(() => endWell(member))));
    },
    addWorker: async () => (await enlist('work')).isUp,
    end,
    [Symbol.asyncDispose]: end,
  };
  await Promise.all(places.map(({ isUp }) => isUp));
  return fleet;
}

/** However long it takes while it lives: where the machine has other work, a start is slow, and no fault. */
async function isThere({ role, process }: Pick<Place, 'role' | 'process'>): Promise<void> {
  for (;;) {
    try {
      return await (role === 'work' ? process.printed(/^Tidings/m) : ready(process, 'healthz'));
    } catch (error) {
      if (!lives(process)) throw error;
    }
  }
}

function lives({ child }: TidingsProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
