import { type Facts, FIRST_PAIR, tokensOf } from '../../search/tokens.ts';
import { searchedOf, type WordsAbout } from '../../search/words-about.ts';
import type { Query } from '../server/database.ts';
import { putTokens } from './write.ts';

const EVENTS_AT_ONCE = 250;

const NEXT = `
  SELECT e.id, e.source, e.type, d.action, d.repo, d.actor, d.about, d.state, d.replays, d.event_id IS NOT NULL AS "isDecided", s.event_id IS NOT NULL AS "isThere"
  FROM tidings.events e LEFT JOIN tidings.decisions d ON d.event_id = e.id LEFT JOIN tidings.search s ON s.event_id = e.id
  WHERE e.id < $1 ORDER BY e.id DESC LIMIT ${EVENTS_AT_ONCE}`;

interface Row extends Facts, WordsAbout {
  readonly id: number;
  readonly isDecided: boolean;
  readonly isThere: boolean;
}

/** What was decided before the store was searched by tokens, from the newest back. Of those decided before their words were kept, these stand in bodies alone. */
export async function bringOverSearch(tx: Query): Promise<'more' | 'done'> {
  const [rest] = await tx.rows<{ below: number }>('SELECT below FROM tidings.search_rest');
  const below = rest?.below ?? 0;
  if (below === 0) return 'done';
  const rows = await tx.rows<Row>(NEXT, [below]);
  const missing = rows.filter(({ isDecided, isThere }) => isDecided && !isThere);
  await putTokens(
    tx,
    missing.map(({ id, ...facts }) => ({ id, tokens: tokensOf(facts, searchedOf(facts), FIRST_PAIR) })),
  );
  const next = rows.length < EVENTS_AT_ONCE ? 0 : (rows.at(-1)?.id ?? 0);
  await tx.rows('UPDATE tidings.search_rest SET below = $1', [next]);
  return next === 0 ? 'done' : 'more';
}
