import { migrationsIn, refuseNewer, type Upgrade } from '../migrations.ts';
import { indexDeliveriesOfNone } from './deliveries-index.ts';
import { rewriteActivities } from './rewrite-activities.ts';
import type { Database, Query } from './server/database.ts';
import { MIGRATE_LOCK } from './server/locks.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** The migration after which deliveries are found by their guid; what takes long of it is brought over in use. */
export const DELIVERIES_BY_GUID = 5;

/** Migration → what SQL alone cannot do of it. */
const STEPS: ReadonlyMap<number, (tx: Query) => Promise<void>> = new Map([
  [3, rewriteActivities],
  [DELIVERIES_BY_GUID, indexDeliveriesOfNone],
]);

/** A migration may rewrite a large table, and whoever starts meanwhile waits for it. */
const PATIENCE = { timeoutMs: 15 * 60_000 } as const;

/** What this program's migrations lead to. */
export function newestSchemaVersion(): number {
  return migrationsIn(FOLDER).at(-1)?.version ?? 0;
}

/**
 * Brings the database to this program's schema, in one transaction. Safe when several machines start at once. Null: there was
 * nothing to do. @throws DatabaseTooNewError
 */
export async function migrate(db: Database): Promise<Upgrade | null> {
  const newest = newestSchemaVersion();
  const found = await schemaVersion(db);
  refuseNewer(found, newest);
  if (found === newest) return null;
  return db.transaction(async (tx) => {
    await tx.rows('SELECT pg_advisory_xact_lock($1)', [MIGRATE_LOCK], PATIENCE);
    await createSchema(tx);
    const from = await schemaVersion(tx);
    // Another machine was faster.
    if (from >= newest) return null;
    for (const { version, sql } of migrationsIn(FOLDER).filter((migration) => migration.version > from)) {
      await tx.rows(sql(), [], PATIENCE);
      await STEPS.get(version)?.(tx);
      await tx.rows('INSERT INTO tidings.schema_version (version) VALUES ($1)', [version]);
    }
    return { from, to: newest, copy: null };
  });
}

/** 0: there are no tables of Tidings. */
export async function schemaVersion(db: Query): Promise<number> {
  const [table] = await db.rows<{ found: boolean }>(
    "SELECT to_regclass('tidings.schema_version') IS NOT NULL AS found",
  );
  if (table?.found !== true) return 0;
  const [row] = await db.rows<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM tidings.schema_version',
  );
  return row?.version ?? 0;
}

/** IF NOT EXISTS asks for the right to create also where nothing is to be created. */
async function createSchema(tx: Query): Promise<void> {
  const [schema] = await tx.rows<{ found: boolean }>("SELECT to_regnamespace('tidings') IS NOT NULL AS found");
  if (schema?.found !== true) await tx.rows('CREATE SCHEMA tidings');
  await tx.rows(`
    CREATE TABLE IF NOT EXISTS tidings.schema_version (
      version    integer     PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
}
