import type { Said, Subject } from '../model/activity.ts';
import { answerOf } from '../text/markdown/answer.ts';
import { cutMarkdown } from '../text/markdown/cut.ts';
import { unfolded } from '../text/markdown/unfolded.ts';

/** Of `Said.excerpt`. */
const LIMIT = 3_000;

/** Longer bodies are not read to their end. */
const SOURCE_LIMIT = 65_536;
/** Of the 3,000 that an excerpt may have, some are left out later. */
const ENOUGH = 4_000;

interface Written extends Partial<Pick<Said, 'excerpt' | 'isSpoken'>> {
  readonly subject: Subject | null;
}

/** The author's Markdown without what nobody sees at once. Null when nothing is left. */
export function excerpt(body: string | null): string | null {
  return body === null ? null : unfolded(body.slice(0, SOURCE_LIMIT), ENOUGH) || null;
}

/**
 * What a family found worth showing, as it is told: an answer without what it quotes, all else without a heading that only
 * repeats the title, at most 3,000 characters. `linked`: what its provider makes of references such as `#12`.
 */
export function toldExcerpt(
  { excerpt, isSpoken, subject }: Written,
  linked: (markdown: string) => string = (markdown) => markdown,
): string | null {
  if (excerpt === undefined || excerpt === null) return null;
  const words = isSpoken === true ? answerOf(excerpt) : withoutTitle(excerpt, subject);
  return cutMarkdown(linked(words.slice(0, 2 * LIMIT)), LIMIT) || null;
}

const HEADING = /^ {0,3}#{1,6}[ \t]+([^\n]{1,400})\n/;

/** Without a heading that only repeats what it is about. */
function withoutTitle(markdown: string, subject: Subject | null): string {
  const heading = HEADING.exec(markdown);
  if (heading === null || subject === null) return markdown;
  const name = letters(heading[1] ?? '');
  const names = [subject.title, subject.handle ?? '', `${subject.handle} ${subject.title}`].map(letters);
  return names.includes(name) ? markdown.slice(heading[0].length).trimStart() : markdown;
}

/** `## [v1.2.0](https://…) (2026-01-01)` and `1.2.0` are one name. */
function letters(text: string): string {
  return text
    .replace(/\]\([^()]{0,500}\)/g, '')
    .replace(/\([\d-]{8,10}\)/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^v(?=\d)/, '');
}
