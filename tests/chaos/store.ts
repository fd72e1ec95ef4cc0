import { join } from 'node:path';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { dataDir } from '../support/data-dir.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

export const STORES = ['sqlite', 'postgres'] as const;
export type StoreKind = (typeof STORES)[number];

/** An empty database that goes when the scenario ends. */
export interface Store extends AsyncDisposable {
  readonly kind: StoreKind;
  /** The folder that all processes run in. */
  readonly dataDir: string;
  /** Where they find the database. */
  readonly env: Readonly<Record<string, string>>;
  /** Opens it beside them. */
  open(): Promise<Inbox>;
}

export async function sqliteStore(): Promise<Store> {
  const dir = await dataDir();
  return {
    kind: 'sqlite',
    dataDir: dir.path,
    env: {},
    open: () => openSqliteInbox({ path: join(dir.path, 'tidings.db'), clock: systemClock }),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

const servers = new WeakMap<Store, PostgresServer>();

/** A server of its own for each: it is stopped and started. `given`: one that runs; the store ends it. */
export async function postgresStore(given?: PostgresServer): Promise<Store> {
  const server = given ?? (await startPostgres());
  const dir = await dataDir();
  const store: Store = {
    kind: 'postgres',
    dataDir: dir.path,
    env: { DATABASE_URL: server.url },
    open: () => openPostgresInbox({ url: new Secret(server.url), clock: systemClock }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
  servers.set(store, server);
  return store;
}

/** @throws Error for a store without a server */
export function postgresOf(store: Store): PostgresServer {
  const server = servers.get(store);
  if (server === undefined) throw new Error(`${store.kind} has no server`);
  return server;
}
