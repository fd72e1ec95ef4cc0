import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { postgresOf, postgresStore, type Store, sqliteStore } from '../store.ts';
import { baseBackup } from './base-backup.ts';

/** What a backup left, until it is restored. */
export interface Copy {
  readonly way: string;
  /** Once: an own place with what the copy holds. */
  restore(): Promise<Store>;
}

/** At once: in smaller pieces it begins anew after every commit of another process. */
const ALL_PAGES = 2 ** 31 - 1;

/** Taken while everything runs, by the ways of docs/operations.md in turn. */
export function copyOf(store: Store, turn: number): Promise<Copy> {
  if (store.kind === 'postgres') return ofServer(store);
  return turn % 2 === 0 ? vacuumInto(store) : onlineBackup(store);
}

async function vacuumInto({ dataDir }: Store): Promise<Copy> {
  const to = join(dataDir, 'backup.db');
  const db = new DatabaseSync(join(dataDir, 'tidings.db'), { readOnly: true });
  db.prepare('VACUUM INTO ?').run(to);
  db.close();
  return { way: 'VACUUM INTO', restore: () => putInPlace(to) };
}

/** What `sqlite3 … ".backup"` does. */
async function onlineBackup({ dataDir }: Store): Promise<Copy> {
  const to = join(dataDir, 'backup.db');
  const db = new DatabaseSync(join(dataDir, 'tidings.db'), { readOnly: true });
  await backup(db, to, { rate: ALL_PAGES });
  db.close();
  return { way: 'SQLite’s online backup', restore: () => putInPlace(to) };
}

async function putInPlace(copy: string): Promise<Store> {
  const store = await sqliteStore();
  await copyFile(copy, join(store.dataDir, 'tidings.db'));
  await rm(copy);
  return store;
}

async function ofServer(store: Store): Promise<Copy> {
  const fill = await baseBackup(postgresOf(store));
  return { way: 'a base backup', restore: () => postgresStore({ fill }) };
}
