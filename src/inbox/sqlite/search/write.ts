import type { EventId } from '../../../model/event.ts';
import { type Facts, PAIRS, tokensOf } from '../../search/tokens.ts';
import { all, type Database, scalar } from '../database.ts';

/**
 * So many events go into the index at once: one by one each writes 26 kB of log, which the next receipt's commit has to bring to the
 * disk; this way 5 or 6.
 */
const AT_ONCE = 256;

/**
 * What is put at once is a piece of its own in the index, and pieces are merged until few are left. Left to itself FTS5 merges 64 pages
 * and more at a time (44 ms in one commit of a thousand); so many for each piece keep up with it, and take about 1 ms.
 */
const MERGE = "INSERT INTO search (search, rank) VALUES ('merge', 64)";

export interface SearchWriter {
  /** In place of what it was found by before. */
  put(id: EventId, tokens: readonly string[]): void;
  /** After what was put: now and then takes it into the index. */
  settle(): void;
}

/** Inside the caller's transaction. */
export function searchWriter(db: Database): SearchWriter {
  const put = db.prepare('INSERT OR REPLACE INTO search_next (event_id, tokens) VALUES (?, ?)');
  const count = db.prepare('SELECT count(*) FROM search_next');
  const selectNext = db.prepare('SELECT event_id AS id, tokens FROM search_next ORDER BY event_id');
  const clear = db.prepare('DELETE FROM search_next');
  const index = searchIndex(db);

  return {
    put: (id, tokens) => void put.run(id, tokens.join(' ')),

    settle() {
      if (scalar(count) < AT_ONCE) return;
      index(all(selectNext));
      clear.run();
    },
  };
}

/** Puts events into the index itself. In the order of ids it is quicker. */
export function searchIndex(
  db: Database,
): (events: readonly { readonly id: EventId; readonly tokens: string }[]) => void {
  const put = db.prepare('INSERT OR REPLACE INTO search (rowid, tokens) VALUES (?, ?)');
  const merge = db.prepare(MERGE);

  return (events) => {
    for (const { id, tokens } of events) put.run(id, tokens);
    merge.run();
  };
}

/** Nothing finds these events any more: they are deleted. Inside the caller's transaction. */
export function searchForgetter(db: Database): (ids: readonly EventId[]) => void {
  const forgetNext = db.prepare('DELETE FROM search_next WHERE event_id IN (SELECT value FROM json_each(?))');
  const forget = db.prepare('DELETE FROM search WHERE rowid IN (SELECT value FROM json_each(?))');
  const merge = db.prepare(MERGE);

  return (ids) => {
    forgetNext.run(JSON.stringify(ids));
    forget.run(JSON.stringify(ids));
    merge.run();
  };
}

const FACTS = `
  SELECT id, source, type, action, repo, state, replays FROM events
  WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'pending' ORDER BY id`;

/** They are found by what is stored of them now alone, no more by words: these are forgotten. Inside the caller's transaction. */
export function wordsForgetter(db: Database): (ids: readonly EventId[]) => void {
  const select = db.prepare(FACTS);
  const forget = searchForgetter(db);
  const index = searchIndex(db);

  return (ids) => {
    const facts = all<Facts & { id: EventId }>(select, JSON.stringify(ids));
    forget(ids);
    index(facts.map((each) => ({ id: each.id, tokens: tokensOf(each, null, PAIRS).join(' ') })));
  };
}
