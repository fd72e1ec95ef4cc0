import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { IDENTITY, NOBODY, postgresPrograms } from '../support/postgres-programs.ts';
import { freePort } from '../support/tidings-process.ts';

/** `fast` and `immediate` are pg_ctl's: rolled back and shut down, or left as after a crash. */
export type Shutdown = 'fast' | 'immediate' | 'kill -9';

/** A server of our own, which may be stopped and started: on one port, with one folder. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  readonly maxConnections: number;
  stop(how: Shutdown): Promise<void>;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  /** A connection from outside; `undefined` when there is none left. */
  connect(): Promise<pg.Client | undefined>;
  /** A base backup while it runs, by https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP */
  backUp(): Promise<PostgresBackup>;
}

/** A data folder, and what it needs beside it to be started. */
export interface PostgresBackup {
  /** A server on the copy, once. */
  restore(): Promise<PostgresServer>;
}

const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', 'kill -9': 'SIGKILL' } as const;
const MAX_CONNECTIONS = 100;
const READY = /ready to accept connections/;

/** On an empty folder, or on one that holds `data` already. */
export async function startPostgres(given?: string): Promise<PostgresServer> {
  const folder = given ?? (await newFolder());
  const bin = postgresPrograms(folder);
  const data = join(folder, 'data');
  if (given === undefined) {
    const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
    const made = spawnSync(join(bin, 'initdb'), args, { ...IDENTITY, cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  }
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `max_connections=${MAX_CONNECTIONS}`];
  let running: ChildProcess | undefined;
  // A run that is broken off leaves no server behind.
  process.once('exit', () => running?.kill('SIGQUIT'));

  /** False when it ended instead: after kill -9 its orphans hold the shared memory for a moment. */
  async function tryStart(): Promise<boolean> {
    const child = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', `${port}`, ...settings.flatMap((each) => ['-c', each])],
      {
        ...IDENTITY,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    running = child;
    return new Promise((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (READY.test(text)) resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
  }

  const server: PostgresServer = {
    url,
    maxConnections: MAX_CONNECTIONS,
    async start() {
      for (let tries = 0; !(await tryStart()); tries++) {
        if (tries === 50) throw new Error('Postgres does not start');
      }
    },
    async stop(how) {
      const child = running;
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill(SIGNALS[how]);
      await once(child, 'exit');
    },
    async connect() {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return client;
      } catch {
        return undefined;
      }
    },
    backUp: () => backUp(server, data),
    async [Symbol.asyncDispose]() {
      await server.stop('immediate');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-chaos-'));
  if (IDENTITY.uid !== undefined) await chown(folder, NOBODY, NOBODY);
  return folder;
}

async function backUp(server: PostgresServer, data: string): Promise<PostgresBackup> {
  const folder = await newFolder();
  const copy = join(folder, 'data');
  const client = await server.connect();
  if (client === undefined) throw new Error('no connection to back up from');
  try {
    await client.query("SELECT pg_backup_start('chaos', true)");
    // Files that go meanwhile are missed by nobody: the log makes them again, or their end.
    await copied(data, copy);
    const { rows } = await client.query<{ label: string }>('SELECT labelfile AS label FROM pg_backup_stop(false)');
    await rm(join(copy, 'pg_wal'), { recursive: true });
    await copied(join(data, 'pg_wal'), join(copy, 'pg_wal'));
    await rm(join(copy, 'postmaster.pid'), { force: true });
    await writeFile(join(copy, 'backup_label'), rows[0]?.label ?? '');
    if (IDENTITY.uid !== undefined) await chown(join(copy, 'backup_label'), NOBODY, NOBODY);
  } finally {
    await client.end();
  }
  return { restore: () => startPostgres(folder) };
}

/** With owners and modes. */
async function copied(from: string, to: string): Promise<void> {
  await once(spawn('cp', ['-a', from, to], { stdio: 'ignore' }), 'exit');
}
