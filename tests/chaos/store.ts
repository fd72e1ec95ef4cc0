import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { freshDatabase } from '../support/postgres.ts';
import { type OwnDisk, openOwnDisk } from './own-disk.ts';
import { type Pooler, startPooler } from './pooler.ts';
import { type PostgresPair, startPair } from './postgres-pair.ts';
import { type PostgresServer, type ServerOptions, startPostgres } from './postgres-server.ts';

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
    open: () => openInbox(dir.path),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

const servers = new WeakMap<Store, PostgresServer>();
const poolers = new WeakMap<Store, Pooler>();
const pairs = new WeakMap<Store, PostgresPair>();
const disks = new WeakMap<Store, OwnDisk>();

/** A server of its own for each: it is stopped and started. */
export async function postgresStore(options: ServerOptions = {}): Promise<Store> {
  const server = await startPostgres(options);
  const store = await storeAt(server.url, [server]);
  servers.set(store, server);
  return store;
}

/** A database on the server that `DATABASE_URL_TEST` names. */
export async function somebodysStore(): Promise<Store> {
  const fresh = await freshDatabase({ empty: true });
  return storeAt(fresh.url, [fresh]);
}

/** Two of them, found by the address of both. */
export async function pairStore(settings: readonly string[] = []): Promise<Store> {
  const pair = await startPair(settings);
  const store = await storeAt(pair.url, [pair]);
  pairs.set(store, pair);
  return store;
}

/** A server that is reached through a pooler. */
export async function pooledStore(): Promise<Store> {
  const server = await startPostgres();
  const pooler = await startPooler(server.url);
  const store = await storeAt(pooler.url, [pooler, server]);
  poolers.set(store, pooler);
  return store;
}

/** A server whose data lie on a small disk, and whose log is made of new files. */
export async function onDiskStore(): Promise<Store> {
  const disk = await openOwnDisk();
  const settings = ['wal_recycle=off', 'min_wal_size=32MB', 'max_wal_size=64MB'];
  const server = await startPostgres({ disk: disk.path, settings });
  const store = await storeAt(server.url, [server, disk]);
  servers.set(store, server);
  disks.set(store, disk);
  return store;
}

/** Whatever stands at this address; `behind` it are what ends with the store, in this order. */
async function storeAt(url: string, behind: readonly AsyncDisposable[]): Promise<Store> {
  const dir = await dataDir();
  return {
    kind: 'postgres',
    dataDir: dir.path,
    env: { DATABASE_URL: url },
    open: () => openPostgresInbox({ url: new Secret(url), clock: systemClock }),
    async [Symbol.asyncDispose]() {
      for (const each of behind) await each[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** @throws Error for a store without a server */
export function postgresOf(store: Store): PostgresServer {
  const server = servers.get(store);
  if (server === undefined) throw new Error(`${store.kind} has no server`);
  return server;
}

/** @throws Error for a store without two */
export function pairOf(store: Store): PostgresPair {
  const pair = pairs.get(store);
  if (pair === undefined) throw new Error(`${store.kind} has no two servers`);
  return pair;
}

/** @throws Error for a store without a pooler */
export function poolerOf(store: Store): Pooler {
  const pooler = poolers.get(store);
  if (pooler === undefined) throw new Error(`${store.kind} has no pooler`);
  return pooler;
}

/** @throws Error for a store without a disk of its own */
export function diskOf(store: Store): OwnDisk {
  const disk = disks.get(store);
  if (disk === undefined) throw new Error(`${store.kind} has no disk of its own`);
  return disk;
}
