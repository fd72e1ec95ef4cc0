import type { EventId } from '../../../model/event.ts';
import type { SettlingExpansion } from '../../batch-of-expansions.ts';
import { newsByThread } from '../../settled.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { pgKey } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

/** Out of the queue, and what was learned before is kept. */
const PUT_ASIDE = `
  INSERT INTO tidings.settling (event_id, until, thread, labels_from, draft_from)
  SELECT x.id, x.until, x.thread, x.id, x.id FROM json_to_recordset($1::json) AS x (id bigint, until bigint, thread text)
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
  const rows = expansions.map(({ eventId, settle }) => {
    return { id: eventId, until: Math.ceil(settle.until), thread: pgKey(settle.thread) };
  });
  if (rows.length > 0) await tx.rows(PUT_ASIDE, [JSON.stringify(rows)]);
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
