import type { EventId } from '../../../model/event.ts';
import type { SettlingExpansion } from '../../batch-of-expansions.ts';
import { newsByThread } from '../../settled.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import type { Database } from '../database.ts';

const PUT_ASIDE = `
  INSERT INTO settling (event_id, until, thread, labels_from, draft_from)
  VALUES (?1, coalesce((SELECT min(until) FROM settling WHERE thread = ?3 AND until > ?4), ?2), ?3, ?1, ?1)
  ON CONFLICT (event_id) DO UPDATE SET until = excluded.until, thread = excluded.thread`;

const LEARN = `
  UPDATE settling SET
    labels = iif(?2 > labels_from, ?3, labels), labels_from = max(labels_from, ?2),
    is_draft = iif(?4 > draft_from, ?5, is_draft), draft_from = max(draft_from, ?4)
  WHERE thread = ?1`;

/** The expander's notes on events that settle: which until when, and what is learned meanwhile. */
export function settlingNotes(db: Database) {
  const insert = db.prepare(PUT_ASIDE);
  const learn = db.prepare(LEARN);
  const forget = db.prepare('DELETE FROM settling WHERE event_id = ?');

  return {
    /** What was learned before is kept. */
    putAside({ eventId, settle }: SettlingExpansion): void {
      insert.run(eventId, Math.ceil(settle.until), settle.thread, settle.joinsAfter);
    },

    /** It is decided. */
    forget(eventId: EventId): void {
      forget.run(eventId);
    },

    learn(expansions: readonly StoredExpansion[]): void {
      for (const { thread, labels, labelsFrom, isDraft, draftFrom } of newsByThread(expansions)) {
        learn.run(thread, labelsFrom, labels, draftFrom, isDraft === null ? null : Number(isDraft));
      }
    },
  };
}
