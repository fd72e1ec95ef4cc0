import { type Facts, PAIRS, tokensOf } from '../../search/tokens.ts';
import { searchedOf, type WordsAbout } from '../../search/words-about.ts';
import type { BringOverStep } from '../bring-over.ts';
import { all, type Database, one } from '../database.ts';
import { searchIndex, searchMerger } from './write.ts';

const EVENTS_AT_ONCE = 128;

const NEXT = `
  SELECT id, source, type, action, repo, actor, about, state, replays,
         (SELECT count(*) FROM search WHERE rowid = events.id) + (SELECT count(*) FROM search_next WHERE event_id = events.id) AS isThere
  FROM events WHERE id < ? ORDER BY id DESC LIMIT ${EVENTS_AT_ONCE}`;

interface Row extends Facts, WordsAbout {
  readonly id: number;
  readonly isThere: number;
}

/** What was decided before the store was searched by tokens, from the newest back. Of those decided before their words were kept, these stand in bodies alone. */
export function bringOverSearch(db: Database): BringOverStep {
  const selectRest = db.prepare('SELECT below FROM search_rest');
  const select = db.prepare(NEXT);
  const keep = db.prepare('UPDATE search_rest SET below = ?');
  const index = searchIndex(db);
  const merge = searchMerger(db);

  return () => {
    const below = one<{ below: number }>(selectRest)?.below ?? 0;
    const rows = below === 0 ? [] : all<Row>(select, below);
    const missing = rows.filter(({ state, isThere }) => state !== 'pending' && isThere === 0);
    index(
      missing
        .toReversed()
        .map((facts) => ({ id: facts.id, tokens: tokensOf(facts, searchedOf(facts), PAIRS).join(' ') })),
    );
    merge(missing.length);
    const next = rows.length < EVENTS_AT_ONCE ? 0 : (rows.at(-1)?.id ?? 0);
    if (below !== next) keep.run(next);
    return next === 0 ? 'done' : 'more';
  };
}
