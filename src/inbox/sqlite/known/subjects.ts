import type { WantedCard } from '../../../model/inbox/backlog.ts';
import type { Heard, SubjectState } from '../../../model/known/card.ts';
import { learnedFrom } from '../../known/learned.ts';
import { type SubjectRow, subjectOf } from '../../known/stored-facts.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { dispensable } from '../damage/corrupt.ts';
import { AT_MOST, all, type Database, one, transaction } from '../database.ts';

const SELECT = 'SELECT thread, version, facts FROM subjects WHERE thread = ?';

const WRITE = `
  INSERT INTO subjects (thread, version, checks, facts, heard_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (thread) DO UPDATE SET
    version = excluded.version, checks = excluded.checks, facts = excluded.facts, heard_at = excluded.heard_at`;

/** `?1`: now; `?2`: threads. */
export const FALL_BEHIND = `
  UPDATE cards SET wanted = wanted + 1, behind_since = iif(shown < wanted, behind_since, ?1) WHERE thread IN (
    SELECT value FROM json_each(?2)
    UNION SELECT s.thread FROM subjects s WHERE s.checks IN (SELECT value FROM json_each(?2)))`;

const WANT = `
  INSERT INTO cards (thread, destination, state, posts, wanted, shown, behind_since)
  SELECT ?1, ?2, 'new', 0, 1, 0, ?3 WHERE EXISTS (SELECT 1 FROM subjects WHERE thread = ?1) ON CONFLICT DO NOTHING`;

/** What is known of subjects. Inside a transaction. */
export function knownSubjects(db: Database) {
  const select = db.prepare(SELECT);
  const write = db.prepare(WRITE);
  const fallBehind = db.prepare(FALL_BEHIND);
  const insertCard = db.prepare(WANT);
  const dispense = dispensable();

  function learn(heard: readonly Heard[], now: number): void {
    if (heard.length === 0) return;
    const rows = heard.flatMap(({ thread }) => one<SubjectRow>(select, thread) ?? []);
    const learned = learnedFrom(heard, new Map(rows.map((row) => [row.thread, row])));
    for (const { thread, version, checks, facts } of learned) write.run(thread, version, checks, facts, now);
    const news = learned.filter(({ isNews }) => isNews).map(({ thread }) => thread);
    if (news.length > 0) fallBehind.run(now, JSON.stringify(news));
  }

  function want(cards: readonly WantedCard[], now: number): void {
    for (const { thread, destination } of cards) insertCard.run(thread, destination, now);
  }

  return {
    learn,

    /** Where it cannot be kept, cards show less; what is decided is stored all the same. */
    hear(expansions: readonly StoredExpansion[], now: number): void {
      dispense(0, () => {
        learn(
          expansions.flatMap(({ known = [] }) => known),
          now,
        );
        want(
          expansions.flatMap(({ cards = [] }) => cards),
          now,
        );
      });
    },
  };
}

/** On the writing thread, which lanes ask anyway. */
export function subjectOps(db: Database) {
  const select = db.prepare(SELECT);
  const known = knownSubjects(db);
  const dispense = dispensable();

  return {
    subjects: (threads: readonly string[]): readonly (SubjectState | null)[] =>
      threads.map((thread) => {
        const row = dispense(0, () => one<SubjectRow>(select, thread));
        return row ? subjectOf(row) : null;
      }),

    learn(heard: readonly Heard[], now: number): void {
      transaction(db, () => dispense(1, () => known.learn(heard, now)));
    },
  };
}

/** On the reading thread. */
export function subjectPages(db: Database) {
  const page = db.prepare(`SELECT thread, version, facts FROM subjects WHERE thread > ? ORDER BY thread ${AT_MOST}`);
  return {
    subjectsAfter: (after: string, limit: number): readonly SubjectState[] =>
      all<SubjectRow>(page, after, limit).map(subjectOf),
  };
}
