import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type CliIo, colorsFor, type Output } from '../../src/cli/cli-io.ts';
import { type Context, type ContextOptions, createContext } from '../../src/cli/context.ts';
import { foldFor } from '../../src/cli/fold.ts';
import { logLine } from '../../src/cli/log-line.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Config } from '../../src/config/config.ts';
import type { Untold } from '../../src/model/fate.ts';
import type { LaneDepth, LaneHead, ReplaySelection, UntoldSelection } from '../../src/model/inbox/archive.ts';
import type { Audited } from '../../src/model/inbox/audits.ts';
import type { Hold } from '../../src/model/inbox/lanes.ts';
import type { EventFilter, EventRecord } from '../../src/model/inbox/records.ts';
import { TALLY, type Tally } from '../../src/model/turned-away.ts';
import type { OpenedArchive } from '../../src/run/database.ts';
import { load } from '../../src/run/load.ts';
import type { Surroundings } from '../../src/run/surroundings.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';

export const NOW = Date.parse('2026-11-23T17:00:00.000Z');
export const SECRET = 'a-secret-of-a-natural-length';

type Env = Readonly<Record<string, string>>;

const fixedClock: Clock = { ...systemClock, now: () => NOW };
const NOWHERE = join(tmpdir(), 'tidings-cli-test-that-is-not-there');

/** What is set, what the database holds, and what was asked of it. All else is the real program. */
export interface World {
  readonly env: Env;
  readonly cwd: string;
  readonly events: EventRecord[];
  lanes: LaneDepth[];
  heads: LaneHead[];
  untold: Untold[];
  /** Lanes that are broken, as far as `resume` is asked. */
  readonly resumable: Set<string>;
  /** What the lane `prune` left word of. */
  pruneState: string | null;
  /** What was refused, as the receiver keeps it. */
  tally: Tally;
  readonly filters: EventFilter[];
  readonly replays: { selection: ReplaySelection; dryRun: boolean }[];
  /** Lanes that a person paused. */
  readonly holds: Map<string, Hold>;
  /** What waits in lanes, as far as `drain` is asked. */
  readonly waiting: Map<string, number>;
  /** What was dismissed. */
  readonly dismissals: { selection: UntoldSelection; dryRun: boolean }[];
  readonly audits: Audited[];
  openError: Error | null;
  closed: number;
}

/** In a directory without files, where it is not another one's. */
export function newWorld(env: Env = {}, cwd: string = NOWHERE): World {
  return {
    env: { GITHUB_WEBHOOK_SECRET: SECRET, DATA_DIR: join(cwd, 'data'), ...env },
    cwd,
    events: [],
    lanes: [],
    heads: [],
    untold: [],
    resumable: new Set(),
    pruneState: null,
    tally: [],
    filters: [],
    replays: [],
    holds: new Map(),
    waiting: new Map(),
    dismissals: [],
    audits: [],
    openError: null,
    closed: 0,
  };
}

/** The configuration there, with these changes. */
export async function configOf({ env, cwd }: World, changes: Partial<Config> = {}): Promise<Config> {
  return { ...(await load({ readOnly: true }, { env, cwd })), ...changes };
}

function archiveOf(world: World): OpenedArchive {
  return {
    list: async (filter) => {
      world.filters.push(filter);
      const { ids, before = Number.POSITIVE_INFINITY, limit } = filter;
      return world.events.filter(({ id }) => id < before && (ids?.includes(id) ?? true)).slice(0, limit);
    },
    show: async (id) => world.events.find((event) => event.id === id) ?? null,
    eventOf: async (notification) =>
      world.events.find(({ notifications }) => notifications.some(({ id }) => id === notification))?.id ?? null,
    known: async () => new Set<string>(),
    replay: async (selection, { dryRun }) => {
      world.replays.push({ selection, dryRun });
      return selectedOf(world, selection).flatMap(({ id, body }) => (body === null ? [] : id));
    },
    bodiless: async (selection) => selectedOf(world, selection).flatMap(({ id, body }) => (body === null ? id : [])),
    depths: async () => world.lanes,
    heads: async () => world.heads,
    untold: async () => world.untold,
    causes: async () => [],
    dismiss: async (selection, { dryRun }) => {
      world.dismissals.push({ selection, dryRun });
      const ids = world.events.map(({ id }) => id);
      return { count: ids.length, ids };
    },
    drain: async (lane, _who, { dryRun }) => {
      const count = world.waiting.get(lane) ?? 0;
      if (!dryRun) world.waiting.delete(lane);
      return count;
    },
    hold: async (lane, hold) => {
      world.holds.set(lane, hold);
      return true;
    },
    resume: async (lane) => {
      const held = world.holds.get(lane) ?? null;
      world.holds.delete(lane);
      return { wasBroken: world.resumable.delete(lane), held };
    },
    noteAudited: async (audited) => void world.audits.push(audited),
    storedSize: async () => ({ bytes: 3_100_000, freeBytes: 0 }),
    recall: async (name) => (name === TALLY ? JSON.stringify(world.tally) : world.pruneState),
    check: async () => ({ engine: 'sqlite', schemaVersion: 1, lastEventId: world.events.length }),
    [Symbol.asyncDispose]: async () => {
      world.closed++;
    },
  };
}

