import type { Person, Place, RunResult, Sum, Tone } from '../model/activity.ts';
import type { Facets } from '../model/facets.ts';

/** What is particular to one event, of whatever provider; `activityOf` (./activity-of.ts) says the rest. */
export interface Told {
  readonly headline: string;
  /** As in Activity, with `{it}` and `{repo}`. */
  readonly did?: string | null;
  readonly became?: string | null;
  /** Without it: neutral. */
  readonly tone?: Tone;
  /** `payment`, `invoice`, `incident` */
  readonly noun: string;
  /** What people call it: an invoice's number, `#12`. */
  readonly handle?: string | null;
  /** `$20.00 from Mona` */
  readonly title: string;
  /** A page of its own, where that is not the envelope's. */
  readonly url?: string | null;
  /** What the author wrote, in Markdown of any length. */
  readonly excerpt?: string | null;
  /** The excerpt is what the actor says with this very event. */
  readonly isSpoken?: boolean;
  /** Null where the payload says nothing of the kind. */
  readonly facts?: readonly (string | null)[];
  /** Who did it, where that is not the envelope's actor. */
  readonly by?: Person | null;
  /** Where it happened, where that is not the envelope's place. */
  readonly place?: Place | null;
  readonly facets?: Partial<Facets>;
  /** Its key is the provider's own: `pipeline acme/api main`. */
  readonly result?: RunResult | null;
  /** Without it: as the envelope counts this headline. */
  readonly sum?: Sum | null;
  /** What all that happens around it has in common: a payment's id, for charges, refunds and disputes. */
  readonly thread?: string | null;
  /** Equal for what is one message where it follows within a minute: pushes to one branch. */
  readonly burst?: string | null;
  /**
   * Names what happened where its provider tells it by several events in any order, such as a payment by its charge and its
   * invoice: a destination that would hear them all hears the first.
   */
  readonly happening?: string | null;
  /** Minor or not by what it says, where the catalogue says `minorWhen`. */
  readonly isMinor?: boolean;
}

/** Never told, whatever the rules say. The reason goes to the trace: `message.edited: its words are as they were`. */
export interface Skip {
  readonly skip: string;
}

/** One function for each kind of event; its event is what the provider's envelope holds. */
export type Family<E> = (event: E) => Told | Skip;

export function isSkip(told: object): told is Skip {
  return 'skip' in told;
}

/** What a word table says of one action. */
export type Words = Pick<Told, 'headline' | 'did' | 'became'> & { readonly tone: Tone };

/** Action → headline, tone, and what whoever is known did. Without a tone: neutral. */
export type WordTable = Readonly<Record<string, readonly [headline: string, tone?: Tone, did?: string]>>;

/** The words of an action. Null: nobody knows it yet. */
export function wordsOf(table: WordTable, action: string | null): Words | null {
  const found = Object.hasOwn(table, action ?? '') ? table[action ?? ''] : undefined;
  if (found === undefined) return null;
  const [headline, tone = 'neutral', did = null] = found;
  return { headline, tone, did };
}
