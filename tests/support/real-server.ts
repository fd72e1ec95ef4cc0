import { spawn, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { dataDir } from './data-dir.ts';
import { PATIENCE_MS } from './patience.ts';
import { freePort } from './tidings-process.ts';

/** A server's own folder, and the port of the loopback that it listens on. */
interface Place {
  readonly folder: string;
  readonly port: number;
  /** For what else it listens for. */
  readonly others: readonly number[];
}

interface Kind {
  /** Of Debian. */
  readonly package: string;
  /** Where it is, if `PATH` leads to another one. */
  readonly at?: string;
  /** What it writes once it takes connections. */
  readonly ready: RegExp;
  args(place: Place): readonly string[];
  env?(place: Place): Readonly<Record<string, string>>;
  /** Makes the data folder that it begins with: program and arguments. */
  first?(place: Place): readonly [string, ...string[]];
  /** In sh: what runs beside it, in its group. */
  readonly beside?: string;
}

const USER = process.getuid?.() === 0 ? ['--user=root'] : [];

const KINDS = {
  'nats-server': {
    package: 'nats-server',
    ready: /Server is ready/,
    args: ({ folder, port }) => ['-a', '127.0.0.1', '-p', `${port}`, '-js', '-sd', folder],
  },
  'redis-server': {
    package: 'redis-server',
    ready: /Ready to accept connections/,
    args: ({ folder, port }) => [
      '--bind',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ],
  },
  mariadbd: {
    package: 'mariadb-server',
    ready: /ready for connections/,
    first: ({ folder }) => [
      'mariadb-install-db',
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      ...USER,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    args: ({ folder, port }) => [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      ...USER,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--innodb-buffer-pool-size=16M',
    ],
  },
  'rabbitmq-server': {
    package: 'rabbitmq-server',
    // The one in Debian's PATH becomes another user, with the folders of the system's own.
    at: '/usr/lib/rabbitmq/bin/rabbitmq-server',
    ready: /Server startup complete/,
    // The name server that Erlang starts by itself would outlive it.
    beside: 'epmd &',
    args: () => [],
    env: ({ folder, port, others: [distribution, names] }) => ({
      RABBITMQ_NODENAME: 'tidings@localhost',
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: `${port}`,
      RABBITMQ_DIST_PORT: `${distribution}`,
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      ERL_EPMD_PORT: `${names}`,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_LOGS: '-',
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_PID_FILE: join(folder, 'pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
      RABBITMQ_CONFIG_FILE: join(folder, 'settings'),
      RABBITMQ_CONF_ENV_FILE: join(folder, 'variables'),
    }),
  },
  // Both are given a file of their own settings.
  nginx: {
    package: 'nginx',
    ready: /start worker processes/,
    args: ({ folder }) => ['-e', 'stderr', '-p', folder],
  },
  caddy: {
    package: 'caddy',
    ready: /serving initial configuration/,
    args: () => ['run', '--adapter', 'caddyfile'],
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type RealServerName = keyof typeof KINDS;

export interface RealServer extends AsyncDisposable, Place {
  /** What its own tools need, to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves when it has written that, since it was last started. */
  said(pattern: RegExp): Promise<void>;
  /** SIGKILL for it and all it started. Resolves when none is left. */
  kill(): Promise<void>;
  /** On the same data and port, after `kill`. Resolves when it takes connections. */
  start(): Promise<void>;
}

/** For `{ skip }` of a test: false where the program is there, else what to type. */
export function lacksServer(name: RealServerName): string | false {
  if (programOf(name) !== null) return false;
  return `no ${name} here; on Debian: apt-get install ${KINDS[name].package}`;
}

/** Runs as long as its standard input is open: no end of a test leaves it behind. What it started is of its group, and goes with it. */
const GUARDED = '"$0" "$@"; kill -9 0; } & read -r line; kill -9 0';

/** The real program, as Debian packages it, with its data in a folder that goes with it. `args` are said after its own. */
export async function startServer(name: RealServerName, args: readonly string[] = []): Promise<RealServer> {
  const program = programOf(name) ?? '';
  if (program === '') throw new Error(`no ${name} here`);
  const kind: Kind = KINDS[name];
  const dir = await dataDir();
  const place = { folder: dir.path, port: await freePort(), others: [await freePort(), await freePort()] };
  const env = { PATH: PATH.join(delimiter), HOME: dir.path, ...kind.env?.(place) };
  const wakes = new EventEmitter().setMaxListeners(0);
  let output = '';
  let kill = async () => {};

  async function start(): Promise<void> {
    output = '';
    const started = ['-c', `{ ${kind.beside ?? ''} ${GUARDED}`, program, ...kind.args(place), ...args];
    const child = spawn('/bin/sh', started, { cwd: dir.path, env, detached: true, stdio: 'pipe' });
    const heard = (text: string) => {
      output += text;
      wakes.emit('heard');
    };
    child.stdout.setEncoding('utf8').on('data', heard);
    child.stderr.setEncoding('utf8').on('data', heard);
    child.stdin.on('error', () => undefined);
    // Its pipes close when the last of its group is gone.
    const closed = once(child, 'close');
    kill = async () => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
      await closed;
    };
    const timer = setTimeout(() => void kill(), PATIENCE_MS);
    const failed = closed.then(() => {
      throw new Error(`${name} did not start: ${output.slice(-2_000)}`);
    });
    failed.catch(() => undefined);
    await Promise.race([said(kind.ready), failed]);
    clearTimeout(timer);
  }

  async function said(pattern: RegExp): Promise<void> {
    while (!pattern.test(output)) await once(wakes, 'heard');
  }

  async function end(): Promise<void> {
    await kill();
    await dir[Symbol.asyncDispose]();
  }

  try {
    if (kind.first) make(kind.first(place), env);
    await start();
  } catch (error) {
    await end();
    throw error;
  }
  return { ...place, env, said, start, kill: () => kill(), [Symbol.asyncDispose]: end };
}

function make([program, ...args]: readonly [string, ...string[]], env: Readonly<Record<string, string>>): void {
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stdout}${stderr}`);
}

/** A daemon is often where only root's PATH leads. */
const PATH = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

function programOf(name: RealServerName): string | null {
  const { at }: Kind = KINDS[name];
  const places = PATH.filter((folder) => folder !== '').map((folder) => resolve(folder, name));
  return [at ?? '', ...places].find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
