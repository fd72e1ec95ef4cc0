import { type Database, scalar } from './database.ts';
import { openUnchanged } from './file/open-database.ts';
import { openingProblem, UnusableError } from './file/opening-problem.ts';
import { schemaVersion } from './file/schema-version.ts';

const BUSY_TIMEOUT_MS = 500;

/** Whether the database can be written. `path`: given where this connection only reads. */
export function probeOps(db: Database, path: string | null) {
  const touch = db.prepare("INSERT INTO lanes (lane) VALUES ('expand') ON CONFLICT (lane) DO UPDATE SET lane = lane");
  const lastEvent = db.prepare('SELECT max(id) FROM events');

  return {
    /** A committed write that changes nothing: a full or read-only disk says so here. Or, reading, as much as that shows. */
    probe(): { readonly schemaVersion: number; readonly lastEventId: number } {
      if (path === null) touch.run();
      else takeWriteLock(path);
      return { schemaVersion: schemaVersion(db), lastEventId: scalar(lastEvent) };
    },
  };
}

/** Takes it and gives it back. The connection that reads stays open meanwhile, so that closing this one folds no log. */
function takeWriteLock(path: string): void {
  try {
    const db = openUnchanged(path, BUSY_TIMEOUT_MS);
    try {
      db.exec('BEGIN IMMEDIATE; ROLLBACK');
    } finally {
      db.close();
    }
  } catch (error) {
    throw new UnusableError(openingProblem(path, error instanceof Error ? error.message : String(error)));
  }
}
