import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { CATALOG } from '../catalog.ts';
import type { DatabaseConfig } from '../config/config.ts';
import { ConfigError, type Problem } from '../config/config-error.ts';
import { parseOptions } from '../config/parse-options.ts';
import { readDatabase } from '../config/read/environment.ts';
import { createServer } from '../http/server.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { tellLog } from '../inbox/tell-log.ts';
import type { Destination } from '../model/destination.ts';
import type { Archive } from '../model/inbox/archive.ts';
import type { Source } from '../model/source.ts';
import { createPipeline } from '../run/pipeline.ts';
import { systemClock } from '../shared/clock.ts';
import { createLog, type Logger, type LogLevel } from '../shared/log.ts';
import { networkProblem } from '../shared/networks.ts';
import { Secret } from '../shared/secret.ts';
import type { PersonOptions, ReminderOptions, RetentionOptions, RuleOptions, TeamOptions } from './rule-options.ts';

const MIB = 1024 * 1024;

export interface TidingsOptions {
  /** `sqlite:` and a path, or a path alone, from the working directory; or `postgres://…`. Made when it is not there. */
  readonly database: string;
  /** At least one. */
  readonly sources: readonly Source[];
  /** At least one. */
  readonly destinations: readonly Destination[];
  /** Default: opened issues, opened and merged pull requests and new stars, to every destination. */
  readonly rules?: readonly RuleOptions[];
  /** Login → who that is. Default: nobody. */
  readonly people?: Readonly<Record<string, PersonOptions>>;
  /** `organisation/team` → a group where messages go, or its members. Default: none. */
  readonly teams?: Readonly<Record<string, TeamOptions>>;
  /** How long what is kept. Default: bodies and attempts 30 days, events 180. */
  readonly retention?: RetentionOptions;
  /** Name → which pull requests it reminds of, when, and whom. Said once `start` was called. Default: none. */
  readonly reminders?: Readonly<Record<string, ReminderOptions>>;
  /** JSON lines on stderr from this level on (default `info`), or a pino logger. */
  readonly log?: LogLevel | Logger;
  /** Opens the API beyond this machine (`listen` only). Default: nothing does. */
  readonly adminToken?: string | Secret;
  /** Opens it to look only. Default: there is none. */
  readonly viewerToken?: string | Secret;
  /** Where the world reaches `listen`. Give it behind a proxy: then the API needs the token from everywhere. */
  readonly publicUrl?: string;
  /** Addresses, networks (`10.0.0.0/8`) or `loopback`, `linklocal`, `uniquelocal`: proxies that are believed how they were called. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** False: the API of `listen` asks for the token also at this machine. Default true, while there is no `publicUrl` and no trusted proxy. */
  readonly loopbackOpen?: boolean;
  /** In bytes. Default: bodies of 25 MiB, 128 MiB of all requests not answered yet. */
  readonly limits?: { readonly maxBodyBytes?: number; readonly maxInFlightBytes?: number };
}

export interface Tidings extends AsyncDisposable {
  /** Begins to tell what is in the inbox, and keeps the process running. Without it events are only stored. */
  start(): Promise<void>;
  /**
   * Webhooks, health and the API on a port of their own. `port` 0 takes any free one; `host` is 127.0.0.1 unless given.
   * @throws Error whose message says why it cannot listen, and what to do
   */
  listen(at: { readonly port: number; readonly host?: string }): Promise<{ readonly url: string }>;
  /** `POST /webhooks/<source>` in a server that speaks web-standard requests and responses. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same in a `node:http` server. Never rejects. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** What was stored, and why it was told or not. */
  readonly events: Pick<Archive, 'list' | 'show' | 'replay'>;
  /** Resolves when the database is gone for good, such as by a crash of its thread; never otherwise. */
  readonly failure: Promise<Error>;
  /** Finishes the work in hand (10 s at most) and closes everything. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Opens the inbox and builds the pipeline. Nothing is told before `start`, nothing listens before `listen`.
 * @throws ConfigError with everything that is wrong in the options
 * @throws Error when the database cannot be opened
 */
export async function createTidings(options: TidingsOptions): Promise<Tidings> {
  const { sources, destinations, trustedProxies = [] } = options;
  checkProxies(trustedProxies);
  const { rules, directory, retention, reminders } = await parseOptions({
    rules: options.rules,
    people: options.people,
    teams: options.teams,
    retention: options.retention,
    reminders: options.reminders,
    catalog: CATALOG,
    sources,
    destinations,
  });
  const adminToken = secretOrNull(options.adminToken);
  const viewerToken = secretOrNull(options.viewerToken);
  const log = logOf(options.log);
  const inbox = await openInbox(databaseOf(options.database), systemClock, tellLog(log));
  const pipeline = createPipeline({
    inbox,
    sources,
    destinations,
    rules,
    directory,
    templates: new Map(),
    inquiries: new Map(),
    retention,
    reminders,
    limits: { maxBodyBytes: 25 * MIB, maxInFlightBytes: 128 * MIB, ...options.limits },
    secrets: new Map(),
    adminToken: () => adminToken,
    viewerToken: () => viewerToken,
    configuration: () => `${rules.length} rules, given in code`,
    publicUrl: options.publicUrl ?? null,
    trustedProxies,
    loopbackOpen: options.loopbackOpen ?? trustedProxies.length === 0,
    version: (createRequire(import.meta.url)('../../package.json') as { readonly version: string }).version,
    invocation: 'npx tidings',
    system: null,
    dashboard: null,
    clock: systemClock,
    log,
  });
  return {
    start: async () => pipeline.work(),
    async listen({ port, host = '127.0.0.1' }) {
      const server = createServer({ host, port, clock: systemClock, log });
      pipeline.serve(server);
      return server.start();
    },
    fetch: pipeline.accept.fetch,
    handle: pipeline.accept.handle,
    events: { list: inbox.list, show: inbox.show, replay: inbox.replay },
    failure: inbox.failed,
    stop: pipeline.stop,
    [Symbol.asyncDispose]: pipeline.stop,
  };
}

/** @throws ConfigError */
function checkProxies(entries: readonly string[]): void {
  const problems = entries.flatMap((entry, index) => {
    const problem = networkProblem(entry);
    return problem === null
      ? []
      : [{ where: `trustedProxies[${index}]`, message: `"${entry}" ${problem}`, excerpt: null }];
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

function databaseOf(database: string): DatabaseConfig {
  const url = /^(?:sqlite|postgres(?:ql)?):/i.test(database) ? database : `sqlite:${database}`;
  const problems: Problem[] = [];
  const cwd = process.cwd();
  const read = readDatabase(url, { cwd, dataDir: cwd }, (_, message) => {
    problems.push({ where: 'database', message, excerpt: null });
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return read;
}

function logOf(log: LogLevel | Logger = 'info'): Logger {
  return typeof log === 'string' ? createLog(log) : log;
}

function secretOrNull(value: string | Secret | undefined): Secret | null {
  if (value === undefined || value instanceof Secret) return value ?? null;
  return new Secret(value);
}
