import { freePort, ready, runTidings, type TidingsProcess } from '../support/tidings-process.ts';

type Role = 'start' | 'receive' | 'work';

export interface FleetSize {
  /** `tidings start`: both in one. */
  readonly together?: number;
  readonly receivers: number;
  readonly workers: number;
}

/** A place for one process, which may die and come again. */
export interface Member {
  readonly role: Role;
  readonly url: string;
  /** The process that runs now, or ran last. */
  readonly process: TidingsProcess;
  /** Resolves when it does its work; rejects when it ended before. */
  readonly isUp: Promise<void>;
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
  /** One more worker, for what is left when the others have stopped. */
  addWorker(): Promise<void>;
  /** What no process may do: end by itself, or not end well when asked to; and what was logged as an error. */
  readonly faults: string[];
  readonly kills: number;
  readonly restarts: number;
  /** In how many lines all of them, in all their lives, said so. */
  said(words: string): number;
}

interface Place extends Member {
  process: TidingsProcess;
  isUp: Promise<void>;
}

/** An inbox that is away is what a chaos is about, and is logged loudly; any other error is a fault. */
const ERROR_LINE = /^(?!.*"type":"InboxUnavailableError").*"level":(?:50|60),.*$/gm;

/** So many real processes on one data folder. Each receiver keeps its port over all its lives. */
export async function startFleet(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  size: FleetSize,
): Promise<Fleet> {
  const faults: string[] = [];
  const lives: TidingsProcess[] = [];
  const counted = { kills: 0, restarts: 0 };
  let places: Place[] = [];
  /** Those that were told to end: by our hand, not by a fault of theirs. */
  const ending = new WeakSet<TidingsProcess>();

  async function begin(role: Role, port: number): Promise<Pick<Place, 'process' | 'isUp'>> {
    const process = await runTidings([role], dataDir, { ...env, PORT: String(port), LOG_LEVEL: 'warn' });
    lives.push(process);
    void process.ended.then((code) => {
      for (const [line] of process.output.stderr.matchAll(ERROR_LINE)) faults.push(`${role} logged: ${line}`);
      if (!ending.has(process))
        faults.push(`${role} ended by itself with ${code ?? process.child.signalCode}: ${process.output.stderr}`);
    });
    const isUp = role === 'work' ? process.printed(/^Tidings/m) : ready(process, 'healthz');
    // Whoever waits for it hears of it; a process that was killed while it started is none's business.
    isUp.catch(() => undefined);
    return { process, isUp };
  }

  async function enlist(role: Role): Promise<Place> {
    const port = role === 'work' ? 1 : await freePort();
    const place: Place = { role, url: `http://127.0.0.1:${port}`, ...(await begin(role, port)) };
    places.push(place);
    return place;
  }

  async function again(member: Member): Promise<void> {
    const place = places.find((each) => each === member);
    if (place !== undefined) Object.assign(place, await begin(place.role, Number(new URL(place.url).port || 1)));
  }

  async function endWell({ role, process }: Member): Promise<void> {
    ending.add(process);
    const code = await process.stop();
    if (code !== 0) faults.push(`${role} was asked to stop and ended with ${code}: ${process.output.stderr}`);
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
    faults,
    said: (words) => lives.reduce((sum, { output }) => sum + output.stderr.split(words).length - 1, 0),
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
    async [Symbol.asyncDispose]() {
      for (const process of lives) ending.add(process);
      await Promise.all(lives.map((process) => process.kill()));
    },
  };
  await Promise.all(places.map(({ isUp }) => isUp));
  return fleet;
}
