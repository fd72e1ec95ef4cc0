import type { Activity, Said, Subject } from '../../../model/activity.ts';
import { answerOf } from '../../../text/markdown/answer.ts';
import { cutMarkdown } from '../../../text/markdown/cut.ts';
import { withReferences } from './references.ts';

/** Of `Said.excerpt`. */
const LIMIT = 3_000;

interface Written extends Partial<Pick<Said, 'excerpt' | 'isSpoken'>> {
  readonly subject: Subject | null;
}

/** What a family found worth showing (`excerpt`, ./common.ts), as it is told: without what is said beside it, its references links. */
export function toldExcerpt({ excerpt, isSpoken, subject }: Written, place: Activity['place']): string | null {
  if (excerpt === undefined || excerpt === null) return null;
  const words = isSpoken === true ? answerOf(excerpt) : withoutTitle(excerpt, subject);
  return cutMarkdown(withReferences(words.slice(0, 2 * LIMIT), place), LIMIT) || null;
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
