import type { Activity, Tone } from '../../../model/activity.ts';
import { honestUrl } from '../../../text/honest-url.ts';
import { type Line, placeless } from '../../../text/line.ts';
import { wordsWithin } from '../../../text/plain.ts';
import { pageOf } from '../../../text/subject.ts';

/** What a mail says, before it is written as HTML and as plain text. All texts are on one line, not escaped. */
export interface Letter {
  /** What programs show beside the subject: `mona opened issue #12 in acme/api: …`. */
  readonly preview: string;
  readonly tone: Tone;
  readonly heading: readonly Piece[];
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

/** A text, and the page that it leads to. */
export interface Piece {
  readonly text: string;
  readonly url: string | null;
}

export interface Section {
  readonly heading: string;
  readonly items: readonly (readonly Piece[])[];
  /** `and 12 more`; '' where these are all. */
  readonly more: string;
}

/** The most characters of a title, and of its address: longer ones are left out. */
export interface PieceLimits {
  readonly title: number;
  readonly url: number;
}

/** The line without where it happened: who did it and what it is about lead to their pages. */
export function linePieces(activity: Activity, { parts, title }: Line, max: PieceLimits): readonly Piece[] {
  const pieces = placeless(parts).map(({ is, text }): Piece => {
    if (is === 'actor') return { text, url: honestUrl(activity.actor?.url ?? null, max.url) };
    return is === 'subject' ? subjectPiece(activity, text, max) : { text, url: null };
  });
  return title === '' ? pieces : [...pieces, { text: ': ', url: null }, subjectPiece(activity, title, max)];
}

/** The host is said where the text could pass for another's. */
export function subjectPiece(activity: Activity, text: string, max: PieceLimits): Piece {
  const { url, host } = pageOf(activity, text, max.url);
  return { text: wordsWithin(text, max.title) + host, url };
}
