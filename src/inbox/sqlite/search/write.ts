import type { EventId } from '../../../model/event.ts';
import type { Database } from '../database.ts';

/**
 * Every commit leaves a piece of its own in the index, which are merged until few are left. Left to itself FTS5 merges 64 pages and
 * more in one commit (44 ms in one of a thousand); so many for each commit of the expander keep up with it, and take about 1 ms.
 */
const MERGE = "INSERT INTO search (search, rank) VALUES ('merge', 32)";

export interface SearchWriter {
  /** In place of what it was found by before. In the order of ids it is quicker. */
  put(id: EventId, tokens: readonly string[]): void;
  /** After what was put: a little of what makes questions quick. */
  merge(): void;
}

/** Inside the caller's transaction. */
export function searchWriter(db: Database): SearchWriter {
  const put = db.prepare('INSERT OR REPLACE INTO search (rowid, tokens) VALUES (?, ?)');
  const merge = db.prepare(MERGE);

  return {
    put: (id, tokens) => void put.run(id, tokens.join(' ')),
    merge: () => void merge.run(),
  };
}

/** Nothing finds these events by their words any more: what is deleted, or forgotten. Inside the caller's transaction. */
export function searchForgetter(db: Database): (ids: readonly EventId[]) => void {
  const forget = db.prepare('DELETE FROM search WHERE rowid IN (SELECT value FROM json_each(?))');
  const merge = db.prepare(MERGE);

  return (ids) => {
    forget.run(JSON.stringify(ids));
    merge.run();
  };
}
