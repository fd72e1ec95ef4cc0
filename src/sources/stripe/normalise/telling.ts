import type { Tone } from '../../../model/activity.ts';
import type { StripeEvent } from './event.ts';

/** What is particular to one event; `activityOf` (../normalise.ts) says the rest. */
export interface Told {
  readonly headline: string;
  readonly tone: Tone;
  /** `payment`, `invoice` */
  readonly noun: string;
  /** What people call it: an invoice's number. */
  readonly handle?: string | null;
  /** `$20.00 from Mona` */
  readonly title: string;
  /** Null where the object says nothing of the kind. */
  readonly facts?: readonly (string | null)[];
  /** How it ended, in Stripe's word: a dispute `won`, a payment `card_declined`. */
  readonly conclusion?: string | null;
  /** The id of what all that happens around it has in common: a payment's, for charges, refunds and disputes. */
  readonly thread?: string | null;
  /**
   * Names what happened where Stripe tells it by several events in any order, such as a payment by its charge, its payment
   * intent and its invoice: a destination that would hear them all hears the first.
   */
  readonly happening?: string | null;
  /** Minor or not by what it says, where the catalogue says `minorWhen`. */
  readonly isMinor?: boolean;
}

/** One file for each kind of object. */
export type Family = (event: StripeEvent) => Told;

/** Action → headline, tone. */
export type WordTable = Readonly<Record<string, readonly [headline: string, tone?: Tone]>>;

/** The words of an action. Null: nobody knows it yet. */
export function wordsOf(table: WordTable, action: string | null): Pick<Told, 'headline' | 'tone'> | null {
  const found = Object.hasOwn(table, action ?? '') ? table[action ?? ''] : undefined;
  return found === undefined ? null : { headline: found[0], tone: found[1] ?? 'neutral' };
}
