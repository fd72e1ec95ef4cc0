import type { CardNote, CardToShow } from '../../../model/inbox/cards.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import { CARD_COLUMNS, type CardRow, cardOf } from '../../known/stored-card.ts';
import { dispensable } from '../damage/corrupt.ts';
import { AT_MOST, all, type Database, one, transaction } from '../database.ts';
import type { Fence } from '../lanes.ts';

/** In this order: from a destination's few cards to what they show. */
const SHOWN = 'cards c CROSS JOIN subjects s ON s.thread = c.thread LEFT JOIN subjects k ON k.thread = s.checks';

const BEHIND = `
  SELECT ${CARD_COLUMNS} FROM ${SHOWN} WHERE c.destination = ? AND c.shown < c.wanted AND c.state <> 'gone'
  ORDER BY c.behind_since, c.thread ${AT_MOST}`;

const ONE = `SELECT ${CARD_COLUMNS} FROM ${SHOWN} WHERE c.thread = ? AND c.destination = ?`;

/** What changed while it was shown is behind since now. */
const NOTE = `
  UPDATE cards SET state = ?1, receipt = ?2, posts = ?3, hash = ?4, reason = ?5, shown = ?6, behind_since = iif(shown = ?6, behind_since, ?7)
  WHERE thread = ?8 AND destination = ?9`;

/** What destinations show of subjects. */
export function cardOps(db: Database, fence: Fence) {
  const selectBehind = db.prepare(BEHIND);
  const selectOne = db.prepare(ONE);
  const write = db.prepare(NOTE);
  const dispense = dispensable();

  return {
    cardsBehind: (destination: string, limit: number): readonly CardToShow[] =>
      (dispense(0, () => all<CardRow>(selectBehind, destination, limit)) ?? []).map(cardOf),

    cards: (destination: string, threads: readonly (string | null)[]): readonly (CardToShow | null)[] =>
      threads.map((thread) => {
        const row = thread === null ? null : dispense(0, () => one<CardRow>(selectOne, thread, destination));
        return row ? cardOf(row) : null;
      }),

    noteCard(lease: Lease, thread: string, note: CardNote, now: number): 'done' | Fenced {
      const { state, posts, hash, reason, shown } = note;
      const receipt = note.receipt && JSON.stringify(note.receipt);
      return transaction(db, () => {
        if (!fence(lease)) return 'fenced';
        // Where it cannot be kept, none of these cards is shown any more; messages are told all the same.
        dispense(0, () => write.run(state, receipt, posts, hash, reason, shown, now, thread, lease.lane));
        return 'done';
      });
    },
  };
}
