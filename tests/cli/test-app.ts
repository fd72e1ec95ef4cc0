import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliIo, Output } from '../../src/cli/cli-io.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Config, RuleTest, SetDestination } from '../../src/config/config.ts';
import type { Purpose } from '../../src/config/purpose.ts';
import type { BacktestChange, BacktestRequest, BacktestSummary } from '../../src/model/backtest.ts';
import type { Untold } from '../../src/model/fate.ts';
import type { Archive, LaneDepth, LaneHead, ReplaySelection } from '../../src/model/inbox/archive.ts';
import type { EventFilter, EventRecord } from '../../src/model/inbox/records.ts';
import type { RecoverRequest, Recovery } from '../../src/model/recovery.ts';
import type { Rehearsed } from '../../src/model/rehearsal.ts';
import { ANY, NOBODY } from '../../src/model/rule.ts';
import type { SlackDesk } from '../../src/model/slack-desk.ts';
import type { Received, Source, SourceRequest } from '../../src/model/source.ts';
import type { AppPort, LoadedApp, Role, Running, SeenActivity } from '../../src/run/app-port.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';

export const NOW = Date.parse('2026-11-23T17:00:00.000Z');
export const SECRET = 'a-secret-of-a-natural-length';

export const fixedClock: Clock = { ...systemClock, now: () => NOW };

const CONSOLE: SetDestination = {
  type: 'console',
  name: 'console',
  service: null,
  words: 'this terminal',
  settings: {},
  reader: null,
};

/** A Slack channel behind an incoming webhook, or reached by a bot. */
export function slackConfig(name: string, settings: SetDestination['settings']): SetDestination {
  const words = 'token' in settings ? `bot in ${String(settings['channel'])}` : 'incoming webhook';
  return { type: 'slack', name, service: 'Slack', words, settings, reader: null };
}

export function testConfig(changes: Partial<Config> = {}): Config {
  const dataDir = join(tmpdir(), 'tidings-cli-test-that-is-not-there');
  return {
    configPath: null,
    host: '127.0.0.1',
    port: 3000,
    publicUrl: null,
    platform: null,
    dataDir,
    database: { kind: 'sqlite', path: join(dataDir, 'tidings.db') },
    sources: [
      {
        name: 'github',
        provider: 'github',
        settings: {},
        secrets: [new Secret(SECRET)],
        secretOrigin: { kind: 'environment', variable: 'GITHUB_WEBHOOK_SECRET' },
      },
    ],
    destinations: [CONSOLE],
    rules: [
      {
        name: 'default',
        on: new Map([
          ['issues', { ...ANY, types: ['opened'] }],
          ['pull_request', { ...ANY, types: ['opened', 'merged'] }],
        ]),
        sources: null,
        repos: null,
        ignore: [],
        condition: null,
        settleMs: 0,
        quiet: null,
        to: ['console'],
        mention: [],
        stop: false,
      },
    ],
    hasDefaultRules: true,
    directory: NOBODY,
    tests: [],
    notes: [],
    logLevel: 'info',
    adminToken: null,
    loopbackOpen: true,
    ngrokAuthtoken: null,
    ngrokDomain: null,
    maxBodyBytes: 25 * 1024 * 1024,
    maxInFlightBytes: 128 * 1024 * 1024,
    fromVariables: new Map(),
    rowSettings: { github_token: null, github_api_url: 'https://api.github.com' },
    ...changes,
  };
}

export function testSource(): Omit<Source, 'receive'> & { receive(request: SourceRequest): Received } {
  const sign = (body: Buffer) => createHmac('sha256', SECRET).update(body).digest('hex');
  return {
    name: 'github',
    provider: 'github',
    contentTypes: ['application/json'],
    storedHeaders: [],
    onceHeaders: ['x-signature'],
    bodies: 'unique',
    receive: ({ headers, body }) =>
      headers['x-signature'] === sign(body)
        ? { kind: 'unidentified', secretNo: 1, missing: 'header X' }
        : { kind: 'refused', cause: 'mismatch' },
    diagnose: () => 'another secret was used',
    normalise: () => ({ kind: 'skip', reason: 'x' }),
  };
}

