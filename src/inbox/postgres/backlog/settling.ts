import type { EventId } from '../../../model/event.ts';
import type { SettlingExpansion } from '../../batch-of-expansions.ts';
import { newsByThread } from '../../settled.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { pgKey } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

/** Out of the queue, and what was learned before is kept. */
const PUT_ASIDE = `
  INSERT INTO tidings.settling (event_id, until, thread, labels_from, draft_from)
  SELECT x.id,
    coalesce((SELECT min(s.until) FROM tidings.settling s WHERE s.thread = x.thread AND s.until > x.joins_after), x.until),
    x.thread, x.id, x.id
  FROM json_to_recordset($1::json) AS x (id bigint, until bigint, thread text, joins_after double precision)
  ON CONFLICT (event_id) DO UPDATE SET until = excluded.until, thread = excluded.thread`;

const LEARN = `
  UPDATE tidings.settling s SET
    labels = CASE WHEN x.labels_from > s.labels_from THEN x.labels ELSE s.labels END,
    labels_from = greatest(s.labels_from, x.labels_from),
    is_draft = CASE WHEN x.draft_from > s.draft_from THEN x.is_draft ELSE s.is_draft END,
    draft_from = greatest(s.draft_from, x.draft_from)
  FROM json_to_recordset($1::json) AS x (thread text, labels text, labels_from bigint, is_draft boolean, draft_from bigint)
  WHERE s.thread = x.thread`;

/** The expander's notes on events that settle. The caller takes them out of `pending`, afterwards. */
export async function putAside(tx: Query, expansions: readonly SettlingExpansion[]): Promise<void> {
  const [joining, alone] = [expansions.filter(mayJoin), expansions.filter((each) => !mayJoin(each))];
  // One after the other: each sees those before it.
  for (const rows of [alone, ...joining.map((each) => [each])]) {
    if (rows.length > 0) await tx.rows(PUT_ASIDE, [JSON.stringify(rows.map(settlingRow))]);
  }
}

function mayJoin({ settle }: SettlingExpansion): boolean {
  return settle.joinsAfter !== null;
}

function settlingRow({ eventId, settle: { until, thread, joinsAfter } }: SettlingExpansion) {
  return { id: eventId, until: Math.ceil(until), thread: pgKey(thread), joins_after: joinsAfter };
}

/** They are decided. Waits for whoever brings them back at this moment. */
export async function forget(tx: Query, ids: readonly EventId[]): Promise<void> {
  if (ids.length > 0) await tx.rows('DELETE FROM tidings.settling WHERE event_id = ANY($1::bigint[])', [ids]);
}

export async function learn(tx: Query, expansions: readonly StoredExpansion[]): Promise<void> {
  const rows = newsByThread(expansions).map(({ thread, labels, labelsFrom, isDraft, draftFrom }) => {
    return { thread: pgKey(thread), labels, labels_from: labelsFrom, is_draft: isDraft, draft_from: draftFrom };
  });
  if (rows.length > 0) await tx.rows(LEARN, [JSON.stringify(rows)]);
}
