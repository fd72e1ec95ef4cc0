import { type Database, one } from '../database.ts';
import { UnusableError } from './opening-problem.ts';

/** 0: there are no tables. */
export function schemaVersion(db: Database): number {
  return one<{ user_version: number }>(db.prepare('PRAGMA user_version'))?.user_version ?? 0;
}

const TABLES = `
  SELECT count(*) AS count, coalesce(sum(name = 'segments'), 0) AS ours
  FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/** Asked before anything is written. @throws UnusableError when other programs' tables are in it, and none of Tidings' */
export function refuseForeign(db: Database): void {
  const tables = one<{ count: number; ours: number }>(db.prepare(TABLES));
  if (schemaVersion(db) === 0 ? tables?.count !== 0 : tables?.ours !== 1) {
    throw new UnusableError(
      "it is another program's database. Set DATA_DIR or DATABASE_URL to another place. Nothing was changed",
    );
  }
}
