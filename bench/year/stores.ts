import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase } from '../../tests/support/postgres.ts';

export interface YearSize {
  /** On the disk. */
  readonly bytes: number;
  /** Of that, free for what comes: SQLite's free pages. */
  readonly freeBytes: number;
  /** Rows that are deleted and not yet cleared away: Postgres's. */
  readonly deadRows: number;
  /** How many transactions the oldest one that is still seen by somebody lies back: Postgres's. */
  readonly oldestXmin: number;
}

export interface YearStore extends AsyncDisposable {
  readonly name: 'sqlite' | 'postgres';
  open(clock: Clock): Promise<Inbox>;
  size(inbox: Inbox): Promise<YearSize>;
}

export async function sqliteStore(): Promise<YearStore> {
  const folder = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'tidings-year-'));
  return {
    name: 'sqlite',
    open: (clock) => openSqliteInbox({ path: join(folder, 'tidings.db'), clock }),
    size: async (inbox) => ({ ...(await inbox.storedSize()), deadRows: 0, oldestXmin: 0 }),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
  };
}

const SIZE = `
  SELECT (SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE schemaname = 'tidings')::float8 AS bytes,
         (SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE schemaname = 'tidings')::float8 AS "deadRows",
         (SELECT coalesce(max(age(backend_xmin)), 0) FROM pg_stat_activity WHERE pid <> pg_backend_pid())::float8 AS "oldestXmin"`;

/** On a server of this machine. Autovacuum wakes as often as the bench's days are short. */
export async function postgresStore(): Promise<YearStore> {
  const database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  return {
    name: 'postgres',
    open: (clock) => openPostgresInbox({ url: new Secret(database.url), clock }),
    async size() {
      const { rows } = await client.query<Omit<YearSize, 'freeBytes'>>(SIZE);
      const [row] = rows;
      if (row === undefined) throw new Error('Postgres said no sizes');
      return { ...row, freeBytes: 0 };
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await database[Symbol.asyncDispose]();
    },
  };
}
