import type { Destination } from '../../src/model/destination.ts';

/** How the other side can treat the next request. */
export const ENDINGS = ['busy', 'failing', 'lost', 'stuck', 'final', 'broken'] as const;
export type Ending = (typeof ENDINGS)[number];

/** One try that reached the other side. */
export interface Try {
  /** By what a repetition is known there. */
  readonly key: string;
  /** What was told beside it. */
  readonly told: string;
}

/** One kind of destination with a double of what it posts to, which keeps that one's documented rules. */
export interface DestinationUnderTest extends AsyncDisposable {
  readonly destination: Destination;
  /** What its settings are in words, as the first screen and `config` show them. */
  readonly words: string;
  /** What opens it: a token, an address. Nobody may read them in what it says. */
  readonly secrets: readonly string[];
  /** What people could read of each message told so far, an edited one as it is now. */
  shown(): readonly string[];
  /** Each that came, in order, repetitions included. Undefined: nothing there knows a repetition, with why in `lacks`. */
  readonly tries?: () => readonly Try[];
  /** Of each message told so far, what it hangs together with. Undefined: nothing holds messages together. */
  readonly threads?: () => readonly (string | null)[];
  /** Documented rules that were broken. */
  violations(): readonly string[];
  /** What the texts of others have done that they may not: called somebody, hidden where a link goes, moved the cursor. */
  harm(): readonly string[];
  /**
   * The next request: `busy` is asked to wait 3 s and not told, `failing` is not told, `lost` is told and the connection breaks, `stuck`
   * is told and not answered, `final` is refused for good, `broken`
   * as all after it will be. One that a kind does not know is left out, with why in `lacks`.
   */
  readonly endings: Readonly<Partial<Record<Ending, () => void>>>;
  readonly lacks: Readonly<Partial<Record<Ending | 'departure' | 'outage' | 'repeat' | 'key' | 'sameBytes', string>>>;
  /** Resolves when so many requests have come. */
  reached(count: number): Promise<void>;
  /** From now on nobody is there. */
  close(): Promise<void>;
}
