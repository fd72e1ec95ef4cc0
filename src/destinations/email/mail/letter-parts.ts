import type { Tone } from '../../../model/activity.ts';
import type { Run } from '../../../text/story/run.ts';

/** What a mail says, before it is written as HTML and as plain text. All texts are on one line, not escaped. */
export interface Letter {
  /** What programs show beside the subject: `mona opened issue #12 in acme/api: …`. */
  readonly preview: string;
  readonly tone: Tone;
  readonly heading: readonly Run[];
  /** Whom a rule wants called; '' where it is nobody. */
  readonly called: string;
  /** What somebody wrote, in Markdown. */
  readonly excerpt: string;
  readonly sections: readonly Section[];
  readonly small: string;
  /** The page that it is about. */
  readonly url: string | null;
  readonly maybeRepeated: boolean;
}

/** What the activities themselves say of it. */
export type Told = Omit<Letter, 'preview' | 'called' | 'maybeRepeated'>;

export interface Section {
  readonly heading: string;
  readonly items: readonly (readonly Run[])[];
  /** `and 12 more`; '' where these are all. */
  readonly more: string;
}
