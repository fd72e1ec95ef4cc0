import type { SubjectState } from './card.ts';
import type { Account, Outcome, Receipt, SendContext } from './destination.ts';

/** What a card is to show: all of one moment. */
export interface CardContent {
  /** `Keys.thread` */
  readonly thread: string;
  readonly subject: SubjectState;
  /** What is known under the thread that the subject's fact `checks` names. Null: nothing, or it names none. */
  readonly checks: SubjectState | null;
}

/** What is asked for now: that the message of this receipt shows it, or else a new one. */
export interface CardView extends CardContent {
  /** Null: it stands nowhere, as far as is known. */
  readonly receipt: Receipt | null;
  /** How many messages were begun for it, this one too. One that was begun before is tried again under the same number: it may stand. */
  readonly posts: number;
}

/** gone: the message that showed it stands no more. */
export type Shown = Outcome | { readonly kind: 'gone'; readonly reason: string };

/** How a destination shows cards. */
export interface CardRack {
  /** Whose limits edits share, of this destination and of others; new messages have the destination's. Default: nobody's. */
  readonly edits?: Account | undefined;
  /** Equal where it looks the same, so that nothing is sent. At most 100 characters. Pure. */
  hash(content: CardContent): string;
  /**
   * Edits the message, or sends one. `sent` has the receipt by which it is found again. Never throws for anything the network or the other
   * side does. Must resolve soon after the signal aborts.
   */
  show(view: CardView, context: Pick<SendContext, 'signal' | 'departure'>): Promise<Shown>;
}
