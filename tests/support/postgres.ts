import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../../src/inbox/postgres/migrate.ts';
import { openDatabase } from '../../src/inbox/postgres/server/database.ts';
import { Secret } from '../../src/shared/secret.ts';
import { PATIENCE_MS } from './patience.ts';
import { freePort } from './tidings-process.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

let server: Promise<string> | undefined;
/** No machine loses its power in these tests; `npm run chaos` and `bench` have servers that wait for the disk. */
let settings: readonly string[] = ['fsync=off'];
let template: Promise<string> | undefined;

/** A new database with Tidings' tables (`empty`: without), dropped by `await using`. The server is that of `npm test`, or this process's own. */
export async function freshDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const base = await (server ??= startServer());
  const from = empty ? 'template1' : await (template ??= migratedTemplate(base));
  const name = newName();
  await admin(base, `CREATE DATABASE ${name} TEMPLATE ${from}`);
  return {
    url: at(base, name),
    [Symbol.asyncDispose]: () => admin(base, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** `name=value`, for the server that the first `freshDatabase` starts, in place of its own. */
export function useServerSettings(wanted: readonly string[]): void {
  settings = wanted;
}

/** Node's arguments for a program that runs a server on `port` as long as its standard input is open. */
export function supervised(port: number): readonly string[] {
  return [fileURLToPath(new URL('./postgres-supervisor.ts', import.meta.url)), `${port}`, ...settings];
}

/**
 * `DATABASE_URL_TEST` names a server to use instead, which may still be starting; its user must be allowed to create
 * databases. `npm test` starts one for all files.
 */
async function startServer(): Promise<string> {
  const given = process.env['DATABASE_URL_TEST'];
  if (given) return answering(given);
  const port = await freePort();
  const supervisor = spawn(process.execPath, supervised(port), { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = once(supervisor, 'exit').then(() => {
    throw new Error('the test server of Postgres did not start');
  });
  await Promise.race([once(supervisor.stdout, 'data'), failed]);
  // It may outlive no test, and no test waits for it.
  failed.catch(() => undefined);
  supervisor.unref();
  (supervisor.stdin as unknown as Socket).unref();
  (supervisor.stdout as unknown as Socket).unref();
  return `postgres://postgres@127.0.0.1:${port}/`;
}

async function answering(url: string): Promise<string> {
  for (const deadline = performance.now() + PATIENCE_MS; ; await setTimeout(100)) {
    try {
      await query(maintenance(url), 'SELECT 1');
      return url;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

async function migratedTemplate(base: string): Promise<string> {
  const name = newName();
  await admin(base, `CREATE DATABASE ${name}`);
  // Nothing is left on somebody's server; ours goes as a whole.
  if (isSomebodys()) process.once('beforeExit', () => void admin(base, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const db = openDatabase(new Secret(at(base, name)), name);
  await migrate(db);
  await db.close();
  return name;
}

/** `npm test` names its own server in the same variable. */
export function isSomebodys(): boolean {
  return Boolean(process.env['DATABASE_URL_TEST']) && process.env['DATABASE_URL_TEST_IS_OURS'] !== 'yes';
}

const newName = () => `tidings_test_${randomBytes(6).toString('hex')}`;

function at(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = name;
  return url.href;
}

async function admin(base: string, sql: string): Promise<void> {
  await query(maintenance(base), sql);
}

/** Where one connects to make others: the database that the URL names, or the one that is always there. */
function maintenance(base: string): string {
  return new URL(base).pathname.length > 1 ? base : at(base, 'postgres');
}

/** One statement, on a connection of its own. */
export async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
