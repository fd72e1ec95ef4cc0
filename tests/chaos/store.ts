import { join } from 'node:path';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { dataDir } from '../support/data-dir.ts';

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
