import { existsSync } from 'node:fs';
import { type CopyOutcome, type CopyProgress, copy, countCopy } from '../inbox/copy/copy.ts';
import { openPostgresSource, openPostgresTarget } from '../inbox/copy/postgres-side.ts';
import { CopyError, type Side } from '../inbox/copy/side.ts';
import { openSqliteSource, openSqliteTarget, openSqliteToCount } from '../inbox/copy/sqlite-side.ts';
import { type DatabaseAddress, schemaOf } from '../inbox/schema.ts';
import { systemClock } from '../shared/clock.ts';

export type { CopyProgress };

/** @throws CopyError */
export async function countDatabase(from: DatabaseAddress, to: DatabaseAddress): ReturnType<typeof countCopy> {
  refuseItself(from, to);
  await using source = await openCounted(from, openPostgresSource);
  await using target = (await isThere(to)) ? await openCounted(to, openPostgresTarget) : null;
  return await countCopy(source, target);
}

/** @throws CopyError */
export async function copyDatabase(
  from: DatabaseAddress,
  to: DatabaseAddress,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopyOutcome> {
  refuseItself(from, to);
  await using source = await openSource(from);
  await using target = await openTarget(to);
  return await copy(source, target, onProgress, () => systemClock.now());
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

function openCounted(database: DatabaseAddress, openPostgres: typeof openPostgresSource): Promise<Side> {
  return database.kind === 'sqlite' ? openSqliteToCount(database.path) : openPostgres(database.url);
}

function openTarget(database: DatabaseAddress): Promise<Side> {
  return database.kind === 'sqlite' ? openSqliteTarget(database.path) : openPostgresTarget(database.url);
}
