import type { Cards } from '../../../model/inbox/cards.ts';
import { CARD_COLUMNS, type CardRow, cardOf } from '../../known/stored-card.ts';
import { fence } from '../fence.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';

const SHOWN = `
  tidings.cards c JOIN tidings.subjects s ON s.thread = c.thread LEFT JOIN tidings.subjects k ON k.thread = s.checks`;

/** LIMIT first: the planner is not to read every subject because it takes the cards for more than they are. */
const BEHIND = `
  SELECT ${CARD_COLUMNS} FROM (
    SELECT * FROM tidings.cards WHERE destination = $1 AND shown < wanted AND state <> 'gone' ORDER BY behind_since, thread LIMIT $2
  ) c JOIN tidings.subjects s ON s.thread = c.thread LEFT JOIN tidings.subjects k ON k.thread = s.checks
  ORDER BY c.behind_since, c.thread`;

const SOME = `SELECT ${CARD_COLUMNS} FROM ${SHOWN} WHERE c.destination = $1 AND c.thread = ANY($2::text[])`;

/** What changed while it was shown is behind since now. */
const NOTE = `
  UPDATE tidings.cards SET state = $3, receipt = $4, posts = $5, hash = $6, reason = $7, shown = $8::bigint,
    behind_since = CASE WHEN shown = $8::bigint THEN behind_since ELSE $9::bigint END
  WHERE thread = $1 AND destination = $2`;

/** What destinations show of subjects. */
export function cardOps(db: Database, now: () => number): Cards {
  return {
    cardsBehind: async (destination, limit) => (await db.rows<CardRow>(BEHIND, [destination, limit])).map(cardOf),

    async cards(destination, threads) {
      const keys = threads.map((thread) => pgKey(thread));
      const rows = await db.rows<CardRow>(SOME, [destination, keys]);
      const found = new Map(rows.map((row) => [row.thread, cardOf(row)]));
      return keys.map((key) => (key === null ? null : (found.get(key) ?? null)));
    },

    noteCard: (lease, thread, note) =>
      db.transaction(async (tx) => {
        if (!(await fence(tx, lease))) return 'fenced';
        const { state, posts, hash, reason, shown } = note;
        const receipt = pgText(note.receipt && JSON.stringify(note.receipt));
        const values = [pgKey(thread), lease.lane, state, receipt, posts, pgText(hash), pgText(reason), shown, now()];
        await tx.rows(NOTE, values);
        return 'done';
      }),
  };
}
