import { spawnSync } from 'node:child_process';
import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { PATIENCE_MS } from '../support/patience.ts';
import { IDENTITY, NOBODY } from '../support/postgres-programs.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

/** A primary and a standby that has every commit before it is answered. They change places. */
export interface PostgresPair extends AsyncDisposable {
  /** Both hosts; users are told to write it so. */
  readonly url: string;
  readonly primary: PostgresServer;
  readonly standby: PostgresServer;
  /** The primary is cut off; the standby takes over. Resolves when it takes writes. */
  failOver(): Promise<void>;
  /** What was the primary becomes the standby of its successor, from an empty folder. Resolves when commits wait for it. */
  rejoin(): Promise<void>;
}

const SETTINGS = ['wal_keep_size=256MB', 'wal_retrieve_retry_interval=100ms'];

export async function startPair(settings: readonly string[] = []): Promise<PostgresPair> {
  const options = { settings: [...SETTINGS, ...settings] };
  let primary = await startPostgres(options);
  let standby = await startPostgres({ ...options, fill: (folder) => copyOf(primary, folder) });
  const url = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres?target_session_attrs=read-write`;
  await untilInStep(primary);
  return {
    url,
    get primary() {
      return primary;
    },
    get standby() {
      return standby;
    },
    async failOver() {
      await primary.stop('power cut');
      await asked(standby, (client) => client.query('SELECT pg_promote(true)'));
      [primary, standby] = [standby, primary];
    },
    async rejoin() {
      await rm(standby.folder, { recursive: true });
      await copyOf(primary, standby.folder);
      await standby.start();
      await untilInStep(primary);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([standby[Symbol.asyncDispose](), primary[Symbol.asyncDispose]()]);
    },
  };
}

/** As pg_basebackup does it, which does not come with the servers for tests: copied while it is in use. */
function copyOf(primary: PostgresServer, folder: string): Promise<void> {
  return asked(primary, async (client) => {
    await client.query("SELECT pg_backup_start('standby', true)");
    // What vanishes while it is copied is no longer needed.
    spawnSync('cp', ['-Rp', primary.folder, folder], { ...IDENTITY, cwd: '/' });
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    await rm(join(folder, 'postmaster.pid'), { force: true });
    const conninfo = `host=127.0.0.1 port=${primary.port} user=postgres`;
    const files = {
      backup_label: rows[0]?.labelfile ?? '',
      'standby.signal': '',
      'postgresql.auto.conf': `primary_conninfo = '${conninfo}'\n`,
    };
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, text);
      if (IDENTITY.uid !== undefined) await chown(path, NOBODY, NOBODY);
    }
  });
}

/** First it follows, then it is waited for: the other way round, commits would wait for its start. */
function untilInStep(primary: PostgresServer): Promise<void> {
  return asked(primary, async (client) => {
    await until(client, "SELECT FROM pg_stat_replication WHERE state = 'streaming'");
    await client.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await client.query('SELECT pg_reload_conf()');
    await until(client, "SELECT FROM pg_stat_replication WHERE sync_state = 'sync'");
  });
}

async function until(client: pg.Client, holds: string): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; (await client.query(holds)).rowCount === 0; ) {
    if (performance.now() > deadline) throw new Error(`not so within ${PATIENCE_MS} ms: ${holds}`);
    await setTimeout(20);
  }
}

async function asked<T>(server: PostgresServer, work: (client: pg.Client) => Promise<T>): Promise<void> {
  const client = await server.connect();
  if (client === undefined) throw new Error(`nobody answers at ${server.port}`);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
