import type { EventId } from '../../../model/event.ts';
import { type Facts, FIRST_PAIR, tokensOf } from '../../search/tokens.ts';
import type { Query } from '../server/database.ts';

export interface Tokens {
  readonly id: EventId;
  readonly tokens: readonly string[];
}

const PUT = `
  INSERT INTO tidings.search (event_id, tokens)
  SELECT x.id, tidings.search_keys_1(string_to_array(x.tokens, ' '), x.id) FROM json_to_recordset($1::json) AS x (id bigint, tokens text)
  ORDER BY x.id ON CONFLICT (event_id) DO UPDATE SET tokens = excluded.tokens`;

const FACTS = `
  SELECT e.id, e.source, e.type, d.action, d.repo, d.state, d.replays
  FROM tidings.events e JOIN tidings.decisions d ON d.event_id = e.id WHERE e.id = ANY($1::bigint[])`;

/** In place of what these events were found by before. */
export async function putTokens(tx: Query, events: readonly Tokens[]): Promise<void> {
  if (events.length === 0) return;
  await tx.rows(PUT, [JSON.stringify(events.map(({ id, tokens }) => ({ id, tokens: tokens.join(' ') })))]);
}

/** They are found by what is stored of them now alone, no more by words: these are forgotten. */
export async function forgetWords(tx: Query, ids: readonly EventId[]): Promise<void> {
  const facts = await tx.rows<Facts & { readonly id: EventId }>(FACTS, [ids]);
  await putTokens(
    tx,
    facts.map((each) => ({ id: each.id, tokens: tokensOf(each, null, FIRST_PAIR) })),
  );
}