function selectedOf({ events }: World, selection: ReplaySelection): readonly EventRecord[] {
  return events.filter(({ id }) => !('ids' in selection) || selection.ids.includes(id));
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly tty?: boolean;
  readonly columns?: number;
  readonly noColor?: boolean;
  readonly stop?: AbortSignal;
  readonly force?: AbortSignal;
  readonly closed?: AbortSignal;
  /** Called at each write with all of stderr so far, and with what came last. */
  readonly onStderr?: (text: string, last: string) => void;
  readonly onStdout?: (text: string, last: string) => void;
  readonly input?: CliIo['input'];
  /** What is piped in; else stdin is a terminal that nobody sits before. */
  readonly piped?: string;
  /** Somebody else who reads; then the result has no stdout. */
  readonly reader?: Output;
}

export function run(world: World, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runWith(world, argv, options, seamsOf(world));
}

function seamsOf(world: World): ContextOptions {
  return {
    clock: fixedClock,
    openArchive: async () => {
      if (world.openError) throw world.openError;
      return archiveOf(world);
    },
  };
}

/** Where a command is run; `invocation`: how its user calls the program. */
export type Place = Pick<Surroundings, 'env' | 'cwd'> & Partial<Pick<Surroundings, 'invocation'>>;

/** The same with the real clock and database, unless they are given. */
export async function runWith(
  place: Place,
  argv: readonly string[],
  options: RunOptions = {},
  seams: ContextOptions = {},
): Promise<RunResult> {
  const { io, stdout, stderr } = streams(options);
  const code = await runCli(argv, io, surroundingsOf(place, io), seams);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** What `work` prints and says, given the context of a command. */
export async function talking(
  world: World,
  work: (context: Context) => Promise<void>,
  options: RunOptions = {},
): Promise<{ readonly stdout: string; readonly stderr: string; readonly error: unknown }> {
  const { io, stdout, stderr } = streams(options);
  const error: unknown = await work(createContext(surroundingsOf(world, io), io, seamsOf(world))).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { stdout: stdout.text(), stderr: stderr.text(), error };
}

function surroundingsOf({ env, cwd, invocation = 'tidings' }: Place, io: CliIo): Surroundings {
  const { stdout, stderr } = io;
  const shown = (json: string) => (stderr.isTTY ? foldFor(stderr, logLine(json, colorsFor(stderr, io))) : json);
  return {
    env,
    cwd,
    version: '0.1.0',
    nodeVersion: '24.21.0',
    invocation,
    console: { write: stdout.write, color: false, width: stdout.columns },
    logStream: { write: (json) => void stderr.write(shown(json)) },
    onHangup: () => undefined,
  };
}

function streams(options: RunOptions) {
  const stdout = capture(options, options.onStdout);
  const stderr = capture(options, options.onStderr);
  const never = new AbortController().signal;
  const { piped } = options;
  const io: CliIo = {
    stdout: options.reader ?? stdout.output,
    stderr: stderr.output,
    terminal: null,
    firstLine: piped === undefined ? null : async () => piped.split('\n', 1).join(),
    input: options.input ?? (piped === undefined ? null : () => Readable.from([piped])),
    stop: options.stop ?? never,
    force: options.force ?? never,
    closed: options.closed ?? never,
    noColor: options.noColor ?? true,
  };
  return { io, stdout, stderr };
}

function capture(options: RunOptions, told?: RunOptions['onStderr']): { readonly output: Output; text(): string } {
  const chunks: Buffer[] = [];
  const text = () => Buffer.concat(chunks).toString('utf8');
  return {
    text,
    output: {
      isTTY: options.tty ?? false,
      columns: options.columns ?? 80,
      write: async (chunk) => {
        chunks.push(Buffer.from(chunk));
        told?.(text(), String(chunk));
      },
      written: async () => {},
    },
  };
}