/** What the test wants to be different, and what the commands did. */
export interface World {
  readonly config: Config;
  readonly events: EventRecord[];
  lanes: LaneDepth[];
  heads: LaneHead[];
  untold: Untold[];
  readonly activities: Map<number, SeenActivity>;
  readonly filters: EventFilter[];
  readonly replays: { selection: ReplaySelection; dryRun: boolean }[];
  readonly started: Role[];
  loadError: Error | null;
  startError: Error | 'hangs' | null;
  openError: Error | null;
  stopped: number;
  closed: number;
  recovery: Recovery | Error;
  readonly recoveries: RecoverRequest[];
  running: Running;
  slackDesk: SlackDesk;
  /** By the name of the test. */
  readonly rehearsals: Map<string, Rehearsed>;
  readonly rehearsed: RuleTest[];
  readonly backtests: { other: Config; request: BacktestRequest }[];
  readonly changes: BacktestChange[];
  summary: BacktestSummary;
  /** The file that each `load` named. */
  readonly loaded: (string | null)[];
  /** What each `load` was for. */
  readonly purposes: Purpose[];
}

export function newWorld(config: Config = testConfig()): World {
  const world: World = {
    config,
    events: [],
    lanes: [],
    heads: [],
    untold: [],
    activities: new Map(),
    filters: [],
    replays: [],
    started: [],
    loadError: null,
    startError: null,
    openError: null,
    stopped: 0,
    closed: 0,
    recovery: {
      hook: { id: 7, url: 'https://tidings.example.org/webhooks/github' },
      since: 0,
      deliveries: 0,
      missed: [],
    },
    recoveries: [],
    slackDesk: aSlackDesk(),
    rehearsals: new Map(),
    rehearsed: [],
    backtests: [],
    changes: [],
    summary: { events: 0, fewer: 0, more: 0, same: 0, unjudged: 0, unread: 0 },
    loaded: [],
    purposes: [],
    running: {
      url: 'http://localhost:3000',
      hasAdminToken: true,
      untold: [],
      tunnel: null,
      stop: async () => {
        world.stopped++;
      },
      failure: new Promise(() => {}),
    },
  };
  return world;
}

/** A Slack where all is well. */
export function aSlackDesk(changes: Partial<SlackDesk> = {}): SlackDesk {
  const releases = { id: 'C0000001', name: 'releases', isPrivate: false, isMember: true, isArchived: false };
  const scopes = ['chat:write', 'channels:read', 'groups:read'];
  return {
    whoIs: async () => ({ ok: true, value: { name: 'tidings', team: 'Acme', scopes } }),
    channels: async () => ({ ok: true, value: [releases] }),
    channel: async () => ({ ok: true, value: releases }),
    probe: async () => ({ ok: true, value: '400 no_text' }),
    hello: async () => ({ ok: true, value: null }),
    obstacle: () => null,
    ...changes,
  };
}

function archiveOf(world: World): Archive & AsyncDisposable {
  return {
    list: async (filter) => {
      world.filters.push(filter);
      const { ids, before = Number.POSITIVE_INFINITY, limit } = filter;
      return world.events.filter(({ id }) => id < before && (ids?.includes(id) ?? true)).slice(0, limit);
    },
    show: async (id) => world.events.find((event) => event.id === id) ?? null,
    known: async () => new Set<string>(),
    replay: async (selection, { dryRun }) => {
      world.replays.push({ selection, dryRun });
      return world.events.map(({ id }) => id).filter((id) => !('ids' in selection) || selection.ids.includes(id));
    },
    depths: async () => world.lanes,
    heads: async () => world.heads,
    untold: async () => world.untold,
    check: async () => ({ engine: 'sqlite', schemaVersion: 1, lastEventId: world.events.length }),
    [Symbol.asyncDispose]: async () => {
      world.closed++;
    },
  };
}

