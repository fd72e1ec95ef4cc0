import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { IDENTITY, NOBODY, postgresPrograms } from '../support/postgres-programs.ts';
import { freePort } from '../support/tidings-process.ts';

/**
 * `fast` and `immediate` are pg_ctl's: rolled back and shut down, or left as after a crash. `kill -9` hits the postmaster alone,
 * `power cut` all its processes in the same moment.
 */
export type Shutdown = 'fast' | 'immediate' | 'kill -9' | 'power cut';

/** A server of our own, which may be stopped and started: on one port, with one folder. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Its data. */
  readonly folder: string;
  readonly maxConnections: number;
  stop(how: Shutdown): Promise<void>;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  /** Resolves when it has ended, by itself or not. */
  ended(): Promise<void>;
  /** A connection from outside; `undefined` when there is none left. */
  connect(): Promise<pg.Client | undefined>;
}

export interface ServerOptions {
  /** `name=value` */
  readonly settings?: readonly string[];
  /** Where its data folder is made. Default: a folder of its own, among the temporary ones. */
  readonly disk?: string;
  /** Fills its data folder, which does not exist yet. Default: an empty cluster. */
  readonly fill?: (folder: string, port: number) => Promise<void>;
}

const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', 'kill -9': 'SIGKILL', 'power cut': 'SIGKILL' } as const;
const MAX_CONNECTIONS = 100;
const READY = /ready to accept (?:read-only )?connections/;

export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  const home = await mkdtemp(join(tmpdir(), 'tidings-chaos-'));
  if (IDENTITY.uid !== undefined) await chown(home, NOBODY, NOBODY);
  const bin = postgresPrograms(home);
  const folder = join(options.disk ?? home, 'data');
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${MAX_CONNECTIONS}`,
    ...(options.settings ?? []),
  ];
  await (options.fill ?? ((data) => emptyCluster(bin, data)))(folder, port);
  let running: ChildProcess | undefined;
  let said = '';
  let ended = Promise.resolve();
  const runs = () => running !== undefined && running.exitCode === null && running.signalCode === null;
  // A run that is broken off leaves no server behind.
  const orphaned = () => running?.kill('SIGQUIT');
  process.once('exit', orphaned);

  /** False when it ended instead: after kill -9 its orphans hold the shared memory for a moment. */
  async function tryStart(): Promise<boolean> {
    const args = ['-D', folder, '-p', `${port}`, ...settings.flatMap((each) => ['-c', each])];
    const child = spawn(join(bin, 'postgres'), args, { ...IDENTITY, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
    running = child;
    ended = new Promise((resolve) => child.once('exit', () => resolve()));
    return new Promise((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = text;
        if (READY.test(text)) resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
  }

  const server: PostgresServer = {
    url,
    port,
    folder,
    maxConnections: MAX_CONNECTIONS,
    async start() {
      if (runs()) return;
      for (let tries = 0; !(await tryStart()); tries++) {
        if (tries === 50) throw new Error(`Postgres does not start: ${said}`);
      }
    },
    ended: () => ended,
    async stop(how) {
      const child = running;
      if (child === undefined || !runs()) return;
      const backends = how === 'power cut' ? childrenOf(child) : [];
      child.kill(SIGNALS[how]);
      for (const pid of backends) endIfThere(pid);
      await ended;
    },
    async connect() {
      const client = new pg.Client({ connectionString: url, application_name: 'chaos' });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return client;
      } catch {
        return undefined;
      }
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', orphaned);
      await server.stop('immediate');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

async function emptyCluster(bin: string, data: string): Promise<void> {
  await mkdir(data, { mode: 0o700 });
  if (IDENTITY.uid !== undefined) await chown(data, NOBODY, NOBODY);
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), args, { ...IDENTITY, cwd: data, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
}

function childrenOf({ pid }: ChildProcess): readonly number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).map(Number);
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
