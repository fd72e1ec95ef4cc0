import type { Receipt } from '../destination.ts';
import type { SubjectState } from '../known/card.ts';
import type { Fenced, Lease } from './lanes.ts';

/**
 * new       it does not stand yet, and nothing was begun
 * creating  a message was begun, and nobody has written down what became of it: it may stand
 * ready     it stands where its receipt says
 * gone      it stands no more, or never will: it is not shown again
 */
export const CARD_STATES = ['new', 'creating', 'ready', 'gone'] as const;
export type CardState = (typeof CARD_STATES)[number];

/** How a card was shown last: what its lane keeps of it. */
export interface CardNote {
  readonly state: CardState;
  /** By what its destination finds it again. Null: it stands nowhere, as far as is known. */
  readonly receipt: Receipt | null;
  /** How many messages were begun for it. The newest one's number makes its key, so that a try after a crash is known for the same. */
  readonly posts: number;
  /** `Card.wanted` as it was when what is shown was read. 0: nothing is shown. */
  readonly shown: number;
  /** Of what is shown, so that what looks the same is not sent. At most 100 characters. */
  readonly hash: string | null;
  /** Why it is not shown as it should be, at most 500 characters. Null: it is, as far as is known. */
  readonly reason: string | null;
}

/** One message that shows how a subject stands, at one destination. It is wanted, never queued: only the newest state counts. */
export interface Card extends CardNote {
  readonly destination: string;
  /** `Keys.thread` */
  readonly thread: string;
  /** Grows whenever its subject changes, or the one that its subject's fact `checks` names. */
  readonly wanted: number;
}

/** A card, and what it is to show: all of one moment. */
export interface CardToShow extends Card {
  readonly subject: SubjectState;
  /** What is known under the thread that the subject's fact `checks` names. Null: nothing, or it names none. */
  readonly checks: SubjectState | null;
}

export interface Cards {
  /** A destination's cards that show less than is wanted, the one that waits longest first; none that is gone. Reads only. */
  cardsBehind(destination: string, limit: number): Promise<readonly CardToShow[]>;
  /** For each thread its card there. Null: it has none, or no thread. Reads only. */
  cards(destination: string, threads: readonly (string | null)[]): Promise<readonly (CardToShow | null)[]>;
  /**
   * Keeps how the lease's lane shows a card: before a message is begun for it, and after each try. Of a card that was forgotten
   * meanwhile nothing is kept. Resolves after the commit, on disk.
   */
  noteCard(lease: Lease, thread: string, note: CardNote): Promise<'done' | Fenced>;
}
