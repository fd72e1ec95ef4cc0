import type { EventId } from '../../../model/event.ts';
import { type Facts, PAIRS, tokensOf } from '../../search/tokens.ts';
import { dispensable } from '../damage/corrupt.ts';
import { all, type Database, scalar } from '../database.ts';

/**
 * So many events go into the index at once: one by one each writes 26 kB of log, which the next receipt's commit has to bring to the
 * disk; this way 5 or 6.
 */
const AT_ONCE = 256;

/**
 * What is put at once is a piece of its own in the index, and pieces are merged until few are left. So many pages for so many events keep up
 * with it: 400,000 events leave 9 pieces. 64 pages at once, as FTS5 does by itself, took 60 ms.
 */
const MERGED_AFTER = 64;
const MERGE = "INSERT INTO search (search, rank) VALUES ('merge', 10)";

export interface SearchWriter {
  /** In place of what it was found by before. */
  put(id: EventId, tokens: readonly string[]): void;
  /** After what was put: now and then takes it into the index, and merges a little. */
  settle(): void;
}

/** Inside the caller's transaction. */
export function searchWriter(db: Database): SearchWriter {
  const put = db.prepare('INSERT OR REPLACE INTO search_next (event_id, tokens) VALUES (?, ?)');
  const count = db.prepare('SELECT count(*) FROM search_next');
  const selectNext = db.prepare('SELECT event_id AS id, tokens FROM search_next ORDER BY event_id');
  const clear = db.prepare('DELETE FROM search_next');
  const index = searchIndex(db);
  const merge = searchMerger(db);
  const dispense = dispensable();
  let unmerged = 0;

  function takeIn(): void {
    merge(unmerged);
    unmerged = 0;
    if (scalar(count) < AT_ONCE) return;
    index(all(selectNext));
    clear.run();
  }

  return {
    put(id, tokens) {
      dispense(0, () => put.run(id, tokens.join(' ')));
      unmerged += 1;
    },

    settle() {
      // Whoever cannot be found by words any more is decided and told all the same.
      dispense(0, takeIn);
    },
  };
}

/** Puts events into the index itself. In the order of ids it is quicker. */
export function searchIndex(
  db: Database,
): (events: readonly { readonly id: EventId; readonly tokens: string }[]) => void {
  const put = db.prepare('INSERT OR REPLACE INTO search (rowid, tokens) VALUES (?, ?)');
  return (events) => {
    for (const { id, tokens } of events) put.run(id, tokens);
  };
}

/** To be told how many events were put. */
export function searchMerger(db: Database): (events: number) => void {
  const merge = db.prepare(MERGE);
  let unmerged = 0;
  return (events) => {
    unmerged += events;
    for (; unmerged >= MERGED_AFTER; unmerged -= MERGED_AFTER) merge.run();
  };
}

/** Nothing finds these events any more: they are deleted. Inside the caller's transaction. */
export function searchForgetter(db: Database): (ids: readonly EventId[]) => void {
  const forgetNext = db.prepare('DELETE FROM search_next WHERE event_id IN (SELECT value FROM json_each(?))');
  const forget = db.prepare('DELETE FROM search WHERE rowid IN (SELECT value FROM json_each(?))');

  return (ids) => {
    forgetNext.run(JSON.stringify(ids));
    forget.run(JSON.stringify(ids));
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
