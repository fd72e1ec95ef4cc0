import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTITY, NOBODY } from '../support/postgres-programs.ts';
import { freePort } from '../support/tidings-process.ts';

/** PgBouncer in transaction mode: a session lasts as long as a transaction. */
export interface Pooler extends AsyncDisposable {
  readonly url: string;
  /** kill -9, and started again. */
  restart(): Promise<void>;
}

/** Fewer connections to the server than the processes have to it. */
const CONNECTIONS = 12;

/** Null when there is one; else why not. */
export function poolerMissing(): string | null {
  const isThere = spawnSync('pgbouncer', ['--version'], { env: PATH }).status === 0;
  return isThere ? null : 'PgBouncer is not installed (apt-get install pgbouncer)';
}

/** Debian keeps it among the programs for root. */
const PATH = { PATH: `${process.env['PATH']}:/usr/sbin` };

/** In front of the database of a `postgres://…` URL. */
export async function startPooler(behind: string): Promise<Pooler> {
  const { hostname, port: to, username, password, pathname } = new URL(behind);
  const database = pathname.slice(1);
  const folder = await mkdtemp(join(tmpdir(), 'tidings-pooler-'));
  if (IDENTITY.uid !== undefined) await chown(folder, NOBODY, NOBODY);
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
${database} = host=${hostname} port=${to || 5432} user=${username}${password && ` password=${decodeURIComponent(password)}`}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${CONNECTIONS}
max_client_conn = 500
`,
  );
  let running: ChildProcess | undefined;
  process.once('exit', () => running?.kill('SIGKILL'));

  async function start(): Promise<void> {
    const child = spawn('pgbouncer', [file], {
      ...IDENTITY,
      cwd: folder,
      env: PATH,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (/process up/.test(text)) resolve();
      });
      child.once('exit', () => reject(new Error(`PgBouncer does not start: ${said}`)));
      child.once('error', reject);
    });
  }

  async function stop(): Promise<void> {
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url: `postgres://${username}@127.0.0.1:${port}/${database}`,
    async restart() {
      await stop();
      await start();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
