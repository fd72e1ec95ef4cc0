import { existsSync } from 'node:fs';
import { copy, countCopy } from '../inbox/copy/copy.ts';
import { openPostgresSource, openPostgresTarget } from '../inbox/copy/postgres-side.ts';
import { CopyError, type Side } from '../inbox/copy/side.ts';
import { openSqliteSource, openSqliteTarget } from '../inbox/copy/sqlite-side.ts';
import { type DatabaseAddress, schemaOf, upgrade } from '../inbox/schema.ts';
import { systemClock } from '../shared/clock.ts';
import type { Migration } from '../surface/cli/app-port.ts';
import { readAddress } from '../surface/config/database-address.ts';
import { loadConfig } from '../surface/config/load-config.ts';
import type { Surroundings } from './surroundings.ts';

/** The database's schema, and moving all of a database to another. */
export function migration({ env, cwd }: Surroundings): Migration {
  const configured = async () => (await loadConfig({ env, cwd, readOnly: true })).database;
  return {
    schema: async () => schemaOf(await configured()),
    upgrade: async () => upgrade(await configured()),
    address: (text) => readAddress(text, { env, cwd }),
    async count(from, to) {
      refuseItself(from, to);
      await using source = await openSource(from);
      await using target = (await isThere(to)) ? await openTarget(to) : null;
      return await countCopy(source, target);
    },
    async copy(from, to, onProgress) {
      refuseItself(from, to);
      await using source = await openSource(from);
      await using target = await openTarget(to);
      return await copy(source, target, onProgress, () => systemClock.now());
    },
  };
}

function refuseItself(from: DatabaseAddress, to: DatabaseAddress): void {
  const isSame =
    from.kind === 'sqlite'
      ? to.kind === 'sqlite' && from.path === to.path
      : to.kind === 'postgres' && from.url.reveal() === to.url.reveal();
  if (isSame) throw new CopyError('--from and --to name the same database.');
}

/** Counting makes no database and no tables. */
async function isThere(database: DatabaseAddress): Promise<boolean> {
  if (database.kind === 'sqlite' && !existsSync(database.path)) return false;
  const { found, newest } = await schemaOf(database);
  return found === newest;
}

function openSource(database: DatabaseAddress): Promise<Side> {
  return database.kind === 'sqlite' ? openSqliteSource(database.path) : openPostgresSource(database.url);
}

function openTarget(database: DatabaseAddress): Promise<Side> {
  return database.kind === 'sqlite' ? openSqliteTarget(database.path) : openPostgresTarget(database.url);
}
