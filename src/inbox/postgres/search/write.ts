import type { EventId } from '../../../model/event.ts';
import type { Query } from '../server/database.ts';

export interface Tokens {
  readonly id: EventId;
  readonly tokens: readonly string[];
}

const PUT = `
  INSERT INTO tidings.search (event_id, tokens)
  SELECT x.id, tidings.search_keys_1(string_to_array(x.tokens, ' '), x.id) FROM json_to_recordset($1::json) AS x (id bigint, tokens text)
  ORDER BY x.id ON CONFLICT (event_id) DO UPDATE SET tokens = excluded.tokens`;

const FORGET = 'DELETE FROM tidings.search WHERE event_id = ANY($1::bigint[])';

/** In place of what these events were found by before. */
export async function putTokens(tx: Query, events: readonly Tokens[]): Promise<void> {
  if (events.length === 0) return;
  await tx.rows(PUT, [JSON.stringify(events.map(({ id, tokens }) => ({ id, tokens: tokens.join(' ') })))]);
}

/** Nothing finds these events by their words any more: what is deleted, or forgotten. */
export async function forgetTokens(tx: Query, ids: readonly EventId[]): Promise<void> {
  await tx.rows(FORGET, [ids]);
}