function appOf(world: World, debug: boolean): AppPort {
  const loaded: LoadedApp = {
    config: world.config,
    sources: [testSource()],
    describe: async () => ({ port: world.config.port, notes: world.config.notes, secrets: [new Secret(SECRET)] }),
    activity: async (id) => world.activities.get(id) ?? null,
    openArchive: async () => {
      if (world.openError) throw world.openError;
      return archiveOf(world);
    },
    start: async (role) => {
      if (world.startError === 'hangs') await new Promise(() => {});
      else if (world.startError) throw world.startError;
      world.started.push(role);
      return world.running;
    },
    webhooks: async () => null,
    poll: () => Promise.reject(new Error('not asked here')),
    recover: async (request) => {
      world.recoveries.push(request);
      if (world.recovery instanceof Error) throw world.recovery;
      return world.recovery;
    },
    rehearse: async (tests) => {
      world.rehearsed.push(...tests);
      return tests.map((test) => world.rehearsals.get(test.name) ?? { ok: false, problem: 'nothing is known of it' });
    },
    backtest: async (other, request, { onChange }) => {
      if (world.openError) throw world.openError;
      world.backtests.push({ other, request });
      for (const change of world.changes) await onChange(change);
      return world.summary;
    },
    sign: async ({ type, guid, body, secretEnv }) =>
      secretEnv === 'MISSING'
        ? { ok: false, problem: 'MISSING is not set.' }
        : {
            ok: true,
            headers: {
              'x-event': type,
              'x-guid': guid,
              'x-signature': createHmac('sha256', SECRET).update(body).digest('hex'),
            },
          },
  };
  return {
    version: '0.1.0',
    nodeVersion: '24.21.0',
    configFile: { path: '/nowhere/tidings.yaml', write: () => 'there' },
    envFile: { path: '/nowhere/.env', keep: () => ({ path: '/nowhere/.env', written: [], left: [], shadowed: [] }) },
    receiver: () => world.config,
    migration: {
      schema: async () => ({ name: 'sqlite', found: 1, newest: 1 }),
      upgrade: notAsked,
      address: () => {
        throw new Error('not asked here');
      },
      count: notAsked,
      copy: notAsked,
    },
    invocation: 'tidings',
    debug,
    clock: fixedClock,
    samples: async () => ({
      names: () => ['issues.opened', 'pull_request.opened', 'pull_request.merged', 'ping'],
      change: () => null,
      make: (name, n) => ({ type: name.split('.')[0] ?? name, payload: { n } }),
      set: (payload, assignments) =>
        assignments.some((each) => !each.includes('='))
          ? { ok: false, problem: '--set wants path=value.' }
          : { ok: true, payload: { ...payload, ...Object.fromEntries(assignments.map((each) => each.split('='))) } },
    }),
    slack: {
      settings: () => Promise.reject(new Error('not asked here')),
      desk: async () => world.slackDesk,
    },
    load: async ({ config, purpose = 'both' }) => {
      world.loaded.push(config ?? null);
      world.purposes.push(purpose);
      if (world.loadError) throw world.loadError;
      return loaded;
    },
  };
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
  readonly debug?: boolean;
  readonly stop?: AbortSignal;
  readonly force?: AbortSignal;
  readonly closed?: AbortSignal;
  /** Called with all of stderr so far, at each write. */
  readonly onStderr?: (text: string) => void;
  readonly onStdout?: (text: string) => void;
  /** Somebody else who reads; then the result has no stdout. */
  readonly reader?: Output;
}

export function run(world: World, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runWith(() => appOf(world, options.debug ?? false), argv, options);
}

/** The same with any app. */
export async function runWith(
  build: (io: CliIo) => AppPort,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const stdout = capture(options, options.onStdout);
  const stderr = capture(options, options.onStderr);
  const never = new AbortController().signal;
  const io: CliIo = {
    stdout: options.reader ?? stdout.output,
    stderr: stderr.output,
    terminal: null,
    firstLine: null,
    stop: options.stop ?? never,
    force: options.force ?? never,
    closed: options.closed ?? never,
    noColor: options.noColor ?? true,
  };
  const code = await runCli(argv, io, build(io));
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(options: RunOptions, told?: (text: string) => void): { readonly output: Output; text(): string } {
  const chunks: Buffer[] = [];
  const text = () => Buffer.concat(chunks).toString('utf8');
  return {
    text,
    output: {
      isTTY: options.tty ?? false,
      columns: options.columns ?? 80,
      write: async (chunk) => {
        chunks.push(Buffer.from(chunk));
        told?.(text());
      },
      written: async () => {},
    },
  };
}

const notAsked = () => Promise.reject(new Error('not asked here'));
